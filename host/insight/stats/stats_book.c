#include <stdio.h>

#include "errors.h"
#include "factor_name.h"
#include "stats.h"

static const pi_sheet_column CASES[] = {
    {"cases", "cases", PI_SHEET_COUNT}, {"share", "share", PI_SHEET_SHARE}, {"bar", "", PI_SHEET_BAR}};

/* What a group of cases came to, behind how many they are. */
static const pi_sheet_column BY_OUTCOME[] = {
    {"cases", "cases", PI_SHEET_COUNT},         {"notice", "notice", PI_SHEET_COUNT},
    {"review", "needs review", PI_SHEET_COUNT}, {"remove", "removal", PI_SHEET_COUNT},
    {"no_action", "no action", PI_SHEET_COUNT}, {"notice_share", "of them notice", PI_SHEET_SHARE}};

static const pi_sheet_in IN_CSV[] = {
    {"notice", "outcome", "notice"},
    {"review", "outcome", "review"},
    {"remove", "outcome", "remove"},
    {"no_action", "outcome", "no_action"},
    {"notice_share", "outcome", "notice"},
    {"pass", "answer", "pass"},
    {"fail", "answer", "fail"},
    {"unknown", "answer", "unknown"},
    {"fail_share", "answer", "fail"},
    {"unknown_share", "answer", "unknown"},
    {"read_unknown", "state", "read_unknown"},
    {"unassessed", "state", "unassessed"},
    {"missing", "state", "missing"},
    {"alone", "state", "alone"},
    {"tried", "state", "tried"},
    {"turned", "state", "turned"},
    {"turned_share", "state", "turned"},
    {"from", "origin", NULL},
    {"month", "year_month", NULL},
};

static const pubint_outcome ORDER[PI_OUTCOMES] = {PUBINT_NOTICE, PUBINT_REVIEW, PUBINT_REMOVE,
                                                  PUBINT_NO_ACTION};

static pi_style style_of(pubint_outcome outcome) {
  return outcome == PUBINT_NOTICE ? PI_STYLE_GOOD : outcome == PUBINT_REVIEW ? PI_STYLE_OPEN : PI_STYLE_PLAIN;
}

static uint64_t total(const uint64_t outcomes[PI_OUTCOMES]) {
  uint64_t sum = 0;
  for (int outcome = 0; outcome < PI_OUTCOMES; outcome++) sum += outcomes[outcome];
  return sum;
}

static uint64_t total_of(const pi_stats *stats, pubint_outcome outcome) {
  uint64_t sum = 0;
  for (int basis = 0; basis < PI_BASES; basis++) sum += stats->cases[outcome][basis];
  return sum;
}

/* ---- the sentence ---- */

static void say_share(pi_buffer *out, const pi_stats *stats, pubint_outcome outcome, const char *what,
                      const char *end) {
  char share[PI_FIGURE_BYTES];
  pi_buffer_slice(out, pi_figure_share(share, total_of(stats, outcome), stats->evaluated));
  pi_buffer_text(out, what);
  pi_buffer_text(out, end);
}

static void say(const pi_stats *stats, const char *name, pi_buffer *out) {
  char figure[PI_FIGURE_BYTES];
  pi_buffer_printf(out, "%s holds ", name);
  pi_buffer_slice(out, pi_figure_count(figure, stats->evaluated));
  pi_buffer_text(out, stats->evaluated == 1 ? " evaluation" : " evaluations");
  if (stats->refused > 0) {
    pi_buffer_text(out, " and ");
    pi_buffer_slice(out, pi_figure_count(figure, stats->refused));
    pi_buffer_text(out, stats->refused == 1 ? " case that was refused" : " cases that were refused");
  }
  pi_buffer_byte(out, '.');
  if (stats->evaluated == 0) return;
  pi_buffer_text(out, " Of the evaluated, ");
  say_share(out, stats, PUBINT_NOTICE, " may stay behind a notice", ", ");
  say_share(out, stats, PUBINT_REVIEW, " need people to look first", ", ");
  say_share(out, stats, PUBINT_REMOVE, " are to be removed", " and ");
  say_share(out, stats, PUBINT_NO_ACTION, " break no rule", ".");
  if (stats->policies.count > 1) pi_buffer_text(out, " They are of more than one policy.");
}

/* ---- the sheets ---- */

/* A tally's indexes by name; NULL when memory ran out, which the book is told. */
static uint32_t *sorted(pi_book *book, const pi_tally *tally) {
  uint32_t *order = pi_book_order(book, tally->count);
  if (order != NULL) pi_tally_sort(tally, order);
  return order;
}

