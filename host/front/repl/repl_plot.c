/* :sweep, with its plot: the margin over a fact's range, a mark a column that tells the outcome. */
#include <stdio.h>
#include <stdlib.h>

#include "case_write.h"
#include "interrupt.h"
#include "phrases.h"
#include "repl.h"
#include "sweep.h"

enum { ROWS = 9, COLUMN_AXIS = 10, PLOT_MAX = 64, INDENT = 2, COLUMN_OUTCOME = 24, COLUMN_MARGIN = 36 };

static pi_slice mark_of(pubint_outcome outcome) {
  switch (outcome) {
  case PUBINT_NOTICE: return PI_SLICE("●");
  case PUBINT_REMOVE: return PI_SLICE("○");
  case PUBINT_REVIEW: return PI_SLICE("◇");
  case PUBINT_NO_ACTION: break;
  }
  return PI_SLICE("·");
}

static void put_outcome(pi_page *page, pubint_outcome outcome) {
  pi_page_text(page, pi_repl_outcome_style(outcome), pi_say_outcome(NULL, outcome));
}

static void put_value(pi_page *page, pi_fact fact, int64_t at) {
  pi_buffer text;
  pi_buffer_init(&text, 256);
  pi_value_type(&text, fact, pi_sweep_value(fact, at));
  pi_page_text(page, PI_STYLE_PLAIN, (pi_slice){text.data, text.len});
  pi_buffer_dispose(&text);
}

/* --- words and flags --- */

static void print_rows(pi_page *page, const pi_sweep *sweep, const pi_case *facts) {
  for (uint32_t i = 0; i < sweep->points_count; i++) {
    const pi_sweep_point *point = &sweep->points[i];
    bool word = PI_FACTS[sweep->fact].type == PI_TYPE_WORD;
    bool here =
        pi_case_knows(facts, sweep->fact) && (word ? pi_case_word(facts, sweep->fact) == (uint8_t)point->at
                                                   : pi_case_flag(facts, sweep->fact) == (point->at != 0));
    pi_page_to(page, INDENT);
    put_value(page, sweep->fact, point->at);
    pi_page_to(page, COLUMN_OUTCOME);
    put_outcome(page, point->outcome);
    if (point->weighed) {
      pi_page_to(page, COLUMN_MARGIN);
      pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("margin "));
      pi_repl_put_decimal(page, point->margin < 0 ? PI_STYLE_BAD : PI_STYLE_GOOD, point->margin, 9);
    } else {
      pi_page_to(page, COLUMN_MARGIN);
      pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(pubint_basis_name(point->basis)));
    }
    if (here) pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("   as it is"));
    pi_page_end(page);
  }
}

/* --- the plot --- */

typedef struct plot {
  const pi_sweep *sweep;
  unsigned columns;
  bool weighed;      /* any point has a margin */
  int64_t low, high; /* of the margins, 0 included */
} plot;

static const pi_sweep_point *point_at(const plot *self, unsigned column) {
  uint32_t last = self->sweep->points_count - 1;
  return &self->sweep->points[self->columns > 1 ? (uint64_t)column * last / (self->columns - 1) : 0];
}

static unsigned row_of(const plot *self, int64_t margin) {
  int64_t range = self->high - self->low;
  if (range == 0) return ROWS / 2;
  return (unsigned)(((self->high - margin) * (ROWS - 1) * 2 + range) / (2 * range));
}

static void measure(plot *self) {
  for (uint32_t i = 0; i < self->sweep->points_count; i++) {
    const pi_sweep_point *point = &self->sweep->points[i];
    if (!point->weighed) continue;
    self->weighed = true;
    if (point->margin < self->low) self->low = point->margin;
    if (point->margin > self->high) self->high = point->margin;
  }
}

/* A margin beside its row, with two decimals: the plot is no finer. */
static void put_label(pi_page *page, int64_t nano) {
  char text[48];
  int64_t size = nano < 0 ? -nano : nano;
  int64_t hundredths = (size + 5000000) / 10000000;
  snprintf(text, sizeof text, "%s%lld.%02lld", nano < 0 && hundredths > 0 ? "−" : "",
           (long long)(hundredths / 100), (long long)(hundredths % 100));
  pi_page_right(page, COLUMN_AXIS - 1, PI_STYLE_FAINT, pi_slice_of(text));
}

static void print_row(const plot *self, pi_page *page, unsigned row) {
  unsigned zero = row_of(self, 0);
  if (row == 0)
    put_label(page, self->high);
  else if (row == zero)
    put_label(page, 0);
  else if (row == ROWS - 1)
    put_label(page, self->low);
  pi_page_to(page, COLUMN_AXIS);
  pi_page_text(page, PI_STYLE_FAINT, row == zero ? PI_SLICE("┼") : PI_SLICE("│"));
  for (unsigned column = 0; column < self->columns; column++) {
    const pi_sweep_point *point = point_at(self, column);
    if (point->weighed && row_of(self, point->margin) == row) {
      pi_page_to(page, COLUMN_AXIS + 1 + column);
      pi_page_text(page, pi_repl_outcome_style(point->outcome), mark_of(point->outcome));
    } else if (row == zero) {
      pi_page_to(page, COLUMN_AXIS + 1 + column);
      pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("─"));
    }
  }
  pi_page_end(page);
}

