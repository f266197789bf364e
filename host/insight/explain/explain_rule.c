/* One rule on the balance: a table of factors, and below it the sum, with the points of both in one column
 * so that they add up under each other; then conditions, notes, and what nobody assessed. */
#include <stdio.h>

#include "decimal.h"
#include "entries.h"
#include "explain_parts.h"

enum {
  INDENT = 2,
  NAME_WIDTH_MIN = 16,
  NAME_WIDTH_MAX = 36,
  GAP = 2,
  CHART_HALF = 10, /* columns a side: a factor has at most 10 points */
  CHART_WIDTH = 2 * CHART_HALF + 1,
};

/* Numbers of a column, set under each other at their decimal mark. */
typedef struct numbers {
  unsigned column;
  unsigned whole;    /* columns before the mark */
  unsigned fraction; /* columns from the mark on */
} numbers;

static unsigned width_of(const numbers *column) {
  return column->whole + column->fraction;
}

typedef struct layout {
  unsigned name_width;
  unsigned side, side_width;
  numbers strength, weight, points;
  unsigned sign;  /* column of the sums' signs, left of the widest sum */
  unsigned chart; /* where the chart begins; 0: the page has no room for it */
} layout;

/* How many bytes of `number` stand before its decimal mark. */
static size_t whole_bytes(const pi_explainer *self, pi_slice number) {
  pi_slice mark = pi_say_plain(&self->wording, PI_PHRASE_NUMBER_DECIMAL);
  if (mark.len == 0) return number.len;
  for (size_t i = 0; i + mark.len <= number.len; i++) {
    if (memcmp(number.ptr + i, mark.ptr, mark.len) == 0) return i;
  }
  return number.len;
}

static void measure(pi_explainer *self, numbers *column, pi_slice number) {
  size_t bytes = whole_bytes(self, number);
  unsigned whole = pi_page_columns(&self->page, (pi_slice){number.ptr, bytes});
  unsigned fraction = pi_page_columns(&self->page, (pi_slice){number.ptr + bytes, number.len - bytes});
  if (whole > column->whole) column->whole = whole;
  if (fraction > column->fraction) column->fraction = fraction;
}

static void put_number(pi_explainer *self, const numbers *column, pi_style style, pi_slice number) {
  unsigned whole = pi_page_columns(&self->page, (pi_slice){number.ptr, whole_bytes(self, number)});
  pi_page_to(&self->page, column->column + (column->whole > whole ? column->whole - whole : 0));
  pi_page_text(&self->page, style, number);
}

static unsigned larger(unsigned a, unsigned b) {
  return a > b ? a : b;
}

static unsigned head_width(pi_explainer *self, pi_phrase head) {
  return pi_page_columns(&self->page, pi_say_plain(&self->wording, head));
}

/* Widens a column of numbers on its left until its head fits. */
static void fit_head(pi_explainer *self, numbers *column, pi_phrase head) {
  unsigned width = head_width(self, head);
  if (width_of(column) < width) column->whole += width - width_of(column);
}

static pi_phrase side_phrase(pi_side side) {
  return side == PI_SIDE_HARM ? PI_PHRASE_SIDE_HARM : PI_PHRASE_SIDE_INTEREST;
}

/* A weight that was replaced is shown as such, with the script's own. */
static pi_slice factor_name(pi_explainer *self, const pi_factor *factor) {
  pi_slice name = pi_explain_item_name(self, "factor", factor->id, factor->from);
  for (uint32_t i = 0; self->evaluation->overrides != NULL && i < self->evaluation->entries_count; i++) {
    const pi_entry *entry = &self->evaluation->entries[i];
    const pi_factor *first = entry->balance.factors;
    if (factor < first || factor >= first + entry->balance.factors_count) continue;
    int32_t own = pi_entries_notes(self->evaluation, entry)->weights[factor - first];
    if (own == 0) break;
    return PI_SAY(&self->wording, PI_PHRASE_OVERRIDE_WEIGHT, {"name", name},
                  {"weight", pi_say_decimal(&self->wording, own, 3)});
  }
  return name;
}

static pi_slice bar_name(pi_explainer *self, const pi_entry *entry) {
  pi_slice name = pi_say_plain(&self->wording, PI_PHRASE_SUM_BAR);
  const pi_entry_notes *notes = pi_entries_notes(self->evaluation, entry);
  if (notes == NULL || notes->bar < 0) return name;
  return PI_SAY(&self->wording, PI_PHRASE_OVERRIDE_BAR, {"name", name},
                {"bar", pi_say_decimal(&self->wording, notes->bar, 3)});
}

