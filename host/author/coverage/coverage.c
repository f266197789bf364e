#include "coverage.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ARENA_BLOCK = 256 * 1024, ARENA_MAX = 256 * 1024 * 1024, NO_KIND = 31 };

/* ---- taking in ---- */

static void see_line(void *context, const pi_script *script, uint32_t line) {
  pi_coverage *self = context;
  pi_script_seen *seen = &self->scripts[script->index];
  if (line <= seen->lines_count) seen->hits[line]++;
}

static uint32_t count_lines(pi_slice source) {
  uint32_t lines = 1;
  for (size_t i = 0; i < source.len; i++) lines += source.ptr[i] == '\n';
  return lines;
}

static pubint_status begin_script(pi_coverage *self, const pi_script *script, pubint_error *error) {
  pi_script_seen *seen = &self->scripts[script->index];
  seen->lines_count = count_lines(script->source);
  size_t bytes = ((size_t)seen->lines_count + 1) * sizeof *seen->hits;
  seen->hits = pi_arena_alloc(&self->arena, bytes);
  if (seen->hits == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  memset(seen->hits, 0, bytes);
  return pi_code_lines_find(script, &seen->code) ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

pubint_status pi_coverage_begin(pi_coverage *self, const pubint_policy *policy, pubint_error *error) {
  *self = (pi_coverage){.policy = policy};
  self->watch = (pi_line_watch){see_line, self};
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = pi_places_find(&self->places, policy, &self->arena, error);
  if (status != PUBINT_OK) return status;
  self->scripts = pi_arena_alloc(&self->arena, (policy->scripts_count + 1) * sizeof *self->scripts);
  self->seen = pi_arena_alloc(&self->arena, ((size_t)self->places.count + 1) * sizeof *self->seen);
  if (self->scripts == NULL || self->seen == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  memset(self->scripts, 0, policy->scripts_count * sizeof *self->scripts);
  for (uint32_t i = 0; i < self->places.count; i++) self->seen[i] = (pi_seen){&self->places.rows[i], 0, 0};
  for (uint32_t i = 0; i < policy->scripts_count && status == PUBINT_OK; i++) {
    status = begin_script(self, &policy->scripts[i], error);
  }
  return status;
}

void pi_coverage_end(pi_coverage *self) {
  pi_arena_dispose(&self->arena);
}

static void see_place(pi_coverage *self, const pi_script *script, bool condition, pi_slice id, bool on) {
  const pi_place_row *place = pi_places_of(&self->places, script, condition, id);
  if (place == NULL) return;
  pi_seen *seen = &self->seen[place - self->places.rows];
  *(on ? &seen->on : &seen->off) = true;
}

static void see_entry(pi_coverage *self, const pi_script *market, const pi_entry *entry) {
  if (entry->script == NULL) return;
  pi_script_seen *rule = &self->scripts[entry->script->index];
  rule->verdicts = (uint8_t)(rule->verdicts | 1u << entry->verdict);
  pi_script_seen *by = market != NULL && entry->weighed ? &self->scripts[market->index] : rule;
  if (entry->weighed) rule->ended = true;
  *(entry->error.failure != PI_FAILURE_NONE ? &by->failed : &by->ended) = true;
  int kind = entry->violation->kind.ptr == NULL ? NO_KIND : entry->violation->kind_word;
  if (kind >= 0) rule->kinds |= (uint32_t)1 << kind;
  if (market != NULL && entry->market.clamped) {
    self->scripts[market->index].clamp |= entry->market.counted > 0 ? PI_CLAMP_UP : PI_CLAMP_DOWN;
  }
  for (uint32_t i = 0; i < entry->balance.factors_count; i++) {
    const pi_factor *factor = &entry->balance.factors[i];
    see_place(self, factor->from == PI_FROM_MARKET ? market : entry->script, false, factor->id,
              factor->points != 0);
  }
  for (uint32_t i = 0; i < entry->balance.conditions_count; i++) {
    const pi_condition *condition = &entry->balance.conditions[i];
    if (condition->from == PI_FROM_HOST) continue;
    see_place(self, condition->from == PI_FROM_MARKET ? market : entry->script, true, condition->id,
              condition->met);
  }
}

void pi_coverage_add(pi_coverage *self, const pubint_evaluation *evaluation) {
  self->evaluations++;
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    see_entry(self, evaluation->market, &evaluation->entries[i]);
  }
}

void pi_coverage_merge(pi_coverage *self, const pi_coverage *other) {
  self->evaluations += other->evaluations;
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    pi_script_seen *seen = &self->scripts[i];
    const pi_script_seen *more = &other->scripts[i];
    for (uint32_t line = 1; line <= seen->lines_count; line++) seen->hits[line] += more->hits[line];
    seen->verdicts |= more->verdicts;
    seen->kinds |= more->kinds;
    seen->clamp |= more->clamp;
    seen->ended |= more->ended;
  }
  for (uint32_t i = 0; i < self->places.count; i++) {
    self->seen[i].on |= other->seen[i].on;
    self->seen[i].off |= other->seen[i].off;
  }
}

void pi_coverage_forget(pi_coverage *self) {
  self->evaluations = 0;
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    pi_script_seen *seen = &self->scripts[i];
    memset(seen->hits, 0, ((size_t)seen->lines_count + 1) * sizeof *seen->hits);
    seen->verdicts = seen->clamp = 0;
    seen->kinds = 0;
    seen->ended = seen->failed = false;
  }
  for (uint32_t i = 0; i < self->places.count; i++) self->seen[i].on = self->seen[i].off = false;
}

