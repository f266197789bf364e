#include "agreement.h"
#include "factor_name.h"
#include "figures.h"

static const pi_sheet_in IN_CSV[] = {
    {"notice", "decision", "notice"},
    {"remove", "decision", "remove"},
    {"decided", "state", "decided"},
    {"agreed", "state", "agreed"},
    {"recommended", "state", "recommended"},
    {"given", "state", "given"},
    {"both", "state", "both"},
    {"precision", "state", "precision"},
    {"recall", "state", "recall"},
    {"gained", "state", "gained"},
    {"lost", "state", "lost"},
    {"change", "state", "change"},
    {"from", "origin", NULL},
    {"line", "line", NULL},
};

static pi_slice outcome_of(pubint_outcome outcome) {
  return pi_slice_of(pubint_outcome_name(outcome));
}

static pi_slice or_nothing(pi_slice text) {
  return text.ptr != NULL ? text : PI_SLICE("");
}

/* ---- the sentence ---- */

static void say_count(pi_buffer *out, uint64_t count, const char *one, const char *many) {
  char figure[PI_FIGURE_BYTES];
  pi_buffer_slice(out, pi_figure_count(figure, count));
  pi_buffer_text(out, count == 1 ? one : many);
}

static void say(const pi_agreement *self, pi_buffer *out) {
  char figure[PI_FIGURE_BYTES];
  uint64_t agreed = pi_agreement_agreed(self), recommended = agreed + self->overrides_count;
  pi_buffer_text(out, "People decided as recommended in ");
  say_count(out, agreed, "", "");
  pi_buffer_text(out, " of ");
  say_count(out, recommended, " case", " cases");
  if (recommended > 0) {
    pi_buffer_text(out, " (");
    pi_buffer_slice(out, pi_figure_share(figure, agreed, recommended));
    pi_buffer_text(out, ")");
  }
  pi_buffer_text(out, " that had a recommendation and a decision; ");
  say_count(out, self->decided - recommended, " more was", " more were");
  pi_buffer_text(out, " decided without one. ");
  say_count(out, self->without_decision, " evaluation has", " evaluations have");
  pi_buffer_text(out, " no decision, ");
  say_count(out, self->without_case, " decision", " decisions");
  pi_buffer_text(out, " no evaluation.");
}

/* ---- the sheets ---- */

static void add_pairs(const pi_agreement *self, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"outcome", "evaluated", PI_SHEET_OUTCOME}};
  static const pi_sheet_column NUMBERS[] = {{"notice", "decided notice", PI_SHEET_COUNT},
                                            {"remove", "decided removal", PI_SHEET_COUNT},
                                            {"agreed_share", "agree", PI_SHEET_SHARE}};
  static const pi_sheet PAIRS = PI_SHEET_OF("decisions", "Evaluations and decisions", NULL, TEXTS, NUMBERS);
  static const pubint_outcome ORDER[PI_OUTCOMES] = {PUBINT_NOTICE, PUBINT_REMOVE, PUBINT_REVIEW,
                                                    PUBINT_NO_ACTION};
  pi_sheet *sheet = pi_book_sheet(book, &PAIRS, PI_OUTCOMES);
  for (int index = 0; index < PI_OUTCOMES; index++) {
    pubint_outcome outcome = ORDER[index];
    const uint64_t *counts = self->pairs[outcome];
    uint64_t all = counts[PUBINT_NOTICE] + counts[PUBINT_REMOVE];
    if (all == 0) continue;
    bool recommends = outcome == PUBINT_NOTICE || outcome == PUBINT_REMOVE;
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = outcome_of(outcome);
    row->values[0] = (int64_t)counts[PUBINT_NOTICE];
    row->values[1] = (int64_t)counts[PUBINT_REMOVE];
    row->values[2] = recommends ? pi_sheet_share(counts[outcome], all) : PI_SHEET_NONE;
  }
}

static void add_rules(const pi_agreement *self, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"rule", "rule", 0}};
  static const pi_sheet_column NUMBERS[] = {{"decided", "decided", PI_SHEET_COUNT},
                                            {"agreed", "agree", PI_SHEET_COUNT},
                                            {"recommended", "recommended", PI_SHEET_COUNT},
                                            {"given", "given", PI_SHEET_COUNT},
                                            {"both", "both", PI_SHEET_COUNT},
                                            {"precision", "precision", PI_SHEET_SHARE},
                                            {"recall", "recall", PI_SHEET_SHARE}};
  static const pi_sheet RULES = PI_SHEET_OF(
      "rules", "Notices by rule",
      "precision: the share of recommended notices that people gave; recall: the share of given notices that "
      "were recommended; cases that need review count as missed",
      TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &RULES, self->rules.count);
  uint32_t *order = pi_book_order(book, self->rules.count);
  if (order == NULL) return;
  pi_tally_sort(&self->rules, order);
  for (uint32_t i = 0; i < self->rules.count; i++) {
    const pi_agreement_rule *rule = pi_tally_item(&self->rules, order[i]);
    const uint64_t values[] = {rule->decided, rule->agreed, rule->recommended, rule->given, rule->both};
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = self->rules.names[order[i]];
    for (size_t j = 0; j < sizeof values / sizeof *values; j++) row->values[j] = (int64_t)values[j];
    row->values[5] = pi_sheet_share(rule->both, rule->recommended);
    row->values[6] = pi_sheet_share(rule->both, rule->given);
  }
}

