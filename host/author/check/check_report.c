#include "check_report.h"

#include <stdio.h>
#include <string.h>

#include "columns.h"
#include "errors.h"
#include "outline.h"

void pi_check_report_error(const pi_finding *finding, pubint_error *out) {
  pi_error_set(out, (pi_code)finding->code);
  pi_error_field(out->message, sizeof out->message, finding->message.ptr, finding->message.len);
  pi_place_fill(out, finding->script, finding->line, finding->token);
  if (finding->column > 0) out->column = finding->column;
}

/* ---- for people ---- */

static void print_finding(const pi_finding *finding, pi_page *page) {
  pubint_error error;
  char text[4096];
  pi_check_report_error(finding, &error);
  pi_error_format(&error, pi_columns, text, sizeof text);
  for (const char *p = text; *p != '\0';) { /* the excerpt and its caret are lines of their own */
    const char *stop = strchr(p, '\n');
    size_t length = stop != NULL ? (size_t)(stop - p) : strlen(p);
    pi_page_text(page, p == text ? PI_STYLE_STRONG : PI_STYLE_PLAIN, (pi_slice){p, length});
    pi_page_end(page);
    p += length + (stop != NULL);
  }
  if (finding->case_json.ptr != NULL) {
    pi_page_to(page, 4);
    pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("smallest case: "));
    pi_page_text(page, PI_STYLE_PLAIN, finding->case_json);
    pi_page_end(page);
  }
}

static void print_waivers(const pi_check *self, pi_page *page) {
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    const pi_script *script = &self->policy->scripts[i];
    if (!pi_check_about(self, script)) continue;
    for (uint32_t w = 0; w < script->waives_count; w++) {
      char text[700];
      snprintf(text, sizeof text, "%s waives %s: %.500s", script->file.ptr,
               PI_FACTS[script->waives[w].fact].path.ptr, script->waives[w].reason.ptr);
      pi_page_wrap(page, 4, PI_STYLE_OPEN, pi_slice_of(text));
    }
    for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
      if ((script->reads & PI_FACT_BIT(fact)) == 0) continue;
      char text[300];
      snprintf(text, sizeof text, "%s declares that it reads %s", script->file.ptr, PI_FACTS[fact].path.ptr);
      pi_page_wrap(page, 4, PI_STYLE_OPEN, pi_slice_of(text));
    }
  }
  for (uint32_t i = 0; i < self->waivers.count; i++) {
    const pi_code_waiver *waiver = &self->waivers.items[i];
    if (waiver->message.ptr == NULL || !pi_check_about(self, waiver->script)) continue;
    char text[300 + PI_FINDING_MESSAGE_BYTES + 500];
    snprintf(text, sizeof text, "%s:%u waives E%u, %s: %.*s", waiver->script->file.ptr, waiver->line,
             waiver->code, waiver->message.ptr, waiver->reason.len > 500 ? 500 : (int)waiver->reason.len,
             waiver->reason.ptr);
    pi_page_wrap(page, 4, PI_STYLE_OPEN, pi_slice_of(text));
  }
}

/* Of what must hold of the whole policy: what was compared, and how often it did not hold. */
static void print_whole(const pi_check *self, pi_page *page) {
  char text[300];
  if (self->line_ups == 0) return;
  snprintf(
      text, sizeof text,
      "all rules on the same facts %llu times, %llu searches from there; exceptions from the order: %llu, "
      "from the ceiling: %llu, from public concern: %llu",
      (unsigned long long)self->line_ups, (unsigned long long)self->searches,
      (unsigned long long)self->exceptions[PI_WHOLE_ORDER],
      (unsigned long long)self->exceptions[PI_WHOLE_CEILING],
      (unsigned long long)self->exceptions[PI_WHOLE_CONCERN]);
  pi_page_wrap(page, 0, PI_STYLE_PLAIN, pi_slice_of(text));
}