static void add_outcomes(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"outcome", "outcome", PI_SHEET_OUTCOME}, {"basis", "basis", 0}};
  static const pi_sheet OUTCOMES =
      PI_SHEET_OF("outcomes", "Outcomes, and what they rest on", NULL, TEXTS, CASES);
  pi_sheet *sheet = pi_book_sheet(book, &OUTCOMES, PI_OUTCOMES * PI_BASES);
  for (int index = 0; index < PI_OUTCOMES; index++) {
    for (int basis = 0; basis < PI_BASES; basis++) {
      uint64_t count = stats->cases[ORDER[index]][basis];
      if (count == 0) continue;
      pi_sheet_row *row = pi_book_row(book, sheet);
      row->texts[0] = pi_slice_of(pubint_outcome_name(ORDER[index]));
      row->texts[1] = pi_slice_of(pubint_basis_name((pubint_basis)basis));
      row->values[0] = row->values[2] = (int64_t)count;
      row->values[1] = pi_sheet_share(count, stats->evaluated);
      row->style = style_of(ORDER[index]);
    }
  }
}

static void add_refused(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"code", "code", 0}, {"reason", "reason", 0}};
  static const pi_sheet REFUSED = PI_SHEET_OF("refused", "Cases that were refused", NULL, TEXTS, CASES);
  pi_sheet *sheet = pi_book_sheet(book, &REFUSED, stats->codes.count);
  const uint32_t *order = sorted(book, &stats->codes);
  for (uint32_t i = 0; order != NULL && i < stats->codes.count; i++) {
    pi_sheet_row *row = pi_book_row(book, sheet);
    pi_slice code = stats->codes.names[order[i]];
    uint64_t count = *(uint64_t *)pi_tally_item(&stats->codes, order[i]);
    row->texts[0] = code;
    row->texts[1] = PI_SLICE("");
    for (size_t j = 0; j < PI_ERRORS_COUNT; j++) {
      char text[16];
      snprintf(text, sizeof text, "E%04u", PI_ERRORS[j].code);
      if (pi_slice_equal(pi_slice_of(text), code)) row->texts[1] = pi_slice_of(PI_ERRORS[j].message);
    }
    row->values[0] = row->values[2] = (int64_t)count;
    row->values[1] = pi_sheet_share(count, stats->lines);
  }
}

static void add_gates(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"gate", "gate", 0}};
  static const pi_sheet_column NUMBERS[] = {{"pass", "pass", PI_SHEET_COUNT},
                                            {"fail", "fail", PI_SHEET_COUNT},
                                            {"unknown", "unknown", PI_SHEET_COUNT},
                                            {"fail_share", "of them fail", PI_SHEET_SHARE},
                                            {"unknown_share", "are unknown", PI_SHEET_SHARE}};
  static const pi_sheet GATES = PI_SHEET_OF("gates", "Gates", NULL, TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &GATES, PI_GATE_COUNT);
  for (int gate = 0; gate < PI_GATE_COUNT && stats->evaluated > 0; gate++) {
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = PI_GATES[gate].id;
    for (int result = 0; result <= PI_GATE_UNKNOWN; result++) {
      row->values[result] = (int64_t)stats->gates[gate][result];
    }
    row->values[3] = pi_sheet_share(stats->gates[gate][PI_GATE_FAIL], stats->evaluated);
    row->values[4] = pi_sheet_share(stats->gates[gate][PI_GATE_UNKNOWN], stats->evaluated);
  }
}

static int64_t average(const pi_exact_sum *sum) {
  return sum->count > 0 ? pi_exact_average(sum) : PI_SHEET_NONE;
}

static void add_rules(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"rule", "rule", 0}};
  static const pi_sheet_column NUMBERS[] = {
      {"weighed", "violations", PI_SHEET_COUNT},          {"notice", "notice", PI_SHEET_COUNT},
      {"review", "needs review", PI_SHEET_COUNT},         {"remove", "removal", PI_SHEET_COUNT},
      {"notice_share", "of them notice", PI_SHEET_SHARE}, {"margin", "average margin", PI_SHEET_POINTS}};
  static const pi_sheet RULES =
      PI_SHEET_OF("rules", "Rules, by the verdict on each violation of a case that passed the gates",
                  "a rule without a script needs review: people weigh it", TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &RULES, stats->rules.count);
  const uint32_t *order = sorted(book, &stats->rules);
  for (uint32_t i = 0; order != NULL && i < stats->rules.count; i++) {
    const pi_stats_rule *rule = pi_tally_item(&stats->rules, order[i]);
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = stats->rules.names[order[i]];
    row->values[0] = (int64_t)rule->entries;
    for (int index = 0; index < 3; index++) row->values[1 + index] = (int64_t)rule->verdicts[ORDER[index]];
    row->values[4] = pi_sheet_share(rule->verdicts[PUBINT_NOTICE], rule->entries);
    row->values[5] = average(&rule->margin);
  }
}

