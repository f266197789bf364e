/* What tuning found, for people. */
#include <stdio.h>
#include <stdlib.h>

#include "evaluation_words.h"
#include "figures.h"
#include "tune_report.h"

enum { LISTED = 20, TURNS_LISTED = 10, GRID = 10, MICRO_PER_MILLI = 1000, INDENT = 2 };

static pi_slice kept(pi_book *book, pi_slice text) {
  pi_slice copy = pi_arena_copy(&book->arena, text);
  if (copy.ptr == NULL) book->failed = true;
  return copy.ptr != NULL ? copy : PI_SLICE("");
}

static void say_count(pi_buffer *out, uint64_t count, const char *one, const char *many) {
  char figure[PI_FIGURE_BYTES];
  pi_buffer_slice(out, pi_figure_count(figure, count));
  pi_buffer_text(out, count == 1 ? one : many);
}

static void say_value(pi_buffer *out, int64_t value, unsigned decimals) {
  char figure[PI_FIGURE_BYTES];
  pi_buffer_slice(out, pi_figure_decimal(figure, value, decimals, false));
}

static void put_names(pi_book *book, pi_sheet_row *row, const pi_number *number) {
  char text[PI_TUNE_TEXT_BYTES];
  row->texts[0] = kept(book, pi_tune_what(text, number));
  row->texts[1] = kept(book, pi_tune_place(text, number->literal));
}

/* Ends a paragraph: `said` may be filled anew, and that it failed is not forgotten. */
static void put_said(pi_page *page, unsigned indent, pi_style style, pi_buffer *said) {
  pi_page_wrap(page, indent, style, (pi_slice){said->data, said->len});
  if (said->failed) page->out->failed = true;
  pi_buffer_reset(said);
}

/* ---- the sentence ---- */

static void say_at(const pi_tune *self, uint32_t selected, pi_buffer *out) {
  size_t changes = pi_tune_changes(self);
  pi_buffer_text(out, selected == 1 ? " At " : " With one number at a time set to ");
  say_value(out, self->options->at, 3);
  pi_buffer_text(out, changes == 0 ? ", no outcome changes." : ", ");
  if (changes > 0) say_count(out, changes, " outcome changes.", " outcomes change.");
}

static void say(const pi_tune *self, uint32_t selected, uint32_t count, pi_buffer *out) {
  say_count(out, self->evaluated, " case was evaluated, and ", " cases were evaluated, and ");
  say_count(out, self->weighed, " of them weighed. ", " of them weighed. ");
  say_count(out, count, " of ", " of ");
  say_count(out, selected, " number can change an outcome, and ", " numbers can change an outcome, and ");
  say_count(out, self->depend, " outcome can change.", " outcomes can change.");
  if (self->options->has_at) say_at(self, selected, out);
  if (self->untold > 0) {
    pi_buffer_text(out, " Not counted: ");
    say_count(out, self->untold, " case", " cases");
    pi_buffer_printf(out, " in which a number does more than give a weight, the first at %s:%llu.",
                     pi_tune_file(self, self->first_untold.file),
                     (unsigned long long)self->first_untold.line);
  }
}

/* ---- all of them ---- */

static void add_numbers(const pi_tune *self, const uint32_t *order, uint32_t count, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {
      {"number", "number", 0}, {"place", "place", 0}, {"range", "over its range", 0}};
  static const pi_sheet_column NUMBERS[] = {{"now", "now", PI_SHEET_POINTS},
                                            {"cases", "outcomes", PI_SHEET_COUNT},
                                            {"below", "below", PI_SHEET_POINTS},
                                            {"above", "from", PI_SHEET_POINTS}};
  static const pi_sheet SHEET = PI_SHEET_OF(
      "numbers", "Numbers that outcomes depend on, those that matter most first",
      "outcomes: how many the number can change. over its range: how many differ from now, drawn as far as "
      "outcomes change; a weight goes from 0.001 to 10, a bar from 0 to 100. below, from: the nearest values "
      "at which an outcome changes.",
      TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &SHEET, count);
  for (uint32_t i = 0; i < count; i++) {
    const pi_number *number = &self->numbers.items[order[i]];
    const pi_curve *curve = &self->curves[order[i]];
    char line[PI_TUNE_LINE_BYTES];
    int32_t at;
    pi_sheet_row *row = pi_book_row(book, sheet);
    put_names(book, row, number);
    row->texts[2] = kept(book, pi_tune_line(line, curve, number));
    row->values[0] = (int64_t)number->milli * MICRO_PER_MILLI;
    row->values[1] = (int64_t)curve->cases;
    bool below = pi_curve_before(curve, number->milli + 1, &at);
    row->values[2] = below ? (int64_t)at * MICRO_PER_MILLI : PI_SHEET_NONE;
    bool above = pi_curve_next(curve, number->milli, &at);
    row->values[3] = above ? (int64_t)at * MICRO_PER_MILLI : PI_SHEET_NONE;
  }
}