static uint32_t count_waived(const pi_check *self) {
  uint32_t waived = 0;
  for (uint32_t i = 0; i < self->findings.count; i++) waived += self->findings.items[i].waived;
  return waived;
}

void pi_check_print(const pi_check *self, pi_page *page) {
  char text[300];
  for (uint32_t i = 0; i < self->findings.count && !self->findings.items[i].waived; i++) {
    if (i > 0 && self->findings.items[i].note && !self->findings.items[i - 1].note) pi_page_end(page);
    print_finding(&self->findings.items[i], page);
  }
  print_waivers(self, page);
  if (self->options->with != NULL) {
    snprintf(text, sizeof text, "%llu case%s of %s, %llu line%s refused",
             (unsigned long long)self->history.cases, self->history.cases == 1 ? "" : "s",
             self->options->with, (unsigned long long)self->history.refused,
             self->history.refused == 1 ? "" : "s");
    pi_page_wrap(page, 0, PI_STYLE_PLAIN, pi_slice_of(text));
  }
  pi_line_count lines = pi_coverage_lines(self->coverage, self->options->only);
  snprintf(text, sizeof text, "%s%s%llu cases tried, %llu of %llu lines reached",
           self->options->only != NULL ? self->options->only->file.ptr : "",
           self->options->only != NULL ? " alone: " : "", (unsigned long long)self->tried,
           (unsigned long long)lines.reached, (unsigned long long)lines.active);
  pi_page_wrap(page, 0, PI_STYLE_PLAIN, pi_slice_of(text));
  print_whole(self, page);
  if (self->fewer > 0) {
    snprintf(text, sizeof text,
             "%llu of them not in all ways, since a script took long: raise --cases for the same certainty",
             (unsigned long long)self->fewer);
    pi_page_wrap(page, 0, PI_STYLE_OPEN, pi_slice_of(text));
  }
  if (!self->tested)
    pi_page_wrap(page, 0, PI_STYLE_OPEN, PI_SLICE("the policy's own tests were not run to their end"));
  uint32_t waived = count_waived(self), notes = self->findings.count - self->findings.faults - waived;
  size_t length = (size_t)snprintf(text, sizeof text, "%u finding%s, %u note%s", self->findings.faults,
                                   self->findings.faults == 1 ? "" : "s", notes, notes == 1 ? "" : "s");
  if (waived > 0) snprintf(text + length, sizeof text - length, ", %u waived", waived);
  pi_page_wrap(page, 0, self->findings.faults > 0 ? PI_STYLE_BAD : PI_STYLE_GOOD, pi_slice_of(text));
}

/* ---- JSON ---- */

static void write_finding(pi_outline *outline, const pi_finding *finding) {
  pubint_error error;
  pi_check_report_error(finding, &error);
  pi_outline_open(outline, NULL, '{');
  pi_outline_code(outline, "code", finding->code);
  if (finding->script != NULL) pi_outline_string(outline, "script", finding->script->file);
  pi_outline_count(outline, "line", finding->line);
  if (error.column > 0) pi_outline_count(outline, "column", error.column);
  pi_outline_string(outline, "message", finding->message);
  pi_outline_text(outline, "mend", pi_error_find(finding->code)->mend);
  if (finding->fact != PI_FACT_COUNT) pi_outline_string(outline, "fact", PI_FACTS[finding->fact].path);
  if (finding->case_json.ptr != NULL) pi_outline_raw(outline, "case", finding->case_json.ptr);
  pi_outline_close(outline, '}');
}