static void add_margins(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"margin", "points", PI_SHEET_POINTS}};
  static const pi_sheet_column NUMBERS[] = {
      {"rules", "rules", PI_SHEET_COUNT}, {"share", "share", PI_SHEET_SHARE}, {"bar", "", PI_SHEET_BAR}};
  static const pi_sheet MARGINS =
      PI_SHEET_OF("margins", "Margins of the rules that were weighed",
                  "interest − harm − bar, with the market's sway; below 0 a rule removes", TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &MARGINS, PI_STATS_BINS);
  int first = 0, last = PI_STATS_BINS - 1;
  while (first < last && stats->margins[first] == 0) first++;
  while (last > first && stats->margins[last] == 0) last--;
  for (int bin = first; bin <= last && stats->weighed > 0; bin++) {
    char text[48];
    int low = bin + PI_STATS_BIN_LOW;
    if (bin == 0)
      snprintf(text, sizeof text, "below %d", low + 1);
    else if (bin == PI_STATS_BINS - 1)
      snprintf(text, sizeof text, "%d and more", low);
    else
      snprintf(text, sizeof text, "%d to %d", low, low + 1);
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = pi_arena_copy(&book->arena, pi_slice_of(text));
    if (row->texts[0].ptr == NULL) book->failed = true;
    row->values[0] = row->values[2] = (int64_t)stats->margins[bin];
    row->values[1] = pi_sheet_share(stats->margins[bin], stats->weighed);
    row->style = low >= 0 ? PI_STYLE_GOOD : PI_STYLE_PLAIN;
  }
}

static void add_factors(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"factor", "factor", 0}, {"side", "side", 0}, {"from", "from", 0}};
  static const pi_sheet_column NUMBERS[] = {{"times", "with points", PI_SHEET_COUNT},
                                            {"notice", "notice", PI_SHEET_POINTS},
                                            {"review", "needs review", PI_SHEET_POINTS},
                                            {"remove", "removal", PI_SHEET_POINTS}};
  static const pi_sheet FACTORS =
      PI_SHEET_OF("factors", "Factors: average points by the verdict of their rule", NULL, TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &FACTORS, stats->factors.count);
  const uint32_t *order = sorted(book, &stats->factors);
  for (uint32_t i = 0; order != NULL && i < stats->factors.count; i++) {
    const pi_stats_factor *factor = pi_tally_item(&stats->factors, order[i]);
    pi_sheet_row *row = pi_book_row(book, sheet);
    pi_factor_name_texts(stats->factors.names[order[i]], row->texts);
    row->values[0] = (int64_t)factor->times;
    for (int index = 0; index < 3; index++) row->values[1 + index] = average(&factor->points[ORDER[index]]);
  }
}

/* What an evaluation tells of unknown facts, and, from the cases, what learning one would do. */
/* What a index in pi_stats.facts is called. */
static pi_slice path_at(int fact) {
  return fact < PI_FACT_COUNT ? PI_FACTS[fact].path : PI_SPANS_PATH;
}

static void add_facts(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"fact", "fact", 0}};
  static const pi_sheet_column NUMBERS[] = {
      {"read_unknown", "read", PI_SHEET_COUNT},  {"unassessed", "unassessed", PI_SHEET_COUNT},
      {"missing", "for a gate", PI_SHEET_COUNT}, {"alone", "alone", PI_SHEET_COUNT},
      {"tried", "tried", PI_SHEET_COUNT},        {"turned", "can change", PI_SHEET_COUNT},
      {"turned_share", "share", PI_SHEET_SHARE}};
  static const char RECORDED[] =
      "read: cases in which a script read it; unassessed: cases in which a harm could not be assessed without "
      "it, also where no script could read it; for a gate: cases in which a gate needs it; alone: cases that "
      "need review for this one fact only";
  static const char TRIED[] =
      "as above; tried: cases in which each of its values was tried, a strength at 0 and 1; can change: one of "
      "them changes the outcome";
  static const pi_sheet ALONE = {.key = "unknown_facts",
                                 .title = "Unknown facts",
                                 .note = RECORDED,
                                 .texts = TEXTS,
                                 .texts_count = 1,
                                 .columns = NUMBERS,
                                 .columns_count = 4};
  static const pi_sheet WITH_CASES = {.key = "unknown_facts",
                                      .title = "Unknown facts, and whether learning one changes the outcome",
                                      .note = TRIED,
                                      .texts = TEXTS,
                                      .texts_count = 1,
                                      .columns = NUMBERS,
                                      .columns_count = sizeof NUMBERS / sizeof *NUMBERS};
  pi_sheet *sheet = pi_book_sheet(book, stats->with_cases ? &WITH_CASES : &ALONE, PI_STATS_FACTS);
  for (int fact = 0; fact < PI_STATS_FACTS; fact++) {
    const pi_stats_fact *counts = &stats->by_fact[fact];
    if (counts->unknown + counts->unassessed + counts->missing + counts->tried == 0) continue;
    pi_sheet_row *row = pi_book_row(book, sheet);
    const uint64_t values[] = {counts->unknown, counts->unassessed, counts->missing,
                               counts->alone,   counts->tried,      counts->turned};
    row->texts[0] = path_at(fact);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) row->values[i] = (int64_t)values[i];
    row->values[6] = pi_sheet_share(counts->turned, counts->tried);
  }
}

