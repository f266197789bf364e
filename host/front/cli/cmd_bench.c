/* pubint bench: how fast a policy is, as a whole and script by script. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "commands.h"
#include "decimal.h"
#include "errors.h"
#include "figures.h"
#include "option_values.h"
#include "outline.h"
#include "script_limits.h"

typedef struct bench_options {
  uint64_t cases;
} bench_options;

static const pi_option OPTIONS[] = {
    {'n', "count", PI_OPTION_COUNT, "N", NULL, offsetof(bench_options, cases),
     "generate this many cases if no FILE is given (" PI_SPELL(PI_BENCH_CASES) ")"},
};

/* All that was measured. */
typedef struct figures {
  const pubint_policy *policy;
  const char *file; /* NULL: generated cases */
  pi_bench_input input;
  pi_bench_times times;
  pi_bench_script empty;
  pi_bench_script *scripts; /* of rules and markets */
  uint32_t scripts_count;
} figures;

/* ---- as text ---- */

enum { TEXT_BYTES = 64, COLUMNS_MAX = 7 };
static const unsigned COLUMN_ENDS[COLUMNS_MAX] = {39, 48, 57, 66, 79, 89, 99};

/* Nanoseconds as microseconds with one decimal. */
static pi_slice micros(char out[TEXT_BYTES], uint64_t nanos) {
  int length = snprintf(out, TEXT_BYTES, "%llu.%llu", (unsigned long long)((nanos + 50) / 1000),
                        (unsigned long long)((nanos + 50) / 100 % 10));
  return (pi_slice){out, (size_t)length};
}

static uint64_t per_second(uint64_t count, uint64_t nanos) {
  if (nanos == 0) return 0;
  return (uint64_t)((double)count * 1e9 / (double)nanos + 0.5);
}

/* A row: its name, then numbers set right in their columns; an empty one leaves its column free. */
static void put_row(pi_page *page, pi_style style, const char *name, const pi_slice *cells, size_t count) {
  pi_page_to(page, 2);
  pi_page_text(page, style, pi_slice_of(name));
  for (size_t i = 0; i < count; i++) {
    if (cells[i].len > 0) pi_page_right(page, COLUMN_ENDS[i], style, cells[i]);
  }
  pi_page_end(page);
}

static void put_line(pi_page *page, pi_style style, const char *text) {
  pi_page_wrap(page, 0, style, pi_slice_of(text));
}

static void put_stage(pi_page *page, const figures *self, const char *name, uint64_t nanos) {
  char rate[TEXT_BYTES], bytes[TEXT_BYTES], each[TEXT_BYTES];
  uint64_t cases = self->input.cases;
  pi_slice cells[] = {pi_figure_count(rate, per_second(cases, nanos)),
                      {"", 0},
                      pi_figure_count(bytes, per_second(self->input.lines.len, nanos) / 1000000),
                      micros(each, nanos / cases)};
  put_row(page, PI_STYLE_PLAIN, name, cells, sizeof cells / sizeof *cells);
}

static void put_cases(pi_page *page, const figures *self) {
  static const pi_slice HEADS[] = {PI_SLICE_INIT("cases/s"), PI_SLICE_INIT(""), PI_SLICE_INIT("MB/s"),
                                   PI_SLICE_INIT("µs each")};
  const pi_bench_times *times = &self->times;
  char p50[TEXT_BYTES], p99[TEXT_BYTES], most[TEXT_BYTES], text[4 * TEXT_BYTES];
  put_line(page, PI_STYLE_HEAD, "Whole cases, by processor time of one thread");
  put_row(page, PI_STYLE_FAINT, "", HEADS, sizeof HEADS / sizeof *HEADS);
  put_stage(page, self, "read, evaluate, write", times->read + times->evaluate + times->write);
  put_stage(page, self, "read alone", times->read);
  put_stage(page, self, "evaluate alone", times->evaluate);
  put_stage(page, self, "write alone", times->write);
  pi_slice a = micros(p50, times->case_p50), b = micros(p99, times->case_p99),
           c = micros(most, times->case_max);
  snprintf(text, sizeof text, "  a case takes %.*s µs (p50), %.*s µs (p99), at most %.*s µs", (int)a.len,
           a.ptr, (int)b.len, b.ptr, (int)c.len, c.ptr);
  put_line(page, PI_STYLE_PLAIN, text);
}