/* The sums below the table stand in its column of points. */
static void measure_sums(pi_explainer *self, numbers *out, const pi_entry *entry) {
  const int64_t sums[] = {entry->interest, entry->harm, entry->bar, entry->market.counted, entry->margin};
  for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
    int64_t size = sums[i] < 0 ? -sums[i] : sums[i];
    measure(self, out, pi_say_decimal(&self->wording, size, 9));
  }
}

static void set_columns(layout *table, unsigned page_width) {
  table->side = INDENT + table->name_width + GAP;
  table->strength.column = table->side + table->side_width + GAP;
  table->weight.column = table->strength.column + width_of(&table->strength) + 3; /* " × " */
  table->points.column = table->weight.column + width_of(&table->weight) + 3;     /* " = " */
  table->chart = table->points.column + width_of(&table->points) + GAP;
  if (table->chart + CHART_WIDTH > page_width) table->chart = 0;
}

/* Names get what the numbers leave; a longer one has a line of its own. */
static layout lay_out(pi_explainer *self, const pi_entry *entry) {
  layout table = {.name_width = NAME_WIDTH_MIN};
  const pi_balance *balance = &entry->balance;
  for (uint32_t i = 0; i < balance->factors_count; i++) {
    const pi_factor *factor = &balance->factors[i];
    unsigned name = pi_page_columns(&self->page, factor_name(self, factor));
    if (name <= NAME_WIDTH_MAX) table.name_width = larger(table.name_width, name); /* longer ones wrap */
    measure(self, &table.strength, pi_say_decimal(&self->wording, factor->strength, 6));
    measure(self, &table.weight, pi_say_decimal(&self->wording, factor->weight, 3));
    measure(self, &table.points, pi_say_decimal(&self->wording, factor->points, 9));
  }
  numbers sums = {0};
  measure_sums(self, &sums, entry);
  table.points.whole = larger(table.points.whole, sums.whole);
  table.points.fraction = larger(table.points.fraction, sums.fraction);
  fit_head(self, &table.strength, PI_PHRASE_TABLE_STRENGTH);
  fit_head(self, &table.weight, PI_PHRASE_TABLE_WEIGHT);
  fit_head(self, &table.points, PI_PHRASE_TABLE_POINTS);
  table.side_width =
      larger(head_width(self, PI_PHRASE_TABLE_SIDE),
             larger(head_width(self, PI_PHRASE_SIDE_INTEREST), head_width(self, PI_PHRASE_SIDE_HARM)));
  set_columns(&table, self->page.width);
  unsigned end = table.points.column + width_of(&table.points);
  if (end > self->page.width) {
    unsigned over = end - self->page.width;
    table.name_width = table.name_width > NAME_WIDTH_MIN + over ? table.name_width - over : NAME_WIDTH_MIN;
    set_columns(&table, self->page.width);
  }
  table.sign = table.points.column + table.points.whole - sums.whole - 2;
  return table;
}

static void put_head(pi_explainer *self, const numbers *column, pi_phrase head) {
  pi_page_right(&self->page, column->column + width_of(column), PI_STYLE_FAINT,
                pi_say_plain(&self->wording, head));
}

static void explain_head(pi_explainer *self, const layout *table) {
  pi_page *page = &self->page;
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_FAINT, pi_say_plain(&self->wording, PI_PHRASE_TABLE_FACTOR));
  pi_page_to(page, table->side);
  pi_page_text(page, PI_STYLE_FAINT, pi_say_plain(&self->wording, PI_PHRASE_TABLE_SIDE));
  put_head(self, &table->strength, PI_PHRASE_TABLE_STRENGTH);
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" × "));
  put_head(self, &table->weight, PI_PHRASE_TABLE_WEIGHT);
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" = "));
  put_head(self, &table->points, PI_PHRASE_TABLE_POINTS);
  if (table->chart > 0) {
    pi_page_right(page, table->chart + CHART_HALF - 1, PI_STYLE_FAINT,
                  pi_say_plain(&self->wording, PI_PHRASE_SIDE_HARM));
    pi_page_to(page, table->chart + CHART_HALF);
    pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("│ "));
    pi_page_text(page, PI_STYLE_FAINT, pi_say_plain(&self->wording, PI_PHRASE_SIDE_INTEREST));
  }
  pi_page_end(page);
}