static void add_idle(const pi_tune *self, const uint32_t *order, uint32_t count, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"number", "number", 0}, {"place", "place", 0}};
  static const pi_sheet_column NUMBERS[] = {{"now", "now", PI_SHEET_POINTS}};
  static const pi_sheet SHEET =
      PI_SHEET_OF("idle", "Numbers that no outcome of these cases depends on", NULL, TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &SHEET, count);
  for (uint32_t i = 0; i < count; i++) {
    const pi_number *number = &self->numbers.items[order[i]];
    pi_sheet_row *row = pi_book_row(book, sheet);
    put_names(book, row, number);
    row->values[0] = (int64_t)number->milli * MICRO_PER_MILLI;
  }
}

static void add_refused(const pi_tune *self, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"text", "literal", 0}, {"place", "place", 0}, {"why", "why", 0}};
  static const pi_sheet SHEET = {.key = "not_tunable",
                                 .title = "Literals that cannot be tuned",
                                 .texts = TEXTS,
                                 .texts_count = sizeof TEXTS / sizeof *TEXTS};
  pi_sheet *sheet = pi_book_sheet(book, &SHEET, self->numbers.refused_count);
  for (uint32_t i = 0; i < self->numbers.refused_count; i++) {
    const pi_number_refused *refused = &self->numbers.refused[i];
    char text[PI_TUNE_TEXT_BYTES];
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = refused->literal->token->text;
    row->texts[1] = kept(book, pi_tune_place(text, refused->literal));
    row->texts[2] = pi_slice_of(pi_number_reason_text(refused->reason));
  }
}

/* ---- one value ---- */

static void add_at(const pi_tune *self, const uint32_t *order, uint32_t count, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"number", "number", 0}, {"place", "place", 0}};
  static const pi_sheet_column NUMBERS[] = {{"now", "now", PI_SHEET_POINTS},
                                            {"changed", "changed", PI_SHEET_COUNT},
                                            {"granted", "granted", PI_SHEET_COUNT},
                                            {"withdrawn", "withdrawn", PI_SHEET_COUNT},
                                            {"to_review", "needs review", PI_SHEET_COUNT},
                                            {"to_removal", "removed", PI_SHEET_COUNT}};
  static const pi_sheet SHEET = PI_SHEET_OF("at", "Outcomes that change at that value", NULL, TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &SHEET, count);
  for (uint32_t i = 0; i < count; i++) {
    if (!pi_tune_has_at(self, order[i])) continue;
    pi_curve_point point = pi_curve_at(&self->curves[order[i]], self->options->at);
    if (point.changed == 0) continue;
    pi_sheet_row *row = pi_book_row(book, sheet);
    put_names(book, row, &self->numbers.items[order[i]]);
    row->values[0] = (int64_t)self->numbers.items[order[i]].milli * MICRO_PER_MILLI;
    row->values[1] = (int64_t)point.changed;
    for (int d = 0; d < PI_DIRECTIONS; d++) row->values[2 + d] = (int64_t)point.by[d];
  }
}

static void add_changes(const pi_tune *self, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {
      {"id", "case", 0}, {"place", "line", 0}, {"number", "number", 0}, {"turn", "change", PI_SHEET_OUTCOME}};
  static const pi_sheet SHEET = {.key = "changes",
                                 .title = "Cases that change there, the first of them",
                                 .note = "--json and --csv list all of them",
                                 .texts = TEXTS,
                                 .texts_count = sizeof TEXTS / sizeof *TEXTS};
  size_t all = pi_tune_changes(self), shown = all < LISTED ? all : LISTED;
  pi_sheet *sheet = pi_book_sheet(book, &SHEET, (uint32_t)shown);
  for (size_t i = 0; i < shown; i++) {
    pi_tune_change change = pi_tune_change_at(self, i);
    char text[PI_TUNE_TEXT_BYTES];
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = kept(book, pi_slice_of(change.place.id));
    snprintf(text, sizeof text, "%.200s:%llu", pi_tune_file(self, change.place.file),
             (unsigned long long)change.place.line);
    row->texts[1] = kept(book, pi_slice_of(text));
    row->texts[2] = kept(book, pi_tune_what(text, &self->numbers.items[change.number]));
    snprintf(text, sizeof text, "%s → %s", pubint_outcome_name((pubint_outcome)change.was),
             pubint_outcome_name((pubint_outcome)change.becomes));
    row->texts[3] = kept(book, pi_slice_of(text));
  }
}

