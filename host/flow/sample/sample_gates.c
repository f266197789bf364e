#include "sample_gates.h"

#include "decode.h"
#include "extreme.h"
#include "gates.h"

/* Instead of a value. */
enum {
  UNKNOWN = -1,
  ANY = -2,  /* whatever it is, it decides nothing here; unknown too */
  MANY = -3, /* followers: over the limit by far, as an official's are */
  FEW = -4,
};
enum { NO, YES };

/* What the gates look at, in one column each. A row is one way through the gates of design section 4. */
enum { COLUMNS = 9 };
static const pi_fact FACTS[COLUMNS] = {
    PI_FACT_OFFICE_STATUS,    PI_FACT_OFFICE_SELECTION,      PI_FACT_OFFICE_LEADERSHIP,
    PI_FACT_OFFICE_BRANCH,    PI_FACT_ACCOUNT_KIND,          PI_FACT_ACCOUNT_AUTHENTIC,
    PI_FACT_ACCOUNT_VERIFIED, PI_FACT_ACCOUNT_VERIFIED_TYPE, PI_FACT_ACCOUNT_FOLLOWERS_COUNT,
};

typedef struct scene {
  pi_sample_class class;
  int64_t values[COLUMNS];
} scene;

/* clang-format off */
#define HOLDER    PI_STATUS_HOLDER
#define CANDIDATE PI_STATUS_CANDIDATE
#define NOMINEE   PI_STATUS_NOMINEE
#define ELECTED   PI_SELECTION_ELECTED
#define APPOINTED PI_SELECTION_APPOINTED
#define EXECUTIVE PI_BRANCH_EXECUTIVE
#define LAWMAKING PI_BRANCH_LEGISLATIVE
#define PERSON    PI_KIND_PERSON
#define LEGACY    PI_VERIFIED_LEGACY
#define LIMIT     PI_FOLLOWERS_LIMIT