/* What scripts waive, in their table and in their comments. */
static void write_waivers(const pi_check *self, pi_outline *outline) {
  pi_outline_open(outline, "waivers", '[');
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    const pi_script *script = &self->policy->scripts[i];
    if (!pi_check_about(self, script)) continue;
    for (uint32_t w = 0; w < script->waives_count; w++) {
      pi_outline_open(outline, NULL, '{');
      pi_outline_string(outline, "script", script->file);
      pi_outline_string(outline, "fact", PI_FACTS[script->waives[w].fact].path);
      pi_outline_string(outline, "reason", script->waives[w].reason);
      pi_outline_close(outline, '}');
    }
  }
  for (uint32_t i = 0; i < self->waivers.count; i++) {
    const pi_code_waiver *waiver = &self->waivers.items[i];
    if (waiver->message.ptr == NULL || !pi_check_about(self, waiver->script)) continue;
    pi_outline_open(outline, NULL, '{');
    pi_outline_string(outline, "script", waiver->script->file);
    pi_outline_count(outline, "line", waiver->line);
    pi_outline_code(outline, "code", waiver->code);
    if (pi_waivers_of_fact(waiver->code)) pi_outline_string(outline, "fact", waiver->named);
    pi_outline_string(outline, "message", waiver->message);
    pi_outline_string(outline, "reason", waiver->reason);
    pi_outline_close(outline, '}');
  }
  pi_outline_close(outline, ']');
}

static void write_declared(const pi_check *self, pi_outline *outline) {
  pi_outline_open(outline, "declared", '[');
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    const pi_script *script = &self->policy->scripts[i];
    if (!pi_check_about(self, script)) continue;
    for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
      if ((script->reads & PI_FACT_BIT(fact)) == 0) continue;
      pi_outline_open(outline, NULL, '{');
      pi_outline_string(outline, "script", script->file);
      pi_outline_string(outline, "fact", PI_FACTS[fact].path);
      pi_outline_close(outline, '}');
    }
  }
  pi_outline_close(outline, ']');
}

static void write_tests(const pi_check *self, pi_outline *outline) {
  pi_outline_open(outline, "tests", '{');
  pi_outline_bool(outline, "run", self->tested);
  pi_outline_count(outline, "passed", self->tests.passed);
  pi_outline_count(outline, "failed", self->tests.failed);
  pi_outline_close(outline, '}');
}

void pi_check_write(const pi_check *self, pi_buffer *out) {
  pi_outline outline = pi_outline_begin(out);
  pi_outline_string(&outline, "policy", self->policy->id);
  if (self->options->only != NULL) pi_outline_string(&outline, "only", self->options->only->file);
  pi_outline_count(&outline, "cases", self->tried);
  if (self->fewer > 0) pi_outline_count(&outline, "cases_not_in_all_ways", self->fewer);
  pi_outline_count(&outline, "seed", self->options->seed);
  pi_outline_open(&outline, "whole", '{');
  pi_outline_count(&outline, "line_ups", self->line_ups);
  pi_outline_count(&outline, "searches", self->searches);
  pi_outline_open(&outline, "exceptions", '{');
  pi_outline_count(&outline, "order", self->exceptions[PI_WHOLE_ORDER]);
  pi_outline_count(&outline, "ceiling", self->exceptions[PI_WHOLE_CEILING]);
  pi_outline_count(&outline, "concern", self->exceptions[PI_WHOLE_CONCERN]);
  pi_outline_close(&outline, '}');
  pi_outline_close(&outline, '}');
  if (self->options->with != NULL) {
    pi_outline_open(&outline, "history", '{');
    pi_outline_count(&outline, "cases", self->history.cases);
    pi_outline_count(&outline, "refused", self->history.refused);
    pi_outline_close(&outline, '}');
  }
  write_tests(self, &outline);
  for (int notes = 0; notes < 2; notes++) {
    pi_outline_open(&outline, notes == 0 ? "findings" : "notes", '[');
    for (uint32_t i = 0; i < self->findings.count; i++) {
      const pi_finding *finding = &self->findings.items[i];
      if (finding->waived || finding->note != (notes == 1)) continue;
      write_finding(&outline, finding);
    }
    pi_outline_close(&outline, ']');
  }
  write_waivers(self, &outline);
  write_declared(self, &outline);
  pi_outline_end(&outline);
}