/* ---- people ---- */

static void say_suggestion(const pi_tune *self, pi_page *page) {
  const pi_suggestion *what = &self->suggestion;
  char text[PI_TUNE_TEXT_BYTES];
  pi_buffer said;
  pi_buffer_init(&said, 64 * 1024);
  pi_page_end(page);
  pi_page_wrap(page, 0, PI_STYLE_HEAD, PI_SLICE("Suggested changes, which follow people's decisions best"));
  say_count(&said, self->by_people[PI_CURVE_AGREED], " of ", " of ");
  say_count(&said, self->decided, " decided case agrees as it is.", " decided cases agree as it is.");
  if (what->count == 0) pi_buffer_text(&said, " No change of one number makes more agree.");
  pi_page_to(page, INDENT);
  put_said(page, INDENT, PI_STYLE_PLAIN, &said);
  for (uint32_t i = 0; i < what->count; i++) {
    const pi_suggested *change = &what->changes[i];
    const pi_number *number = &self->numbers.items[change->number];
    pi_buffer_printf(&said, "%u. ", i + 1);
    pi_buffer_slice(&said, pi_tune_what(text, number));
    pi_buffer_text(&said, ", ");
    pi_buffer_slice(&said, pi_tune_place(text, number->literal));
    pi_buffer_text(&said, ": ");
    say_value(&said, change->from, 3);
    pi_buffer_text(&said, " → ");
    say_value(&said, change->to, 3);
    pi_buffer_text(&said, "; then ");
    say_count(&said, change->agreed, " agrees.", " agree.");
    pi_page_to(page, INDENT);
    put_said(page, INDENT + 3, PI_STYLE_PLAIN, &said);
  }
  if (what->count > 0) {
    say_count(&said, what->granted, " case would newly get a notice", " cases would newly get a notice");
    pi_buffer_text(&said, ", decided or not, and ");
    say_count(&said, what->withdrawn, " would lose one.", " would lose theirs.");
    if (what->granted > 0) pi_buffer_text(&said, " Newly granted: ");
    for (uint32_t i = 0; i < what->listed_count; i++)
      pi_buffer_printf(&said, "%s%s", i > 0 ? ", " : "", what->listed[i].id);
    if (what->granted > 0) pi_buffer_text(&said, what->granted > what->listed_count ? " …" : ".");
    pi_page_to(page, INDENT);
    put_said(page, INDENT, what->granted > 0 ? PI_STYLE_OPEN : PI_STYLE_PLAIN, &said);
    pi_page_to(page, INDENT);
    pi_page_wrap(page, INDENT, PI_STYLE_FAINT,
                 PI_SLICE("This is a suggestion. The changes were found one after another, so others may do "
                          "better together. It does not say whether people decided well, or what the "
                          "written policy asks for."));
  }
  pi_buffer_dispose(&said);
}

static void put_people(const pi_tune *self, const pi_curve_point *point, pi_sheet_row *row) {
  pi_tune_people people = pi_tune_people_at(self, point);
  row->values[0] = (int64_t)point->at * MICRO_PER_MILLI;
  row->values[1] = (int64_t)people.agreed;
  row->values[2] = pi_sheet_share(people.agreed, self->decided);
  row->values[3] = pi_sheet_share(people.both, people.recommended);
  row->values[4] = pi_sheet_share(people.both, self->given);
}