/* A bar of `nano` points, a column a point, to the nearest half; anything above 0 shows. */
static void explain_bar(pi_explainer *self, const layout *table, const pi_factor *factor) {
  pi_page *page = &self->page;
  bool harm = factor->side == PI_SIDE_HARM;
  int64_t halves = (factor->points + PI_NANO / 4) / (PI_NANO / 2);
  unsigned full = (unsigned)(halves / 2);
  bool half = halves % 2 != 0;
  unsigned width = full + (half || (halves == 0 && factor->points > 0) ? 1 : 0);
  pi_slice tip = PI_SLICE("");
  if (half) tip = harm ? PI_SLICE("▐") : PI_SLICE("▌");
  if (halves == 0 && factor->points > 0) tip = harm ? PI_SLICE("▕") : PI_SLICE("▏");
  unsigned axis = table->chart + CHART_HALF;
  pi_style style = harm ? PI_STYLE_BAD : PI_STYLE_GOOD;
  if (harm) {
    pi_page_to(page, axis - width);
    pi_page_text(page, style, tip);
    for (unsigned i = 0; i < full; i++) pi_page_text(page, style, PI_SLICE("█"));
  }
  pi_page_to(page, axis);
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("│"));
  if (!harm) {
    for (unsigned i = 0; i < full; i++) pi_page_text(page, style, PI_SLICE("█"));
    pi_page_text(page, style, tip);
  }
}

static void explain_factor(pi_explainer *self, const layout *table, const pi_factor *factor) {
  pi_page *page = &self->page;
  pi_slice name = factor_name(self, factor);
  bool long_name = pi_page_columns(page, name) > table->name_width;
  if (long_name) {
    pi_page_to(page, INDENT);
    pi_page_wrap(page, INDENT, PI_STYLE_PLAIN, name);
  } else {
    pi_page_to(page, INDENT);
    pi_page_text(page, PI_STYLE_PLAIN, name);
  }
  pi_style faint = factor->points == 0 ? PI_STYLE_FAINT : PI_STYLE_PLAIN;
  pi_page_to(page, table->side);
  pi_page_text(page, faint, pi_say_plain(&self->wording, side_phrase(factor->side)));
  put_number(self, &table->strength, faint, pi_say_decimal(&self->wording, factor->strength, 6));
  pi_page_to(page, table->weight.column - 3);
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" × "));
  put_number(self, &table->weight, faint, pi_say_decimal(&self->wording, factor->weight, 3));
  pi_page_to(page, table->points.column - 3);
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" = "));
  put_number(self, &table->points, faint, pi_say_decimal(&self->wording, factor->points, 9));
  if (table->chart > 0) explain_bar(self, table, factor);
  pi_page_end(page);
}

/* "− 4" under the points; `remark` behind it. A margin below 0 has its own sign: "= −8.9". */
static void explain_sum(pi_explainer *self, const layout *table, pi_slice name, pi_slice sign, int64_t nano,
                        pi_style style, pi_slice remark) {
  pi_page *page = &self->page;
  pi_page_to(page, INDENT);
  pi_page_text(page, style, name);
  bool negative = nano < 0 && table->sign > 0 && pi_slice_equal(sign, PI_SLICE("="));
  pi_page_to(page, negative ? table->sign - 1 : table->sign);
  pi_page_text(page, style, sign);
  if (negative) pi_page_text(page, style, PI_SLICE(" −"));
  put_number(self, &table->points, style, pi_say_decimal(&self->wording, nano < 0 ? -nano : nano, 9));
  unsigned column = table->points.column + width_of(&table->points) + GAP;
  if (remark.len > 0 && column + pi_page_columns(page, remark) <= page->width) {
    pi_page_to(page, column);
    pi_page_text(page, style, remark);
  } else if (remark.len > 0) {
    pi_page_end(page);
    pi_page_right(page, column - GAP, style, remark);
  }
  pi_page_end(page);
}

static void explain_market_sum(pi_explainer *self, const layout *table, const pi_market_sway *market) {
  if (!market->ran) return;
  pi_wording *wording = &self->wording;
  pi_slice name = PI_SAY(wording, PI_PHRASE_SUM_MARKET, {"market", pi_explain_market(self)});
  pi_slice remark = {"", 0};
  if (market->clamped) {
    remark = PI_SAY(wording, PI_PHRASE_SWAY_CLAMPED,
                    {"net", pi_say_decimal(wording, market->interest - market->harm, 9)},
                    {"counted", pi_say_decimal(wording, market->counted, 9)});
  }
  explain_sum(self, table, name, market->counted < 0 ? PI_SLICE("−") : PI_SLICE("+"), market->counted,
              PI_STYLE_PLAIN, remark);
}