/* ---- lines ---- */

static void count_script(const pi_script_seen *seen, pi_line_count *count) {
  for (uint32_t line = 1; line <= seen->lines_count; line++) {
    if (!pi_line_set_has(&seen->code.active, line)) continue;
    count->active++;
    count->reached += seen->hits[line] > 0;
  }
}

pi_line_count pi_coverage_lines(const pi_coverage *self, const pi_script *script) {
  pi_line_count count = {0, 0};
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    if (script == NULL || script->index == i) count_script(&self->scripts[i], &count);
  }
  return count;
}

void pi_coverage_lcov(const pi_coverage *self, pi_slice directory, pi_buffer *out) {
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    const pi_script *script = &self->policy->scripts[i];
    const pi_script_seen *seen = &self->scripts[i];
    pi_line_count count = pi_coverage_lines(self, script);
    pi_buffer_printf(out, PI_COVERAGE_LCOV "SF:%.*s/%s\n", (int)directory.len, directory.ptr,
                     script->file.ptr);
    for (uint32_t line = 1; line <= seen->lines_count; line++) {
      if (!pi_line_set_has(&seen->code.active, line)) continue;
      pi_buffer_printf(out, "DA:%u,%llu\n", line, (unsigned long long)seen->hits[line]);
    }
    pi_buffer_printf(out, "LF:%llu\nLH:%llu\nend_of_record\n", (unsigned long long)count.active,
                     (unsigned long long)count.reached);
  }
}

/* ---- what was never seen ---- */

typedef struct teller {
  const pi_coverage *coverage;
  bool all;
  void (*tell)(void *context, const pi_unseen *unseen);
  void *context;
} teller;

__attribute__((format(printf, 6, 7))) static void tell(const teller *self, const pi_script *script,
                                                       uint32_t line, pi_slice token, pi_code code,
                                                       const char *format, ...) {
  pi_unseen unseen = {.script = script, .line = line, .token = token, .code = code};
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(unseen.message, sizeof unseen.message, format, arguments);
  va_end(arguments);
  self->tell(self->context, &unseen);
}

static void tell_place(const teller *self, const pi_seen *seen) {
  const pi_place_row *place = seen->place;
  int shown = place->id.len > 48 ? 48 : (int)place->id.len;
  if (place->kind != PI_PLACE_CONDITION) {
    if (seen->on) return;
    tell(self, place->script, place->line, place->id, PI_E_CHECK_DEAD_FACTOR,
         "factor '%.*s' is never above 0", shown, place->id.ptr);
    return;
  }
  if (!seen->on) {
    tell(self, place->script, place->line, place->id, PI_E_CHECK_DEAD_CONDITION,
         "condition '%.*s' is never met", shown, place->id.ptr);
  }
  if (!seen->off) {
    tell(self, place->script, place->line, place->id, PI_E_CHECK_DEAD_CONDITION,
         "condition '%.*s' is never unmet", shown, place->id.ptr);
  }
}

/* Lines that follow each other, but for those where nothing runs, are told at once. */
static void tell_lines(const teller *self, const pi_script *script) {
  const pi_script_seen *seen = &self->coverage->scripts[script->index];
  for (uint32_t line = 1; line <= seen->lines_count; line++) {
    if (!pi_line_set_has(&seen->code.active, line) || seen->hits[line] > 0) continue;
    uint32_t first = line, last = line;
    for (; line <= seen->lines_count; line++) {
      if (!pi_line_set_has(&seen->code.active, line)) continue;
      if (seen->hits[line] > 0) break;
      last = line;
    }
    if (first == last) {
      tell(self, script, first, (pi_slice){"", 0}, PI_E_CHECK_DEAD_LINE, "line %u is never reached", first);
    } else {
      tell(self, script, first, (pi_slice){"", 0}, PI_E_CHECK_DEAD_LINE, "lines %u to %u are never reached",
           first, last);
    }
  }
}