static const scene SCENES[] = {
  /*                     status     selection  leader   branch     kind     authentic verified type followers */
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   YES,     EXECUTIVE, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   ANY,     LAWMAKING, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   NO,      LAWMAKING, PERSON,  UNKNOWN, YES, UNKNOWN, MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   UNKNOWN, EXECUTIVE, PERSON,  YES,     YES, PI_VERIFIED_GOVERNMENT, MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    APPOINTED, YES,     EXECUTIVE, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    UNKNOWN,   YES,     LAWMAKING, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   YES,     EXECUTIVE, PI_KIND_INSTITUTION, YES, YES, PI_VERIFIED_GOVERNMENT, MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   YES,     LAWMAKING, PI_KIND_CAMPAIGN, YES, YES, PI_VERIFIED_BUSINESS, MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   YES,     LAWMAKING, PI_KIND_OTHER, YES, YES, LEGACY, MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   YES,     EXECUTIVE, UNKNOWN, UNKNOWN, YES, UNKNOWN, MANY}},
  {PI_SAMPLE_ELIGIBLE, {CANDIDATE, ANY,       ANY,     LAWMAKING, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_ELIGIBLE, {CANDIDATE, UNKNOWN,   UNKNOWN, EXECUTIVE, PI_KIND_CAMPAIGN, YES, YES, UNKNOWN, MANY}},
  {PI_SAMPLE_ELIGIBLE, {NOMINEE,   APPOINTED, NO,      EXECUTIVE, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   YES,     EXECUTIVE, PERSON,  YES,     YES, LEGACY,  LIMIT + 1}},
  {PI_SAMPLE_ELIGIBLE, {HOLDER,    ELECTED,   YES,     LAWMAKING, PERSON,  YES,     YES, LEGACY,  PI_FOLLOWERS_MAX}},

  {PI_SAMPLE_FAILING,  {HOLDER,    ELECTED,   YES,     EXECUTIVE, PERSON,  YES,     YES, LEGACY,  LIMIT}},
  {PI_SAMPLE_FAILING,  {HOLDER,    ELECTED,   YES,     LAWMAKING, PERSON,  YES,     YES, LEGACY,  LIMIT - 1}},
  {PI_SAMPLE_FAILING,  {HOLDER,    ELECTED,   YES,     LAWMAKING, PERSON,  YES,     YES, UNKNOWN, FEW}},
  {PI_SAMPLE_FAILING,  {CANDIDATE, ANY,       ANY,     ANY,       PERSON,  YES,     YES, UNKNOWN, 0}},
  {PI_SAMPLE_FAILING,  {HOLDER,    ELECTED,   YES,     EXECUTIVE, PERSON,  YES,     NO,  UNKNOWN, MANY}},
  {PI_SAMPLE_FAILING,  {HOLDER,    ELECTED,   YES,     EXECUTIVE, PERSON,  YES,     NO,  LEGACY,  MANY}},
  {PI_SAMPLE_FAILING,  {HOLDER,    ELECTED,   YES,     EXECUTIVE, PERSON,  NO,      YES, LEGACY,  MANY}},
  {PI_SAMPLE_FAILING,  {HOLDER,    ELECTED,   YES,     LAWMAKING, PI_KIND_PARTY, ANY, YES, LEGACY, MANY}},
  {PI_SAMPLE_FAILING,  {CANDIDATE, ANY,       ANY,     ANY,       PI_KIND_MEDIA, ANY, YES, LEGACY, MANY}},
  {PI_SAMPLE_FAILING,  {PI_STATUS_FORMER, ELECTED, YES, EXECUTIVE, PERSON, YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_FAILING,  {PI_STATUS_NONE, ANY,  ANY,     ANY,       PERSON,  ANY,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_FAILING,  {HOLDER,    APPOINTED, NO,      EXECUTIVE, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_FAILING,  {HOLDER,    ANY,       ANY,     PI_BRANCH_OTHER, PERSON, YES, YES, LEGACY, MANY}},
  {PI_SAMPLE_FAILING,  {CANDIDATE, ELECTED,   YES,     PI_BRANCH_OTHER, PERSON, YES, YES, LEGACY, MANY}},
  {PI_SAMPLE_FAILING,  {PI_STATUS_FORMER, ANY, ANY,    ANY,       ANY,     ANY,     NO,  ANY,     FEW}},
  {PI_SAMPLE_FAILING,  {UNKNOWN,   ANY,       ANY,     ANY,       UNKNOWN, UNKNOWN, UNKNOWN, ANY, FEW}},

  {PI_SAMPLE_UNKNOWN,  {HOLDER,    ELECTED,   YES,     EXECUTIVE, PERSON,  YES,     UNKNOWN, LEGACY, MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    ELECTED,   YES,     EXECUTIVE, PERSON,  YES,     YES, PI_VERIFIED_BLUE, MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    ELECTED,   YES,     LAWMAKING, PERSON,  YES,     YES, PI_VERIFIED_NONE, MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    ELECTED,   YES,     LAWMAKING, PERSON,  YES,     YES, LEGACY,  UNKNOWN}},
  {PI_SAMPLE_UNKNOWN,  {UNKNOWN,   ANY,       ANY,     ANY,       PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    ANY,       ANY,     UNKNOWN,   PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    ANY,       ANY,     PI_BRANCH_JUDICIAL, PERSON, YES, YES, LEGACY, MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    ANY,       ANY,     PI_BRANCH_MILITARY, PERSON, YES, YES, LEGACY, MANY}},
  {PI_SAMPLE_UNKNOWN,  {CANDIDATE, ELECTED,   ANY,     PI_BRANCH_JUDICIAL, PERSON, YES, YES, LEGACY, MANY}},
  {PI_SAMPLE_UNKNOWN,  {NOMINEE,   APPOINTED, YES,     PI_BRANCH_MILITARY, PERSON, YES, YES, LEGACY, MANY}},
  {PI_SAMPLE_UNKNOWN,  {CANDIDATE, ANY,       ANY,     UNKNOWN,   PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    UNKNOWN,   UNKNOWN, EXECUTIVE, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    UNKNOWN,   NO,      LAWMAKING, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_UNKNOWN,  {HOLDER,    APPOINTED, UNKNOWN, EXECUTIVE, PERSON,  YES,     YES, LEGACY,  MANY}},
  {PI_SAMPLE_UNKNOWN,  {UNKNOWN,   UNKNOWN,   UNKNOWN, UNKNOWN,   UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}},
};
/* clang-format on */
enum { SCENES_COUNT = sizeof SCENES / sizeof *SCENES };

/* log-uniform would need a logarithm; so many digits, then any of those, is near enough. */
static int64_t draw_many(pi_draw *draw) {
  static const uint32_t TOPS[] = {250000, 1000000, 4000000, 20000000, 90000000};
  return LIMIT + 2 + pi_draw_below(draw, TOPS[pi_draw_below(draw, sizeof TOPS / sizeof *TOPS)]);
}

/* One of the values that a word or flag can take, or, in one of four, unknown. */
static int64_t draw_any(pi_sampling *self, pi_fact fact) {
  const pi_fact_row *row = &PI_FACTS[fact];
  uint32_t values = row->type == PI_TYPE_WORD ? row->words.count : 2;
  return pi_draw_percent(&self->draw, 25) ? UNKNOWN : (int64_t)pi_draw_below(&self->draw, values);
}

static void put(pi_sampling *self, pi_fact fact, int64_t value) {
  pi_value made = {0};
  if (value == ANY) value = draw_any(self, fact);
  if (value == MANY) value = draw_many(&self->draw);
  if (value == FEW) value = pi_draw_below(&self->draw, (uint32_t)LIMIT);
  self->out->known &= ~PI_FACT_BIT(fact);
  if (value == UNKNOWN) return;
  if (PI_FACTS[fact].type == PI_TYPE_WORD) {
    made.word = (uint8_t)value;
  } else if (PI_FACTS[fact].type == PI_TYPE_BOOL) {
    made.boolean = value != NO;
  } else {
    made.count = value;
  }
  pi_sampling_put(self, fact, made);
}

/* Facts of gates that have no column: so that they pass, since the scene says what else the case is to be. */
static void put_others(pi_sampling *self) {
  pi_fact_set columns = 0;
  for (int column = 0; column < COLUMNS; column++) columns |= PI_FACT_BIT(FACTS[column]);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    pi_value value;
    bool other = pi_gate_of((pi_fact)fact) < PI_GATE_COUNT && (columns & PI_FACT_BIT(fact)) == 0;
    if (other && pi_extreme((pi_fact)fact, true, &value)) pi_sampling_put(self, (pi_fact)fact, value);
  }
}

void pi_sample_gates(pi_sampling *self) {
  bool all = self->class == PI_SAMPLE_NEVER || self->class == PI_SAMPLE_UNBROKEN;
  uint32_t count = 0;
  for (uint32_t i = 0; i < SCENES_COUNT; i++) count += all || SCENES[i].class == self->class;
  uint32_t left = pi_sampling_round(self, PI_SALT_GATES, self->nth, count);
  uint32_t chosen = 0;
  for (;; chosen++) {
    if (!all && SCENES[chosen].class != self->class) continue;
    if (left-- == 0) break;
  }
  for (int column = 0; column < COLUMNS; column++) {
    put(self, FACTS[column], SCENES[chosen].values[column]);
  }
  put_others(self);
}