static void explain_sums(pi_explainer *self, const layout *table, const pi_entry *entry) {
  pi_wording *wording = &self->wording;
  pi_slice none = {"", 0};
  pi_page_to(&self->page, INDENT);
  unsigned end = table->points.column + width_of(&table->points);
  if (end > self->page.width) end = self->page.width;
  for (unsigned i = INDENT; i < end; i++) pi_page_text(&self->page, PI_STYLE_FAINT, PI_SLICE("─"));
  pi_page_end(&self->page);
  explain_sum(self, table, pi_say_plain(wording, PI_PHRASE_SUM_INTEREST), PI_SLICE(" "), entry->interest,
              PI_STYLE_PLAIN, none);
  explain_sum(self, table, pi_say_plain(wording, PI_PHRASE_SUM_HARM), PI_SLICE("−"), entry->harm,
              PI_STYLE_PLAIN, none);
  explain_sum(self, table, bar_name(self, entry), PI_SLICE("−"), entry->bar, PI_STYLE_PLAIN, none);
  explain_market_sum(self, table, &entry->market);
  bool enough = entry->margin >= 0;
  explain_sum(self, table, pi_say_plain(wording, PI_PHRASE_SUM_MARGIN), PI_SLICE("="), entry->margin,
              enough ? PI_STYLE_GOOD : PI_STYLE_BAD,
              pi_say_plain(wording, enough ? PI_PHRASE_MARGIN_ENOUGH : PI_PHRASE_MARGIN_SHORT));
}

static void explain_condition(pi_explainer *self, const pi_entry *entry, const pi_condition *condition) {
  pi_page *page = &self->page;
  pi_style style = condition->met ? PI_STYLE_GOOD : PI_STYLE_BAD;
  pi_slice mark = condition->met ? PI_SLICE("✓ ") : PI_SLICE("✗ ");
  pi_phrase word = condition->met ? PI_PHRASE_CONDITION_MET : PI_PHRASE_CONDITION_UNMET;
  if (pi_entry_leaves_open(entry, condition)) {
    style = PI_STYLE_OPEN;
    mark = PI_SLICE("? ");
    word = PI_PHRASE_CONDITION_OPEN;
  }
  pi_page_to(page, INDENT + 2);
  pi_page_text(page, style, mark);
  pi_page_text(page, style, pi_say_plain(&self->wording, word));
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("  "));
  unsigned indent = page->column;
  pi_page_wrap(page, indent, PI_STYLE_PLAIN,
               pi_explain_item_name(self, "condition", condition->id, condition->from));
  if (condition->why.ptr == NULL || condition->met) return;
  pi_page_to(page, indent);
  pi_page_wrap(page, indent, PI_STYLE_FAINT, condition->why);
}

static void explain_conditions(pi_explainer *self, const pi_entry *entry) {
  const pi_balance *balance = &entry->balance;
  pi_page *page = &self->page;
  if (balance->conditions_count == 0) return;
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_STRONG, pi_say_plain(&self->wording, PI_PHRASE_HEAD_CONDITIONS));
  pi_page_end(page);
  for (uint32_t i = 0; i < balance->conditions_count; i++)
    explain_condition(self, entry, &balance->conditions[i]);
}

static void explain_notes(pi_explainer *self, const pi_balance *balance) {
  pi_page *page = &self->page;
  if (balance->notes_count == 0) return;
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_STRONG, pi_say_plain(&self->wording, PI_PHRASE_HEAD_NOTES));
  pi_page_end(page);
  for (uint32_t i = 0; i < balance->notes_count; i++) {
    pi_page_to(page, INDENT + 2);
    pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("· "));
    pi_page_wrap(page, INDENT + 4, PI_STYLE_PLAIN, balance->notes[i]);
  }
}

static void explain_error(pi_explainer *self, const pi_entry *entry) {
  if (entry->error.failure == PI_FAILURE_NONE) return;
  pi_wording *wording = &self->wording;
  pi_slice head = entry->weighed
                      ? PI_SAY(wording, PI_PHRASE_MARKET_FAILED, {"market", pi_explain_market(self)})
                      : pi_say_plain(wording, PI_PHRASE_SCRIPT_FAILED);
  pi_page_to(&self->page, INDENT);
  pi_page_wrap(&self->page, INDENT, PI_STYLE_OPEN, head);
  pi_buffer place;
  pi_buffer_init(&place, 512);
  const pi_script *script = entry->error.script;
  if (script != NULL) pi_buffer_slice(&place, script->file);
  if (entry->error.line > 0) pi_buffer_printf(&place, ":%u", entry->error.line);
  char code[16];
  int length = snprintf(code, sizeof code, "E%04u", entry->error.code);
  pi_slice said =
      PI_SAY(wording, PI_PHRASE_SCRIPT_ERROR, {"place", {place.data, place.len}},
             {"message", entry->error.message}, {"code", {code, length > 0 ? (size_t)length : 0}});
  pi_buffer_dispose(&place);
  pi_page_to(&self->page, INDENT + 2);
  pi_page_wrap(&self->page, INDENT + 4, PI_STYLE_PLAIN, said);
}

