#include "truth_table.h"

const fact_values FACT_VALUES[GATE_FACTS_COUNT] = {
    [FACT_STATUS] = {"account.office.status",
                     {NULL, "\"holder\"", "\"candidate\"", "\"nominee\"", "\"former\"", "\"none\""},
                     6},
    [FACT_SELECTION] = {"account.office.selection", {NULL, "\"elected\"", "\"appointed\""}, 3},
    [FACT_LEADERSHIP] = {"account.office.leadership", {NULL, "true", "false"}, 3},
    [FACT_BRANCH] = {"account.office.branch",
                     {NULL, "\"executive\"", "\"legislative\"", "\"judicial\"", "\"military\"", "\"other\""},
                     6},
    [FACT_KIND] = {"account.kind",
                   {NULL, "\"person\"", "\"institution\"", "\"party\"", "\"campaign\"", "\"media\"",
                    "\"other\""},
                   7},
    [FACT_AUTHENTIC] = {"account.authentic", {NULL, "true", "false"}, 3},
    [FACT_VERIFIED] = {"account.verified", {NULL, "true", "false"}, 3},
    [FACT_VERIFIED_TYPE] = {"account.verified_type",
                            {NULL, "\"legacy\"", "\"government\"", "\"business\"", "\"blue\"", "\"none\""},
                            6},
    [FACT_FOLLOWERS] = {"account.followers_count", {NULL, "0", "99999", "100000", "100001"}, 5},
};

/* A cell holds the values that a row accepts, bit i for value i of FACT_VALUES. */
#define V(number) (1u << (number))
#define ANY       0xffu
#define ABSENT    V(0)
#define HOLDER    V(1)
#define CANDIDATE V(2)
#define NOMINEE   V(3)
#define FORMER    V(4)
#define NO_OFFICE V(5)

#define ELECTED   V(1)
#define APPOINTED V(2)

#define TRUE_  V(1)
#define FALSE_ V(2)

#define EXECUTIVE   V(1)
#define LEGISLATIVE V(2)
#define JUDICIAL    V(3)
#define MILITARY    V(4)
#define OTHER       V(5)

#define PARTY V(3)
#define MEDIA V(5)

#define BLUE V(4)
#define NONE V(5)

#define F(fact) (1u << FACT_##fact)

typedef struct verified_row {
  unsigned verified, verified_type;
  truth_result result;
  unsigned missing;
} verified_row;

/* "false → fail; absent → unknown; true with `verified_type` blue or none → unknown; true otherwise → pass"
 */
/* clang-format off */
static const verified_row VERIFIED[] = {
    /* verified  verified_type */
    {FALSE_,     ANY,          TRUTH_FAIL,    0               },
    {ABSENT,     ANY,          TRUTH_UNKNOWN, F(VERIFIED)     },
    {TRUE_,      BLUE | NONE,  TRUTH_UNKNOWN, F(VERIFIED_TYPE)},
    {TRUE_,      ANY,          TRUTH_PASS,    0               },
};
/* clang-format on */

typedef struct followers_row {
  unsigned followers;
  truth_result result;
  unsigned missing;
} followers_row;

/* "> 100,000 passes; absent → unknown" */
/* clang-format off */
static const followers_row FOLLOWERS[] = {
    {ABSENT, TRUTH_UNKNOWN, F(FOLLOWERS)},
    {V(4),   TRUTH_PASS,    0           }, /* 100001 */
    {ANY,    TRUTH_FAIL,    0           },
};
/* clang-format on */

typedef struct office_row {
  unsigned authentic, kind, status, branch, selection, leadership;
  truth_result result;
  unsigned missing;
  unsigned may;
} office_row;

/* "first match: authentic false → fail; kind party or media → fail; status former or none → fail; status
 * absent → unknown; candidate or nominee: for a political office (R027), so branch executive or legislative →
 * pass, absent, judicial or military → unknown, other → fail; holder: branch absent, judicial or military →
 * unknown; branch other → fail; selection elected → pass; leadership true → pass; appointed with leadership
 * false → fail; else unknown". Section 12: `missing` names the branch for a judge or officer and for a
 * candidate or nominee without one, and the selection where that is absent. Whether an absent leadership
 * stands beside an absent selection it does not say. */