/* The outcomes alone, where nothing was weighed. */
static void print_strip(const plot *self, pi_page *page) {
  pi_page_to(page, COLUMN_AXIS + 1);
  for (unsigned column = 0; column < self->columns; column++) {
    const pi_sweep_point *point = point_at(self, column);
    pi_page_text(page, pi_repl_outcome_style(point->outcome), mark_of(point->outcome));
  }
  pi_page_end(page);
}

/* A mark below the plot, where the case stands. */
static void print_here(const plot *self, pi_page *page, int64_t now) {
  const pi_sweep *sweep = self->sweep;
  int64_t from = sweep->points[0].at, to = sweep->points[sweep->points_count - 1].at;
  if (now < from || now > to || to == from) return;
  unsigned column = COLUMN_AXIS + 1 + (unsigned)((now - from) * (self->columns - 1) / (to - from));
  pi_buffer value;
  pi_buffer_init(&value, 256);
  pi_value_type(&value, sweep->fact, pi_sweep_value(sweep->fact, now));
  bool left = page->breaks && column + 2 + value.len > page->width;
  pi_page_to(page, left ? column - 1 - (unsigned)value.len : column);
  if (left) pi_page_text(page, PI_STYLE_PLAIN, (pi_slice){value.data, value.len});
  if (left) pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
  pi_page_text(page, PI_STYLE_STRONG, PI_SLICE("▲"));
  if (!left) pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" "));
  if (!left) pi_page_text(page, PI_STYLE_PLAIN, (pi_slice){value.data, value.len});
  pi_buffer_dispose(&value);
  pi_page_end(page);
}

/* `now`: where the case stands, -1 where that is not known. */
static void print_plot(pi_page *page, const pi_sweep *sweep, int64_t now) {
  plot self = {.sweep = sweep, .columns = sweep->points_count};
  unsigned room = page->width - COLUMN_AXIS - 2;
  if (self.columns > room) self.columns = room;
  if (self.columns > PLOT_MAX) self.columns = PLOT_MAX;
  measure(&self);
  if (self.weighed) {
    for (unsigned row = 0; row < ROWS; row++) print_row(&self, page, row);
  } else {
    print_strip(&self, page);
  }
  print_here(&self, page, now);
  pi_page_to(page, COLUMN_AXIS + 1);
  put_value(page, sweep->fact, sweep->points[0].at);
  pi_buffer end;
  pi_buffer_init(&end, 256);
  pi_value_type(&end, sweep->fact, pi_sweep_value(sweep->fact, sweep->points[sweep->points_count - 1].at));
  unsigned column = COLUMN_AXIS + 1 + self.columns;
  pi_page_right(page, column > page->column + end.len ? column : page->column + 2 + (unsigned)end.len,
                PI_STYLE_PLAIN, (pi_slice){end.data, end.len});
  pi_buffer_dispose(&end);
  pi_page_end(page);
}

/* Begins another line where what comes next, so wide, has no room on this one. */
static void next_of_legend(pi_page *page, unsigned columns) {
  if (page->column + columns <= page->width) return;
  pi_page_end(page);
  pi_page_to(page, COLUMN_AXIS + 1);
}

/* "● notice   ○ removal": the marks that occur. */
static void print_legend(pi_page *page, const pi_sweep *sweep) {
  bool seen[PUBINT_REVIEW + 1] = {false};
  for (uint32_t i = 0; i < sweep->points_count; i++) seen[sweep->points[i].outcome] = true;
  pi_page_to(page, COLUMN_AXIS + 1);
  for (int outcome = 0; outcome <= PUBINT_REVIEW; outcome++) {
    if (!seen[outcome]) continue;
    pi_slice name = pi_say_outcome(NULL, (pubint_outcome)outcome);
    next_of_legend(page, 2 + pi_page_columns(page, name));
    pi_page_text(page, pi_repl_outcome_style((pubint_outcome)outcome), mark_of((pubint_outcome)outcome));
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
    pi_page_text(page, PI_STYLE_PLAIN, name);
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("   "));
  }
  next_of_legend(page, (unsigned)(sizeof "margin over " - 1 + PI_FACTS[sweep->fact].path.len));
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("margin over "));
  pi_page_text(page, PI_STYLE_FAINT, PI_FACTS[sweep->fact].path);
  pi_page_end(page);
}

/* What of the range was not swept, and that there may be more. */
static void print_cut(pi_page *page, const pi_sweep *sweep) {
  if (sweep->complete) return;
  pi_page_to(page, INDENT);
  pi_page_wrap(page, INDENT, PI_STYLE_OPEN, PI_SLICE("there is more: the sweep was ended"));
  int64_t last = sweep->points[sweep->points_count - 1].at;
  if (last >= sweep->end) return;
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_OPEN, PI_SLICE("not swept: from "));
  put_value(page, sweep->fact, last);
  pi_page_text(page, PI_STYLE_OPEN, PI_SLICE(" on, to "));
  put_value(page, sweep->fact, sweep->end);
  pi_page_end(page);
}