/* Whether `a` stands before `b`: the more frequent first. */
static bool more_frequent(const pi_tally *reasons, uint32_t a, uint32_t b) {
  const pi_agreement_reason *left = pi_tally_item(reasons, a), *right = pi_tally_item(reasons, b);
  return left->count > right->count;
}

static uint64_t change_of(const pi_agreement_factor *factor) {
  return factor->gained > factor->lost ? factor->gained - factor->lost : factor->lost - factor->gained;
}

/* The greater change first, then what moves more cases. */
static bool moves_more(const pi_tally *factors, uint32_t a, uint32_t b) {
  const pi_agreement_factor *left = pi_tally_item(factors, a), *right = pi_tally_item(factors, b);
  if (change_of(left) != change_of(right)) return change_of(left) > change_of(right);
  return left->gained + left->lost > right->gained + right->lost;
}

/* Merges what is sorted: what neither stands before the other stays in the order of names. */
static void sort_indexes(pi_book *book, const pi_tally *tally, uint32_t *order,
                         bool (*before)(const pi_tally *, uint32_t, uint32_t)) {
  uint32_t *other = pi_book_order(book, tally->count), *from = order, *to = other;
  if (other == NULL) return;
  for (uint32_t width = 1; width < tally->count; width *= 2) {
    for (uint32_t begin = 0; begin < tally->count; begin += 2 * width) {
      uint32_t middle = begin + width < tally->count ? begin + width : tally->count;
      uint32_t end = middle + width < tally->count ? middle + width : tally->count;
      uint32_t left = begin, right = middle;
      for (uint32_t at = begin; at < end; at++) {
        bool take_right = left == middle || (right < end && before(tally, from[right], from[left]));
        to[at] = take_right ? from[right++] : from[left++];
      }
    }
    uint32_t *swap = from;
    from = to;
    to = swap;
  }
  if (from != order && tally->count > 0) memcpy(order, from, tally->count * sizeof *order);
}

static void add_reasons(const pi_agreement *self, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"outcome", "evaluated", PI_SHEET_OUTCOME},
                                          {"decision", "decided", PI_SHEET_OUTCOME},
                                          {"reason", "reason", 0}};
  static const pi_sheet_column NUMBERS[] = {{"cases", "cases", PI_SHEET_COUNT},
                                            {"share", "share", PI_SHEET_SHARE}};
  static const pi_sheet REASONS =
      PI_SHEET_OF("override_reasons", "Overrides, by their reasons", NULL, TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &REASONS, self->reasons.count);
  uint32_t *order = pi_book_order(book, self->reasons.count);
  if (order == NULL) return;
  pi_tally_sort(&self->reasons, order);
  sort_indexes(book, &self->reasons, order, more_frequent);
  for (uint32_t i = 0; i < self->reasons.count; i++) {
    const pi_agreement_reason *reason = pi_tally_item(&self->reasons, order[i]);
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = outcome_of(reason->outcome);
    row->texts[1] = outcome_of(reason->decision);
    row->texts[2] = reason->reason.ptr != NULL ? reason->reason : PI_SLICE("(none given)");
    row->values[0] = (int64_t)reason->count;
    row->values[1] = pi_sheet_share(reason->count, self->overrides_count);
  }
}