/* clang-format off */
static const office_row OFFICE[] = {
    /* authentic kind           status               branch                        selection  leadership */
    {FALSE_,     ANY,           ANY,                 ANY,                          ANY,       ANY,    TRUTH_FAIL,    0,             0            },
    {ANY,        PARTY | MEDIA, ANY,                 ANY,                          ANY,       ANY,    TRUTH_FAIL,    0,             0            },
    {ANY,        ANY,           FORMER | NO_OFFICE,  ANY,                          ANY,       ANY,    TRUTH_FAIL,    0,             0            },
    {ANY,        ANY,           ABSENT,              ANY,                          ANY,       ANY,    TRUTH_UNKNOWN, F(STATUS),     0            },
    {ANY,        ANY,           CANDIDATE | NOMINEE, EXECUTIVE | LEGISLATIVE,      ANY,       ANY,    TRUTH_PASS,    0,             0            },
    {ANY,        ANY,           CANDIDATE | NOMINEE, ABSENT | JUDICIAL | MILITARY, ANY,       ANY,    TRUTH_UNKNOWN, F(BRANCH),     0            },
    {ANY,        ANY,           CANDIDATE | NOMINEE, OTHER,                        ANY,       ANY,    TRUTH_FAIL,    0,             0            },
    {ANY,        ANY,           HOLDER,              ABSENT | JUDICIAL | MILITARY, ANY,       ANY,    TRUTH_UNKNOWN, F(BRANCH),     0            },
    {ANY,        ANY,           HOLDER,              OTHER,                        ANY,       ANY,    TRUTH_FAIL,    0,             0            },
    {ANY,        ANY,           HOLDER,              EXECUTIVE | LEGISLATIVE,      ELECTED,   ANY,    TRUTH_PASS,    0,             0            },
    {ANY,        ANY,           HOLDER,              EXECUTIVE | LEGISLATIVE,      ANY,       TRUE_,  TRUTH_PASS,    0,             0            },
    {ANY,        ANY,           HOLDER,              EXECUTIVE | LEGISLATIVE,      APPOINTED, FALSE_, TRUTH_FAIL,    0,             0            },
    {ANY,        ANY,           HOLDER,              EXECUTIVE | LEGISLATIVE,      APPOINTED, ABSENT, TRUTH_UNKNOWN, F(LEADERSHIP), 0            },
    {ANY,        ANY,           HOLDER,              EXECUTIVE | LEGISLATIVE,      ABSENT,    FALSE_, TRUTH_UNKNOWN, F(SELECTION),  0            },
    {ANY,        ANY,           HOLDER,              EXECUTIVE | LEGISLATIVE,      ABSENT,    ABSENT, TRUTH_UNKNOWN, F(SELECTION),  F(LEADERSHIP)},
};
/* clang-format on */

#define COUNT(table) ((unsigned)(sizeof(table) / sizeof *(table)))

static bool accepts(unsigned cell, uint8_t value) {
  return (cell >> value & 1u) != 0;
}

static truth_gate judge_verified(const gate_point *p) {
  for (unsigned i = 0; i < COUNT(VERIFIED); i++) {
    const verified_row *row = &VERIFIED[i];
    if (accepts(row->verified, p->value[FACT_VERIFIED]) &&
        accepts(row->verified_type, p->value[FACT_VERIFIED_TYPE]))
      return (truth_gate){i, row->result, row->missing, 0};
  }
  return (truth_gate){COUNT(VERIFIED), TRUTH_FAIL, 0, 0};
}

static truth_gate judge_followers(const gate_point *p) {
  for (unsigned i = 0; i < COUNT(FOLLOWERS); i++) {
    const followers_row *row = &FOLLOWERS[i];
    if (accepts(row->followers, p->value[FACT_FOLLOWERS]))
      return (truth_gate){i, row->result, row->missing, 0};
  }
  return (truth_gate){COUNT(FOLLOWERS), TRUTH_FAIL, 0, 0};
}

static truth_gate judge_office(const gate_point *p) {
  for (unsigned i = 0; i < COUNT(OFFICE); i++) {
    const office_row *row = &OFFICE[i];
    if (accepts(row->authentic, p->value[FACT_AUTHENTIC]) && accepts(row->kind, p->value[FACT_KIND]) &&
        accepts(row->status, p->value[FACT_STATUS]) && accepts(row->branch, p->value[FACT_BRANCH]) &&
        accepts(row->selection, p->value[FACT_SELECTION]) &&
        accepts(row->leadership, p->value[FACT_LEADERSHIP]))
      return (truth_gate){i, row->result, row->missing, row->may};
  }
  return (truth_gate){COUNT(OFFICE), TRUTH_FAIL, 0, 0};
}

truth_gates truth_judge(const gate_point *point) {
  return (truth_gates){judge_verified(point), judge_followers(point), judge_office(point)};
}

truth_rows truth_rows_count(void) {
  return (truth_rows){COUNT(VERIFIED), COUNT(FOLLOWERS), COUNT(OFFICE)};
}