static void add_people(const pi_tune *self, const pi_curve *curve, const pi_number *number, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"mark", "", 0}};
  static const pi_sheet_column NUMBERS[] = {{"value", "value", PI_SHEET_POINTS},
                                            {"agreed", "agree", PI_SHEET_COUNT},
                                            {"agreement", "of decided", PI_SHEET_SHARE},
                                            {"precision", "precision", PI_SHEET_SHARE},
                                            {"recall", "recall", PI_SHEET_SHARE}};
  static const pi_sheet SHEET = PI_SHEET_OF(
      "people", "Agreement with people over its range",
      "precision: of the notices recommended, given; recall: of those given, recommended", TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &SHEET, GRID + 2);
  int32_t last = curve->least + curve->width - 1;
  for (int32_t i = 0; i <= GRID; i++) {
    int32_t at = i > 0 ? last / GRID * i : curve->least;
    int32_t before = i > 1 ? last / GRID * (i - 1) : i > 0 ? curve->least : curve->least - 1;
    pi_curve_point point = pi_curve_at(curve, number->milli);
    if (number->milli > before && number->milli < at) {
      pi_sheet_row *row = pi_book_row(book, sheet);
      row->texts[0] = PI_SLICE("now");
      put_people(self, &point, row);
    }
    point = pi_curve_at(curve, at);
    pi_sheet_row *row = pi_book_row(book, sheet);
    row->texts[0] = at == number->milli ? PI_SLICE("now") : PI_SLICE("");
    put_people(self, &point, row);
  }
}

/* Of each number the value at which most outcomes are as people decided, the nearest to now. */
static pi_curve_point best_for_people(const pi_curve *curve, const pi_number *number) {
  pi_curve_point best = pi_curve_at(curve, number->milli);
  int32_t at = curve->least;
  for (bool more = curve->turns != NULL; more; more = pi_curve_next(curve, at, &at)) {
    int32_t end = curve->least + curve->width, last = end - 1;
    if (pi_curve_next(curve, at, &end)) last = end - 1;
    int32_t nearest = number->milli < at ? at : number->milli > last ? last : number->milli;
    pi_curve_point point = pi_curve_at(curve, nearest);
    int64_t more_agree = point.decided[PI_CURVE_AGREED] - best.decided[PI_CURVE_AGREED];
    bool nearer = abs(nearest - number->milli) < abs(best.at - number->milli);
    if (more_agree > 0 || (more_agree == 0 && nearer)) best = point;
  }
  return best;
}

static void add_best(const pi_tune *self, const uint32_t *order, uint32_t count, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"number", "number", 0}, {"place", "place", 0}};
  static const pi_sheet_column NUMBERS[] = {{"now", "now", PI_SHEET_POINTS},
                                            {"value", "best", PI_SHEET_POINTS},
                                            {"agreed", "agree", PI_SHEET_COUNT},
                                            {"change", "change", PI_SHEET_CHANGE},
                                            {"precision", "precision", PI_SHEET_SHARE},
                                            {"recall", "recall", PI_SHEET_SHARE}};
  static const pi_sheet SHEET = PI_SHEET_OF(
      "best", "Numbers that could follow people's decisions better",
      "best: the value at which most outcomes agree, with nothing else changed; precision: of the notices "
      "recommended, given; recall: of those given, recommended",
      TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &SHEET, count);
  for (uint32_t i = 0; i < count; i++) {
    const pi_number *number = &self->numbers.items[order[i]];
    pi_curve_point best = best_for_people(&self->curves[order[i]], number);
    if (best.decided[PI_CURVE_AGREED] <= 0) continue;
    pi_tune_people people = pi_tune_people_at(self, &best);
    pi_sheet_row *row = pi_book_row(book, sheet);
    put_names(book, row, number);
    row->values[0] = (int64_t)number->milli * MICRO_PER_MILLI;
    row->values[1] = (int64_t)best.at * MICRO_PER_MILLI;
    row->values[2] = (int64_t)people.agreed;
    row->values[3] = best.decided[PI_CURVE_AGREED];
    row->values[4] = pi_sheet_share(people.both, people.recommended);
    row->values[5] = pi_sheet_share(people.both, self->given);
  }
}

/* ---- one number ---- */

static void add_turn(pi_book *book, pi_sheet *sheet, const pi_curve *curve, int32_t at, pi_slice mark) {
  pi_curve_point point = pi_curve_at(curve, at);
  pi_sheet_row *row = pi_book_row(book, sheet);
  row->texts[0] = mark;
  row->values[0] = (int64_t)at * MICRO_PER_MILLI;
  row->values[1] = (int64_t)point.turns;
  row->values[2] = (int64_t)point.changed;
  for (int d = 0; d < PI_DIRECTIONS; d++) row->values[3 + d] = (int64_t)point.by[d];
}