static pi_slice say_class(pi_explainer *self, const pi_entry *entry) {
  if (entry->script == NULL || entry->script->class_name.len == 0) return (pi_slice){"", 0};
  static const pi_phrase CLASSES[] = {PI_PHRASE_CLASS_VERY_UNLIKELY, PI_PHRASE_CLASS_UNLIKELY,
                                      PI_PHRASE_CLASS_RARE, PI_PHRASE_CLASS_POSSIBLE};
  static const pi_slice NAMES[] = {PI_SLICE_INIT("very_unlikely"), PI_SLICE_INIT("unlikely"),
                                   PI_SLICE_INIT("rare"), PI_SLICE_INIT("possible")};
  for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
    if (pi_slice_equal(entry->script->class_name, NAMES[i])) return pi_say_plain(&self->wording, CLASSES[i]);
  }
  return entry->script->class_name;
}

static void explain_title(pi_explainer *self, const pi_entry *entry) {
  pi_page *page = &self->page;
  pi_wording *wording = &self->wording;
  pi_slice rule = pi_explain_rule_name(self, entry->violation);
  pi_slice kind = pi_explain_kind_name(self, entry->violation);
  pi_slice title = kind.ptr != NULL
                       ? PI_SAY(wording, PI_PHRASE_HEAD_RULE_KIND, {"rule", rule}, {"kind", kind})
                       : PI_SAY(wording, PI_PHRASE_HEAD_RULE, {"rule", rule});
  if (pi_page_columns(page, title) <= page->width) {
    pi_page_text(page, PI_STYLE_HEAD, title);
  } else {
    pi_page_wrap(page, INDENT, PI_STYLE_HEAD, title);
  }
  pi_slice verdict = pi_say_outcome(wording, entry->verdict);
  pi_slice class_name = say_class(self, entry);
  unsigned behind = pi_page_columns(page, verdict) + GAP; /* columns that the verdict takes */
  bool beside = page->column + GAP + pi_page_columns(page, class_name) + behind <= page->width;
  if (beside) pi_page_right(page, page->width - behind, PI_STYLE_FAINT, class_name);
  if (page->column + behind > page->width) pi_page_end(page);
  pi_page_right(page, page->width, pi_explain_outcome_style(entry->verdict), verdict);
  pi_page_end(page);
  if (beside || class_name.len == 0) return;
  pi_page_to(page, INDENT);
  pi_page_wrap(page, INDENT, PI_STYLE_FAINT, class_name);
}

static void explain_no_script(pi_explainer *self) {
  pi_page_to(&self->page, INDENT);
  pi_page_wrap(&self->page, INDENT, PI_STYLE_OPEN, pi_say_plain(&self->wording, PI_PHRASE_NO_SCRIPT));
}

void pi_explain_entry(pi_explainer *self, const pi_entry *entry) {
  explain_title(self, entry);
  if (entry->script == NULL) explain_no_script(self);
  if (entry->weighed) {
    layout table = lay_out(self, entry);
    if (entry->balance.factors_count > 0) {
      explain_head(self, &table);
      for (uint32_t i = 0; i < entry->balance.factors_count; i++) {
        explain_factor(self, &table, &entry->balance.factors[i]);
      }
    } else {
      pi_page_to(&self->page, INDENT);
      pi_page_wrap(&self->page, INDENT, PI_STYLE_FAINT, pi_say_plain(&self->wording, PI_PHRASE_NO_FACTORS));
    }
    explain_sums(self, &table, entry);
  }
  explain_error(self, entry);
  explain_conditions(self, entry);
  explain_notes(self, &entry->balance);
  if (entry->unassessed != 0) {
    pi_slice said =
        PI_SAY(&self->wording, PI_PHRASE_UNASSESSED, {"facts", pi_explain_paths(self, entry->unassessed)});
    pi_page_to(&self->page, INDENT);
    pi_page_wrap(&self->page, INDENT + 2, PI_STYLE_OPEN, said);
  }
}