static void put_script(pi_page *page, const char *name, const pi_bench_script *script) {
  char failed[TEXT_BYTES], mean[TEXT_BYTES], shared[TEXT_BYTES], p99[TEXT_BYTES], half[TEXT_BYTES],
      most[TEXT_BYTES], memory[TEXT_BYTES];
  pi_slice cells[] = {pi_figure_count(failed, script->failed),
                      micros(mean, script->mean),
                      micros(shared, script->shared_mean),
                      micros(p99, script->p99),
                      pi_figure_count(half, script->instructions_p50),
                      pi_figure_count(most, script->instructions_max),
                      pi_figure_count(memory, (script->memory_max + 1023) / 1024)};
  if (script->failed == 0) cells[0] = PI_SLICE("-");
  put_row(page, script->failed > 0 ? PI_STYLE_BAD : PI_STYLE_PLAIN, name, cells, COLUMNS_MAX);
}

/* What isolation adds to a call of that script. */
static uint64_t isolation_of(const pi_bench_script *script) {
  return script->mean > script->shared_mean ? script->mean - script->shared_mean : 0;
}

static void put_isolation(pi_page *page, const figures *self) {
  char mean[TEXT_BYTES], low[TEXT_BYTES], high[TEXT_BYTES], text[8 * TEXT_BYTES];
  uint64_t sum = 0, least = UINT64_MAX, most = 0;
  if (self->scripts_count == 0) return;
  for (uint32_t i = 0; i < self->scripts_count; i++) {
    uint64_t cost = isolation_of(&self->scripts[i]);
    sum += cost;
    if (cost < least) least = cost;
    if (cost > most) most = cost;
  }
  pi_slice a = micros(mean, sum / self->scripts_count), b = micros(low, least), c = micros(high, most);
  snprintf(
      text, sizeof text,
      "Isolation costs %.*s µs a call (%.*s to %.*s): a fresh environment, and the script and its modules "
      "run anew for every call. Shared is the mean of the same calls without it.",
      (int)a.len, a.ptr, (int)b.len, b.ptr, (int)c.len, c.ptr);
  put_line(page, PI_STYLE_PLAIN, text);
}

static void put_scripts(pi_page *page, const figures *self) {
  static const pi_slice HEADS[COLUMNS_MAX] = {PI_SLICE_INIT("failed"),       PI_SLICE_INIT("mean µs"),
                                              PI_SLICE_INIT("shared"),       PI_SLICE_INIT("p99 µs"),
                                              PI_SLICE_INIT("instructions"), PI_SLICE_INIT("most"),
                                              PI_SLICE_INIT("peak KiB")};
  char calls[TEXT_BYTES], instructions[TEXT_BYTES], memory[TEXT_BYTES], text[8 * TEXT_BYTES];
  pi_slice each = pi_figure_count(calls, self->empty.calls);
  snprintf(text, sizeof text, "Script calls on %.*s generated cases each, by wall time", (int)each.len,
           each.ptr);
  put_line(page, PI_STYLE_HEAD, text);
  put_row(page, PI_STYLE_FAINT, "", HEADS, COLUMNS_MAX);
  for (uint32_t i = 0; i < self->scripts_count; i++) {
    put_script(page, self->scripts[i].script->file.ptr, &self->scripts[i]);
  }
  put_script(page, "a script that does nothing", &self->empty);
  put_isolation(page, self);
  pi_slice most = pi_figure_count(instructions, PI_LIMIT_INSTRUCTIONS),
           peak = pi_figure_count(memory, PI_LIMIT_MEMORY / 1024);
  snprintf(text, sizeof text, "A call may take %.*s instructions and %.*s KiB.", (int)most.len, most.ptr,
           (int)peak.len, peak.ptr);
  put_line(page, PI_STYLE_FAINT, text);
}

static void print_text(const pi_call *call, const figures *self) {
  char count[TEXT_BYTES], mean[TEXT_BYTES], text[8 * TEXT_BYTES];
  pi_page page;
  pi_command_page(call, &page);
  pi_page_wrap(&page, 0, PI_STYLE_STRONG, self->policy->id);
  if (self->input.cases > 0) {
    pi_slice cases = pi_figure_count(count, self->input.cases);
    pi_slice bytes = pi_figure_count(mean, self->input.lines.len / self->input.cases);
    snprintf(text, sizeof text, "%.*s cases of %.*s bytes on average, %s%s", (int)cases.len, cases.ptr,
             (int)bytes.len, bytes.ptr, self->file != NULL ? "of " : "generated",
             self->file != NULL ? self->file : "");
    put_line(&page, PI_STYLE_PLAIN, text);
    if (self->input.cut) put_line(&page, PI_STYLE_OPEN, "the file has more: its first cases were taken");
  }
  if (self->input.refused > 0) {
    pi_slice lines = pi_figure_count(count, self->input.refused);
    snprintf(text, sizeof text, "%.*s lines are no cases and were left out", (int)lines.len, lines.ptr);
    put_line(&page, PI_STYLE_OPEN, text);
  }
  pi_page_end(&page);
  if (self->input.cases > 0) {
    put_cases(&page, self);
    pi_page_end(&page);
  }
  put_scripts(&page, self);
  pi_page_dispose(&page);
}