/* Cells of the outcome table: whether one of the three other gates fails or is unknown, and whether harm
 * was assessed; what is broken and how far there is public concern are sets of values. */
typedef enum occurs { NO, YES, EITHER } occurs;

#define B(what) (1u << BROKEN_##what)
#define K(what) (1u << CONCERN_##what)

typedef struct outcome_row {
  unsigned broken, concern;
  occurs fails, unknowns, harm_assessed;
  truth_outcome then;
} outcome_row;

#define WEIGHED (B(GRANTED) | B(DATA_POSTED) | B(DATA_UNCERTAIN) | B(DATA_OMITTED))

/* "Then, first match: no violations → no_action/no_violation · any never-excepted rule →
 * remove/never_excepted, whatever else holds · any gate fails → remove/not_eligible · any gate unknown →
 * review/incomplete · else eligible". Below that, section 6 under scripts that grant everything: no script →
 * review; a condition of the host unmet → remove; anything unassessed → review; else a notice. */
/* clang-format off */
static const outcome_row OUTCOMES[] = {
    /* broken           concern     fails   unknowns harm assessed                              final  weighed */
    {B(NOTHING),        ANY,        EITHER, EITHER,  EITHER, {"no_action", "no_violation",      true,  false}},
    {B(NEVER_EXCEPTED), ANY,        EITHER, EITHER,  EITHER, {"remove",    "never_excepted",    true,  false}},
    {ANY,               ANY,        YES,    EITHER,  EITHER, {"remove",    "not_eligible",      true,  false}},
    {ANY,               ANY,        NO,     YES,     EITHER, {"review",    "incomplete",        false, false}},
    {B(NO_SCRIPT),      ANY,        NO,     NO,      EITHER, {"review",    "no_script",         false, true }},
    {WEIGHED,           K(NONE),    NO,     NO,      EITHER, {"remove",    "weighed",           false, true }},
    {B(DATA_POSTED),    ANY,        NO,     NO,      EITHER, {"remove",    "weighed",           false, true }},
    {WEIGHED,           K(UNKNOWN), NO,     NO,      EITHER, {"review",    "unassessed",        false, true }},
    {B(DATA_UNCERTAIN), ANY,        NO,     NO,      EITHER, {"review",    "unassessed",        false, true }},
    {WEIGHED,           ANY,        NO,     NO,      NO,     {"review",    "unassessed",        false, true }},
    {WEIGHED,           ANY,        NO,     NO,      YES,    {"notice",    "weighed",           false, true }},
};
/* clang-format on */

static bool holds(occurs cell, bool value) {
  return cell == EITHER || (cell == YES) == value;
}

static bool any_is(const truth_gates *gates, truth_result result) {
  return gates->verified.result == result || gates->followers.result == result ||
         gates->office.result == result;
}

truth_outcome truth_decide(const truth_facts *facts, const truth_gates *gates) {
  bool fails = any_is(gates, TRUTH_FAIL), unknowns = any_is(gates, TRUTH_UNKNOWN);
  for (unsigned i = 0; i < COUNT(OUTCOMES); i++) {
    const outcome_row *row = &OUTCOMES[i];
    if (accepts(row->broken, (uint8_t)facts->broken) && accepts(row->concern, (uint8_t)facts->concern) &&
        holds(row->fails, fails) && holds(row->unknowns, unknowns) &&
        holds(row->harm_assessed, facts->harm_assessed))
      return row->then;
  }
  return (truth_outcome){"", "", false, false};
}

/* "`public_concern` on every entry (R003: met when the fact is above 0; unknown is unassessed), and on
 * private_information `data_omitted` (R095): kind posted or absent needs at least one span; threat and
 * incitement need `spans` to be given, `[]` where the text holds no private data, else `violations.spans` is
 * unassessed". Section 12: an unknown public_concern shows as met, data_omitted is met for threat and
 * incitement, and an entry without a script has no conditions. */
truth_conditions truth_conditions_of(const truth_facts *facts) {
  truth_conditions out = {CONDITION_ABSENT, CONDITION_ABSENT, facts->broken == BROKEN_DATA_UNCERTAIN};
  if (!accepts(WEIGHED, (uint8_t)facts->broken)) return out;
  out.public_concern = facts->concern == CONCERN_NONE ? CONDITION_UNMET : CONDITION_MET;
  if (facts->broken == BROKEN_DATA_POSTED) out.data_omitted = CONDITION_UNMET;
  if (facts->broken == BROKEN_DATA_UNCERTAIN || facts->broken == BROKEN_DATA_OMITTED)
    out.data_omitted = CONDITION_MET;
  return out;
}