static void add_factors(const pi_agreement *self, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"factor", "factor", 0}, {"side", "side", 0}, {"from", "from", 0}};
  static const pi_sheet_column NUMBERS[] = {{"cases", "with points", PI_SHEET_COUNT},
                                            {"gained", "would agree", PI_SHEET_COUNT},
                                            {"lost", "would not", PI_SHEET_COUNT},
                                            {"change", "change", PI_SHEET_CHANGE}};
  static const pi_sheet FACTORS = PI_SHEET_OF(
      "without", "Agreement without one factor",
      "sums, the market's clamp, margins and verdicts computed anew with its points at 0; conditions and "
      "facts that nobody assessed stay as they are recorded",
      TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &FACTORS, self->factors.count);
  uint32_t *order = pi_book_order(book, self->factors.count);
  if (order == NULL) return;
  pi_tally_sort(&self->factors, order);
  sort_indexes(book, &self->factors, order, moves_more);
  for (uint32_t i = 0; i < self->factors.count; i++) {
    const pi_agreement_factor *factor = pi_tally_item(&self->factors, order[i]);
    pi_sheet_row *row = pi_book_row(book, sheet);
    pi_factor_name_texts(self->factors.names[order[i]], row->texts);
    row->values[0] = (int64_t)factor->cases;
    row->values[1] = (int64_t)factor->gained;
    row->values[2] = (int64_t)factor->lost;
    row->values[3] = (int64_t)factor->gained - (int64_t)factor->lost;
    row->style = row->values[3] > 0 ? PI_STYLE_OPEN : PI_STYLE_PLAIN;
  }
}

static void add_overrides(const pi_agreement *self, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"id", "case", 0},
                                          {"rules", "rules", 0},
                                          {"turn", "override", PI_SHEET_OUTCOME},
                                          {"reason", "reason", 0}};
  static const pi_sheet FIRST = {.key = "overrides",
                                 .title = "Overrides, the first of them",
                                 .texts = TEXTS,
                                 .texts_count = sizeof TEXTS / sizeof *TEXTS};
  pi_sheet *sheet = pi_book_sheet(book, &FIRST, self->overrides_listed);
  for (uint32_t i = 0; i < self->overrides_listed; i++) {
    const pi_agreement_case *item = &self->overrides[i];
    pi_sheet_row *row = pi_book_row(book, sheet);
    bool gave = item->decision == PUBINT_NOTICE;
    row->texts[0] = item->id;
    row->texts[1] = item->rules;
    row->texts[2] = gave ? PI_SLICE("remove → notice") : PI_SLICE("notice → remove");
    row->texts[3] = or_nothing(item->reason);
  }
}

static void add_lists(const pi_agreement *self, pi_book *book) {
  static const pi_sheet_column UNDECIDED[] = {
      {"id", "case", 0}, {"outcome", "evaluated", PI_SHEET_OUTCOME}, {"rules", "rules", 0}};
  static const pi_sheet_column UNKNOWN[] = {{"id", "case", 0}, {"decision", "decided", PI_SHEET_OUTCOME}};
  static const pi_sheet_column LINE[] = {{"line", "line", PI_SHEET_COUNT}};
  static const pi_sheet FIRST = {.key = "without_decision",
                                 .title = "Evaluations without a decision, the first of them",
                                 .texts = UNDECIDED,
                                 .texts_count = sizeof UNDECIDED / sizeof *UNDECIDED};
  static const pi_sheet OTHERS = PI_SHEET_OF(
      "without_evaluation", "Decisions without an evaluation, the first of them", NULL, UNKNOWN, LINE);
  pi_sheet *sheet = pi_book_sheet(book, &FIRST, self->undecided_listed);
  for (uint32_t i = 0; i < self->undecided_listed; i++) {
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = self->undecided[i].id;
    row->texts[1] = outcome_of(self->undecided[i].outcome);
    row->texts[2] = self->undecided[i].rules;
  }
  sheet = pi_book_sheet(book, &OTHERS, PI_AGREEMENT_LISTED);
  const pi_tally *cases = &self->decisions.cases;
  for (uint32_t i = 0; i < cases->count && sheet->rows_count < sheet->rows_room; i++) {
    const pi_decision *decision = pi_tally_item(cases, i);
    if (decision->evaluated_at > 0) continue;
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = cases->names[i];
    row->texts[1] = outcome_of(decision->outcome);
    row->values[0] = (int64_t)decision->line;
  }
}

void pi_agreement_book(const pi_agreement *agreement, pi_book *out) {
  say(agreement, &out->sentence);
  out->csv = IN_CSV;
  out->csv_count = sizeof IN_CSV / sizeof *IN_CSV;
  pi_book_head(out, "evaluated", agreement->evaluated);
  pi_book_head(out, "refused_lines", agreement->refused);
  pi_book_head(out, "decided", agreement->decided);
  pi_book_head(out, "agreed", pi_agreement_agreed(agreement));
  pi_book_head(out, "overridden", agreement->overrides_count);
  pi_book_head(out, "evaluations_without_decision", agreement->without_decision);
  pi_book_head(out, "decisions_without_evaluation", agreement->without_case);
  add_pairs(agreement, out);
  add_rules(agreement, out);
  add_factors(agreement, out);
  add_reasons(agreement, out);
  add_overrides(agreement, out);
  add_lists(agreement, out);
}