/* ---- as JSON ---- */

static void put_script_json(pi_outline *out, const char *key, const pi_bench_script *script) {
  pi_outline_open(out, key, '{');
  if (script->script != NULL) pi_outline_string(out, "script", script->script->file);
  pi_outline_count(out, "calls", script->calls);
  pi_outline_count(out, "failed", script->failed);
  pi_outline_count(out, "p50_ns", script->p50);
  pi_outline_count(out, "p99_ns", script->p99);
  pi_outline_count(out, "mean_ns", script->mean);
  pi_outline_count(out, "shared_mean_ns", script->shared_mean);
  pi_outline_count(out, "instructions_p50", script->instructions_p50);
  pi_outline_count(out, "instructions_max", script->instructions_max);
  pi_outline_count(out, "memory_max_bytes", script->memory_max);
  pi_outline_close(out, '}');
}

static void print_json(const pi_call *call, const figures *self) {
  pi_outline out = pi_outline_begin(call->out);
  const pi_bench_times *times = &self->times;
  pi_outline_string(&out, "policy", self->policy->id);
  pi_outline_count(&out, "cases", self->input.cases);
  pi_outline_count(&out, "refused", self->input.refused);
  pi_outline_count(&out, "bytes", self->input.lines.len);
  pi_outline_count(&out, "cases_per_second",
                   per_second(self->input.cases, times->read + times->evaluate + times->write));
  pi_outline_count(&out, "evaluations_per_second", per_second(self->input.cases, times->evaluate));
  pi_outline_count(&out, "read_ns", times->read);
  pi_outline_count(&out, "evaluate_ns", times->evaluate);
  pi_outline_count(&out, "write_ns", times->write);
  pi_outline_count(&out, "case_p50_ns", times->case_p50);
  pi_outline_count(&out, "case_p99_ns", times->case_p99);
  pi_outline_count(&out, "case_max_ns", times->case_max);
  pi_outline_open(&out, "scripts", '[');
  for (uint32_t i = 0; i < self->scripts_count; i++) put_script_json(&out, NULL, &self->scripts[i]);
  pi_outline_close(&out, ']');
  put_script_json(&out, "empty_script", &self->empty);
  pi_outline_end(&out);
}

/* ---- measuring ---- */

static pubint_status measure_scripts(figures *self, pubint_error *error) {
  const pubint_policy *policy = self->policy;
  self->scripts = calloc((size_t)policy->scripts_count + 1, sizeof *self->scripts);
  if (self->scripts == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    if (policy->scripts[i].kind == PI_SCRIPT_LIB) continue;
    pubint_status status = pi_bench_call(policy, i, &self->scripts[self->scripts_count++], error);
    if (status != PUBINT_OK) return status;
  }
  return pi_bench_empty(policy, &self->empty, error);
}

static pubint_status measure(figures *self, uint64_t cases, pubint_error *error) {
  pubint_status status = self->file != NULL ? pi_bench_load(&self->input, self->file, error)
                                            : pi_bench_generate(&self->input, cases, error);
  if (status == PUBINT_OK) status = pi_bench_cases(self->policy, &self->input, &self->times, error);
  if (status == PUBINT_OK) status = measure_scripts(self, error);
  return status;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  bench_options options = {.cases = PI_BENCH_CASES};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (options.cases < 1 || options.cases > PI_BENCH_CASES_MAX)
    return pi_option_refuse_count("count", options.cases, 1, PI_BENCH_CASES_MAX);
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;
  figures self = {.policy = policy, .file = call->arguments.count > 0 ? call->arguments.items[0] : NULL};
  pubint_error error;
  if (measure(&self, options.cases, &error) != PUBINT_OK) {
    status = pi_complain_of_input(&call->common, &error);
  } else if (call->common.json) {
    print_json(call, &self);
  } else {
    print_text(call, &self);
  }
  pi_bench_dispose(&self.input);
  free(self.scripts);
  pubint_policy_free(policy);
  return status;
}

const pi_command pi_command_bench = {
    .name = "bench",
    .form = "[FILE]",
    .summary = "measure how fast a policy is, as a whole and script by script",
    .about =
        "Measures the policy on the cases in FILE. With - it reads standard input; without a FILE it "
        "generates cases. Reports whole cases a second and the time of one case, and for each script the "
        "time, instructions and memory of one call. The figures describe this machine; nothing is judged "
        "by them.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 1,
    .run = run,
};