static void print_turns(pi_page *page, const pi_sweep *sweep) {
  for (uint32_t i = 0; i < sweep->turns_count; i++) {
    const pi_sweep_turn *turn = &sweep->turns[i];
    pi_page_to(page, INDENT);
    pi_page_text(page, PI_STYLE_PLAIN, i == 0 ? PI_SLICE("changes between ") : PI_SLICE("            and "));
    put_value(page, sweep->fact, turn->below);
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" ("));
    put_outcome(page, turn->outcome_below);
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(") and "));
    put_value(page, sweep->fact, turn->above);
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" ("));
    put_outcome(page, turn->outcome_above);
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(")"));
    pi_page_end(page);
  }
  if (!sweep->complete) {
    print_cut(page, sweep);
    return;
  }
  pi_page_to(page, INDENT);
  if (sweep->turns_count == 0) {
    pi_page_wrap(page, INDENT, PI_STYLE_FAINT, PI_SLICE("the outcome does not change here"));
  } else {
    pi_page_wrap(page, INDENT, PI_STYLE_FAINT,
                 PI_SLICE("a change that begins and ends between two tried values is not seen"));
  }
}

/* --- the command --- */

static bool read_range(pi_repl_call *call, pi_fact fact, pi_sweep_range *range) {
  pi_repl_session *self = call->session;
  bool strength = PI_FACTS[fact].type == PI_TYPE_STRENGTH;
  bool count = PI_FACTS[fact].type == PI_TYPE_COUNT;
  if (call->words_count == 1) return true;
  if (!strength && !count) {
    pi_repl_complain(&self->terminal, "%s has words: it is swept over all of them", PI_FACTS[fact].path.ptr);
    return false;
  }
  if (call->words_count == 2) {
    pi_repl_complain(&self->terminal, "write :sweep PATH [FROM TO [STEP]]");
    return false;
  }
  unsigned decimals = strength ? 6 : 0;
  int64_t most = strength ? PI_MICRO : ((int64_t)1 << 53) - 1;
  if (!pi_repl_number(&self->terminal, call->words[1], decimals, 0, most, &range->from) ||
      !pi_repl_number(&self->terminal, call->words[2], decimals, 0, most, &range->to)) {
    return false;
  }
  if (range->to <= range->from) {
    pi_repl_complain(&self->terminal, "FROM must be below TO");
    return false;
  }
  range->step = (range->to - range->from + 99) / 100;
  return call->words_count == 3 ||
         pi_repl_number(&self->terminal, call->words[3], decimals, 1, most, &range->step);
}

static void print_sweep(pi_repl_terminal *self, const pi_case *facts, const pi_sweep *sweep) {
  pi_page page;
  pi_repl_page(self, &page);
  bool word = PI_FACTS[sweep->fact].type == PI_TYPE_WORD || PI_FACTS[sweep->fact].type == PI_TYPE_BOOL;
  if (sweep->points_count == 0) {
    pi_repl_complain(self, "interrupted");
  } else if (word) {
    print_rows(&page, sweep, facts);
    print_cut(&page, sweep);
  } else {
    int64_t now = -1;
    if (pi_case_knows(facts, sweep->fact)) {
      bool count = PI_FACTS[sweep->fact].type == PI_TYPE_COUNT;
      now = count ? pi_case_count(facts, sweep->fact) : pi_case_strength(facts, sweep->fact);
    }
    print_plot(&page, sweep, now);
    print_legend(&page, sweep);
    print_turns(&page, sweep);
  }
  pi_page_dispose(&page);
}

void pi_repl_sweep(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  pubint_error error;
  if (!pi_repl_session_needs_case(self)) return;
  pi_fact fact = pi_repl_fact(&self->terminal, call->words[0]);
  if (fact == PI_FACT_COUNT) return;
  if (!pi_sweep_takes(fact)) {
    pi_repl_complain(&self->terminal, "%s has no range: strengths, counts, words and flags do",
                     PI_FACTS[fact].path.ptr);
    return;
  }
  bool counted = PI_FACTS[fact].type == PI_TYPE_COUNT && pi_case_knows(&self->hand.facts, fact);
  pi_sweep_range range = pi_sweep_whole(fact, counted ? pi_case_count(&self->hand.facts, fact) : 0);
  if (!read_range(call, fact, &range)) return;
  pi_sweep *sweep = malloc(sizeof *sweep);
  if (sweep == NULL) {
    self->terminal.out.failed = true;
    return;
  }
  self->hand.evaluated = false;
  if (pi_sweep_run(sweep, self->policy.engine, &self->hand.facts, fact, range, pi_interrupt_stop(), &error) ==
      PUBINT_OK) {
    print_sweep(&self->terminal, &self->hand.facts, sweep);
  } else {
    pi_repl_complain_error(&self->terminal, &error);
  }
  free(sweep);
}
