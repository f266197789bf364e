/* What tuning found, as JSON and CSV. */
#include <stdlib.h>

#include "csv_write.h"
#include "diff_count.h"
#include "outline.h"
#include "tune_report.h"

/* ---- JSON ---- */

static void write_place(pi_outline *out, const pi_literal *literal) {
  pi_outline_string(out, "script", literal->script->file);
  pi_outline_count(out, "line", literal->token->line);
  pi_outline_count(out, "column", literal->token->column);
}

static void write_entries(pi_outline *out, const pi_number *number) {
  pi_outline_open(out, "entries", '[');
  for (uint32_t i = 0; i < number->entries_count; i++) {
    const pi_number_entry *entry = &number->entries[i];
    pi_outline_open(out, NULL, '{');
    pi_outline_string(out, entry->market ? "market" : "rule", entry->owner);
    pi_outline_given(out, "factor", entry->factor);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
}

/* A share in thousandths; null of nothing. */
static void write_share(pi_outline *out, const char *key, uint64_t part, uint64_t whole) {
  if (whole == 0)
    pi_outline_raw(out, key, "null");
  else
    pi_outline_decimal(out, key, pi_sheet_share(part, whole), 3);
}

static void write_people(const pi_tune *self, const pi_curve_point *point, pi_outline *out) {
  pi_tune_people people = pi_tune_people_at(self, point);
  if (self->options->decisions == NULL) return;
  pi_outline_count(out, "agreed", people.agreed);
  write_share(out, "agreement", people.agreed, self->decided);
  write_share(out, "precision", people.both, people.recommended);
  write_share(out, "recall", people.both, self->given);
}

static void write_point(const pi_tune *self, const pi_curve_point *point, pi_outline *out) {
  pi_outline_decimal(out, "value", point->at, 3);
  pi_outline_count(out, "turn", point->turns);
  pi_outline_count(out, "changed", point->changed);
  for (int d = 0; d < PI_DIRECTIONS; d++)
    pi_outline_count(out, pi_direction_name((pi_direction)d), point->by[d]);
  write_people(self, point, out);
}

/* From the least value on, every value at which an outcome turns. */
static void write_turning(const pi_tune *self, const pi_curve *curve, pi_outline *out) {
  int32_t at = curve->least;
  bool more = true;
  pi_outline_open(out, "turning", '[');
  for (; more; more = pi_curve_next(curve, at, &at)) {
    pi_curve_point point = pi_curve_at(curve, at);
    pi_outline_open(out, NULL, '{');
    write_point(self, &point, out);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
}

static void write_case(const pi_tune *self, const pi_kept_case *place, pi_outline *out) {
  pi_outline_text(out, "id", place->id);
  pi_outline_bytes(out, "file", pi_slice_of(pi_tune_file(self, place->file)));
  pi_outline_count(out, "line", place->line);
}

static void write_at(const pi_tune *self, uint32_t index, pi_outline *out) {
  if (!pi_tune_has_at(self, index)) return;
  pi_curve_point point = pi_curve_at(&self->curves[index], self->options->at);
  pi_outline_open(out, "at", '{');
  write_point(self, &point, out);
  pi_outline_open(out, "cases", '[');
  for (size_t i = 0; i < pi_tune_changes(self); i++) {
    pi_tune_change change = pi_tune_change_at(self, i);
    if (change.number != index) continue;
    pi_outline_open(out, NULL, '{');
    write_case(self, &change.place, out);
    pi_outline_text(out, "from", pubint_outcome_name((pubint_outcome)change.was));
    pi_outline_text(out, "to", pubint_outcome_name((pubint_outcome)change.becomes));
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
  pi_outline_close(out, '}');
}

static void write_number(const pi_tune *self, uint32_t index, pi_outline *out) {
  const pi_number *number = &self->numbers.items[index];
  pi_outline_open(out, NULL, '{');
  write_place(out, number->literal);
  pi_outline_text(out, "kind", number->bar ? "bar" : "weight");
  write_entries(out, number);
  pi_outline_decimal(out, "now", number->milli, 3);
  pi_outline_decimal(out, "least", number->least, 3);
  pi_outline_decimal(out, "most", number->most, 3);
  pi_outline_count(out, "outcomes", self->curves[index].cases);
  write_turning(self, &self->curves[index], out);
  write_at(self, index, out);
  pi_outline_close(out, '}');
}

static void write_refused(const pi_tune *self, pi_outline *out) {
  pi_outline_open(out, "not_tunable", '[');
  for (uint32_t i = 0; i < self->numbers.refused_count; i++) {
    const pi_number_refused *refused = &self->numbers.refused[i];
    pi_outline_open(out, NULL, '{');
    write_place(out, refused->literal);
    pi_outline_string(out, "text", refused->literal->token->text);
    pi_outline_text(out, "why", pi_number_reason_text(refused->reason));
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
}

static void write_decisions(const pi_tune *self, pi_outline *out) {
  const pi_suggestion *what = &self->suggestion;
  const pi_curve_point now = {0};
  if (self->options->decisions == NULL) return;
  pi_outline_open(out, "decisions", '{');
  pi_outline_count(out, "decided", self->decided);
  pi_outline_count(out, "without_case", self->decisions.cases.count - self->decided);
  write_people(self, &now, out);
  pi_outline_close(out, '}');
  pi_outline_open(out, "suggestion", '{');
  pi_outline_open(out, "changes", '[');
  for (uint32_t i = 0; i < what->count; i++) {
    pi_outline_open(out, NULL, '{');
    write_place(out, self->numbers.items[what->changes[i].number].literal);
    pi_outline_decimal(out, "from", what->changes[i].from, 3);
    pi_outline_decimal(out, "to", what->changes[i].to, 3);
    pi_outline_count(out, "agreed", what->changes[i].agreed);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
  pi_outline_count(out, "granted", what->granted);
  pi_outline_count(out, "withdrawn", what->withdrawn);
  pi_outline_open(out, "newly_granted", '[');
  for (uint32_t i = 0; i < what->listed_count; i++) {
    pi_outline_open(out, NULL, '{');
    write_case(self, &what->listed[i], out);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
  pi_outline_close(out, '}');
}

void pi_tune_write(const pi_tune *tune, pi_buffer *buffer) {
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  uint32_t selected, count;
  uint32_t *order = pi_tune_order(tune, &selected, &count);
  if (order == NULL) buffer->failed = true;
  pi_outline_string(out, "policy", tune->policy->id);
  pi_outline_count(out, "cases", tune->evaluated);
  pi_outline_count(out, "refused", tune->refused);
  pi_outline_count(out, "weighed", tune->weighed);
  pi_outline_count(out, "outcomes", tune->depend);
  pi_outline_count(out, "not_counted", tune->untold);
  pi_outline_open(out, "numbers", '[');
  for (uint32_t i = 0; order != NULL && i < selected; i++) write_number(tune, order[i], out);
  pi_outline_close(out, ']');
  write_refused(tune, out);
  write_decisions(tune, out);
  pi_outline_end(out);
  free(order);
}

/* ---- CSV ---- */

static void put_decimal(pi_buffer *out, int64_t value) {
  char digits[PI_DECIMAL_BYTES];
  pi_buffer_byte(out, ',');
  pi_buffer_append(out, digits, pi_decimal_write(digits, value, 3));
}

static void put_share(pi_buffer *out, uint64_t part, uint64_t whole) {
  if (whole == 0)
    pi_buffer_byte(out, ',');
  else
    put_decimal(out, pi_sheet_share(part, whole));
}

/* What every row begins with. */
static void put_number(pi_buffer *out, const pi_number *number, int32_t value) {
  char text[PI_TUNE_TEXT_BYTES];
  pi_csv_write_text(out, pi_tune_place(text, number->literal));
  pi_buffer_printf(out, ",%s,", number->bar ? "bar" : "weight");
  pi_csv_write_text(out, pi_tune_what(text, number));
  put_decimal(out, number->milli);
  put_decimal(out, value);
}

static void put_turns(const pi_tune *self, uint32_t index, pi_buffer *out) {
  const pi_curve *curve = &self->curves[index];
  int32_t at = curve->least;
  bool more = true;
  for (; more && !out->failed; more = pi_curve_next(curve, at, &at)) {
    pi_curve_point point = pi_curve_at(curve, at);
    pi_tune_people people = pi_tune_people_at(self, &point);
    put_number(out, &self->numbers.items[index], at);
    pi_buffer_printf(out, ",%llu,%llu", (unsigned long long)point.turns, (unsigned long long)point.changed);
    for (int d = 0; d < PI_DIRECTIONS; d++) pi_buffer_printf(out, ",%llu", (unsigned long long)point.by[d]);
    if (self->options->decisions != NULL) {
      pi_buffer_printf(out, ",%llu", (unsigned long long)people.agreed);
      put_share(out, people.agreed, self->decided);
      put_share(out, people.both, people.recommended);
      put_share(out, people.both, self->given);
    }
    pi_buffer_text(out, "\r\n");
  }
}

static void put_changes(const pi_tune *self, uint32_t index, pi_buffer *out) {
  for (size_t i = 0; i < pi_tune_changes(self) && !out->failed; i++) {
    pi_tune_change change = pi_tune_change_at(self, i);
    if (change.number != index) continue;
    put_number(out, &self->numbers.items[index], self->options->at);
    pi_buffer_byte(out, ',');
    pi_csv_write_text(out, pi_slice_of(change.place.id));
    pi_buffer_byte(out, ',');
    pi_csv_write_text(out, pi_slice_of(pi_tune_file(self, change.place.file)));
    pi_buffer_printf(out, ",%llu,%s,%s\r\n", (unsigned long long)change.place.line,
                     pubint_outcome_name((pubint_outcome)change.was),
                     pubint_outcome_name((pubint_outcome)change.becomes));
  }
}

void pi_tune_csv(const pi_tune *tune, pi_buffer *out) {
  uint32_t selected, count;
  uint32_t *order = pi_tune_order(tune, &selected, &count);
  if (order == NULL) out->failed = true;
  pi_buffer_text(out, "place,kind,number,now,value");
  if (tune->options->has_at) {
    pi_buffer_text(out, ",id,file,line,from,to\r\n");
  } else {
    pi_buffer_text(out, ",turn,changed,granted,withdrawn,to_review,to_removal");
    pi_buffer_text(out, tune->options->decisions != NULL ? ",agreed,agreement,precision,recall\r\n" : "\r\n");
  }
  for (uint32_t i = 0; order != NULL && i < selected; i++) {
    if (tune->options->has_at)
      put_changes(tune, order[i], out);
    else
      put_turns(tune, order[i], out);
  }
  free(order);
}