/* The line of `bar`, of the script's table: where what is said of the whole rule is shown. */
static uint32_t bar_line(const pi_coverage *self, const pi_script *script) {
  const pi_tokens *tokens = &self->places.tokens[script->index];
  for (uint32_t t = 0; t + 1 < tokens->count; t++) {
    if (pi_token_is(&tokens->items[t], "bar") && pi_token_is(&tokens->items[t + 1], "=")) {
      return tokens->items[t].line;
    }
  }
  return 1;
}

static void tell_rule(const teller *self, const pi_script *script) {
  static const pubint_outcome VERDICTS[] = {PUBINT_NOTICE, PUBINT_REMOVE};
  const pi_script_seen *seen = &self->coverage->scripts[script->index];
  uint32_t line = bar_line(self->coverage, script);
  for (size_t i = 0; i < sizeof VERDICTS / sizeof *VERDICTS; i++) {
    if ((seen->verdicts >> VERDICTS[i] & 1) != 0) continue;
    tell(self, script, line, PI_SLICE("bar"), PI_E_CHECK_DEAD_VERDICT, "the verdict %s is never reached",
         pubint_outcome_name(VERDICTS[i]));
  }
  pi_rule rule = pi_rule_find(script->name);
  if (!self->all || rule >= PI_RULE_COUNT) return;
  for (uint8_t kind = 0; kind < PI_RULES[rule].kinds.count; kind++) {
    if ((seen->kinds >> kind & 1) != 0) continue;
    tell(self, script, line, PI_SLICE("bar"), PI_E_CHECK_UNSEEN, "kind %s is never seen",
         PI_RULES[rule].kinds.words[kind].ptr);
  }
}

static void tell_market(const teller *self, const pi_script *script) {
  const pi_script_seen *seen = &self->coverage->scripts[script->index];
  if (self->all && seen->clamp == PI_CLAMP_NONE) {
    tell(self, script, 1, (pi_slice){"", 0}, PI_E_CHECK_UNSEEN,
         "the market's clamp of " PI_SPELL(PI_MARKET_SWAY_POINTS) " points is never seen");
  }
}

void pi_coverage_unseen(const pi_coverage *self, bool all,
                        void (*told)(void *context, const pi_unseen *unseen), void *context) {
  teller by = {self, all, told, context};
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    const pi_script *script = &self->policy->scripts[i];
    const pi_script_seen *seen = &self->scripts[i];
    if (!all && seen->failed && !seen->ended)
      continue; /* nothing of it can be reached: that it fails is told */
    tell_lines(&by, script);
    for (uint32_t p = 0; p < self->places.count; p++) {
      if (self->places.rows[p].script == script) tell_place(&by, &self->seen[p]);
    }
    if (script->kind == PI_SCRIPT_RULE) tell_rule(&by, script);
    if (script->kind == PI_SCRIPT_MARKET) tell_market(&by, script);
  }
}

/* ---- for people ---- */

static void print_share(pi_page *page, const char *name, pi_line_count count) {
  char share[96];
  unsigned long long percent = count.active > 0 ? count.reached * 100 / count.active : 100;
  pi_page_to(page, 2);
  pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(name));
  snprintf(share, sizeof share, "%3llu %%  %llu of %llu lines", percent, (unsigned long long)count.reached,
           (unsigned long long)count.active);
  pi_page_to(page, 36);
  pi_page_text(page, count.reached == count.active ? PI_STYLE_GOOD : PI_STYLE_OPEN, pi_slice_of(share));
  pi_page_end(page);
}

static void print_unseen(void *context, const pi_unseen *unseen) {
  pi_page *page = context;
  char place[340];
  snprintf(place, sizeof place, "%s:%u: ", unseen->script->file.ptr, unseen->line);
  pi_page_to(page, 2);
  pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(place));
  pi_page_wrap(page, 4, PI_STYLE_OPEN, pi_slice_of(unseen->message));
}

void pi_coverage_print(const pi_coverage *self, pi_page *page) {
  pi_page_end(page);
  pi_page_text(page, PI_STYLE_HEAD, PI_SLICE("Coverage"));
  pi_page_end(page);
  for (uint32_t i = 0; i < self->policy->scripts_count; i++) {
    const pi_script *script = &self->policy->scripts[i];
    print_share(page, script->file.ptr, pi_coverage_lines(self, script));
  }
  print_share(page, "all scripts", pi_coverage_lines(self, NULL));
  pi_page_end(page);
  pi_page_text(page, PI_STYLE_HEAD, PI_SLICE("Never seen"));
  pi_page_end(page);
  size_t before = page->out->len;
  pi_coverage_unseen(self, true, print_unseen, page);
  if (page->out->len > before) return;
  pi_page_to(page, 2);
  pi_page_text(page, PI_STYLE_GOOD, PI_SLICE("nothing"));
  pi_page_end(page);
}