/* The nearest on either side of where it stands. */
static void add_turns(const pi_curve *curve, const pi_number *number, pi_book *book) {
  static const pi_sheet_column TEXTS[] = {{"mark", "", 0}};
  static const pi_sheet_column NUMBERS[] = {
      {"value", "from", PI_SHEET_POINTS},         {"turns", "turn", PI_SHEET_COUNT},
      {"changed", "changed", PI_SHEET_COUNT},     {"granted", "granted", PI_SHEET_COUNT},
      {"withdrawn", "withdrawn", PI_SHEET_COUNT}, {"to_review", "needs review", PI_SHEET_COUNT},
      {"to_removal", "removed", PI_SHEET_COUNT}};
  static const pi_sheet SHEET = PI_SHEET_OF(
      "turning", "Values nearest to now at which outcomes change",
      "changed: outcomes that differ from now, from this value on. turn: those that change at this very "
      "value. --csv lists all values.",
      TEXTS, NUMBERS);
  pi_sheet *sheet = pi_book_sheet(book, &SHEET, 2 * TURNS_LISTED + 1);
  int32_t at = number->milli, first = at;
  for (uint32_t i = 0; i < TURNS_LISTED && pi_curve_before(curve, first, &at); i++) first = at;
  for (at = first - 1; pi_curve_next(curve, at, &at) && at < number->milli;)
    add_turn(book, sheet, curve, at, PI_SLICE(""));
  add_turn(book, sheet, curve, number->milli, PI_SLICE("now"));
  at = number->milli;
  for (uint32_t i = 0; i < TURNS_LISTED && pi_curve_next(curve, at, &at); i++)
    add_turn(book, sheet, curve, at, PI_SLICE(""));
}

static void print_number(const pi_tune *self, uint32_t index, pi_page *page) {
  const pi_number *number = &self->numbers.items[index];
  const pi_curve *curve = &self->curves[index];
  char text[PI_TUNE_TEXT_BYTES];
  pi_book book;
  pi_book_init(&book);
  pi_page_end(page);
  pi_curve_point peak = pi_curve_peak(curve, number->milli);
  pi_buffer_slice(&book.sentence, pi_tune_what(text, number));
  pi_buffer_text(&book.sentence, ", ");
  pi_buffer_slice(&book.sentence, pi_tune_place(text, number->literal));
  pi_buffer_text(&book.sentence, ", is ");
  say_value(&book.sentence, number->milli, 3);
  pi_buffer_text(&book.sentence, ". It can change ");
  say_count(&book.sentence, curve->cases, " outcome. Most change at ", " outcomes. Most change at ");
  say_value(&book.sentence, peak.at, 3);
  pi_buffer_text(&book.sentence, ": ");
  say_count(&book.sentence, peak.changed, ".", ".");
  put_said(page, 0, PI_STYLE_STRONG, &book.sentence);
  pi_tune_plot(curve, number, page);
  pi_buffer_text(&book.sentence, "Up: how many outcomes differ from now. Across: the number; ▲ is now.");
  add_turns(curve, number, &book);
  if (self->options->decisions != NULL) add_people(self, curve, number, &book);
  pi_book_print(&book, page);
  pi_book_dispose(&book);
}

/* ---- the whole ---- */

void pi_tune_print(const pi_tune *tune, pi_page *page) {
  uint32_t selected, count;
  uint32_t *order = pi_tune_order(tune, &selected, &count);
  bool some = !pi_choice_is_all(&tune->options->which);
  pi_book book;
  if (order == NULL) {
    page->out->failed = true;
    return;
  }
  pi_book_init(&book);
  say(tune, selected, count, &book.sentence);
  if (!some) add_numbers(tune, order, count, &book);
  if (!some || count < selected) add_idle(tune, order + count, selected - count, &book);
  add_at(tune, order, selected, &book);
  add_changes(tune, &book);
  if (!some && tune->options->decisions != NULL) add_best(tune, order, count, &book);
  if (!some) add_refused(tune, &book);
  pi_book_print(&book, page);
  pi_book_dispose(&book);
  for (uint32_t i = 0; some && i < count; i++) print_number(tune, order[i], page);
  if (tune->options->decisions != NULL) say_suggestion(tune, page);
  free(order);
}