static void add_turns(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"fact", "fact", 0}};
  static const pi_sheet_column NUMBERS[] = {{"notice", "notice", PI_SHEET_COUNT},
                                            {"review", "needs review", PI_SHEET_COUNT},
                                            {"remove", "removal", PI_SHEET_COUNT}};
  static const pi_sheet TURNS =
      PI_SHEET_OF("turns", "The outcomes that learning one unknown fact can lead to",
                  "cases in which some value of it leads to that outcome", TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &TURNS, PI_STATS_FACTS);
  for (int fact = 0; fact < PI_STATS_FACTS; fact++) {
    if (stats->by_fact[fact].turned == 0) continue;
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = path_at(fact);
    for (int index = 0; index < 3; index++) {
      row->values[index] = (int64_t)stats->by_fact[fact].turned_to[ORDER[index]];
    }
  }
}

/* A sheet that is there only where something was left. */
static void add_left(const pi_stats *stats, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"fact", "fact", 0}};
  static const pi_sheet_column NUMBERS[] = {{"cases", "cases", PI_SHEET_COUNT}};
  static const pi_sheet LEFT = PI_SHEET_OF(
      "unsearched", "Unknown facts that were not searched to their end",
      "cases whose scripts take so long that the search ended before; they are not among those tried", TEXTS,
      NUMBERS);
  uint64_t left = 0;
  for (int fact = 0; fact < PI_STATS_FACTS; fact++) left += stats->by_fact[fact].left;
  if (left == 0) return;
  pi_sheet *sheet = pi_book_sheet(book, &LEFT, PI_STATS_FACTS);
  for (int fact = 0; fact < PI_STATS_FACTS; fact++) {
    if (stats->by_fact[fact].left == 0) continue;
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = path_at(fact);
    row->values[0] = (int64_t)stats->by_fact[fact].left;
  }
}

static void add_groups(const pi_tally *groups, const pi_sheet *what, pi_book *book) {
  pi_sheet *sheet = pi_book_sheet(book, what, groups->count);
  const uint32_t *order = sorted(book, groups);
  for (uint32_t i = 0; order != NULL && i < groups->count; i++) {
    const pi_stats_group *group = pi_tally_item(groups, order[i]);
    uint64_t all = total(group->outcomes);
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = groups->names[order[i]];
    row->values[0] = (int64_t)all;
    for (int index = 0; index < PI_OUTCOMES; index++) {
      row->values[1 + index] = (int64_t)group->outcomes[ORDER[index]];
    }
    row->values[5] = pi_sheet_share(group->outcomes[PUBINT_NOTICE], all);
  }
}

void pi_stats_book(const pi_stats *stats, const char *name, pi_book *out) {
  static const pi_sheet_column MARKET[] = {{"market", "market", 0}}, MONTH[] = {{"month", "month", 0}};
  static const pi_sheet MARKETS =
      PI_SHEET_OF("markets", "Markets, of the cases that were weighed", NULL, MARKET, BY_OUTCOME);
  static const pi_sheet MONTHS =
      PI_SHEET_OF("months", "Months in which the Tweets were posted", NULL, MONTH, BY_OUTCOME);
  say(stats, name, &out->sentence);
  out->csv = IN_CSV;
  out->csv_count = sizeof IN_CSV / sizeof *IN_CSV;
  pi_book_head(out, "lines", stats->lines);
  pi_book_head(out, "evaluated", stats->evaluated);
  pi_book_head(out, "refused_lines", stats->refused);
  add_outcomes(stats, out);
  add_refused(stats, out);
  add_gates(stats, out);
  add_rules(stats, out);
  add_margins(stats, out);
  add_factors(stats, out);
  add_facts(stats, out);
  if (stats->with_cases) add_turns(stats, out);
  add_left(stats, out);
  add_groups(&stats->markets, &MARKETS, out);
  if (stats->with_cases) add_groups(&stats->months, &MONTHS, out);
}
