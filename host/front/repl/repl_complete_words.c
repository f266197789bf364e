#define _GNU_SOURCE /* memmem */
#include "repl_complete_words.h"

#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "entries.h"
#include "errors.h"
#include "places.h"
#include "repl_complete_files.h"
#include "repl_complete_signals.h"
#include "requirement_page.h"
#include "sweep.h"

/* Of a file's ids no more is looked at than takes a moment. */
enum { IDS_MAX = 200, ID_LINES_MAX = 20000, ID_BYTES_MAX = 16 * 1024 * 1024 };

typedef struct words {
  pi_repl_session *session;
  pi_slice first;
  pi_repl_candidates *out;
} words;

static void put_text(words *self, const char *text) {
  pi_repl_candidates_put(self->out, pi_slice_of(text));
}

static void put_list(words *self, pi_words list) {
  for (uint8_t i = 0; i < list.count; i++) pi_repl_candidates_put(self->out, list.words[i]);
}

static const pi_case *case_of(const words *self) {
  return self->session->hand.open ? &self->session->hand.facts : NULL;
}

/* --- paths --- */

/* violations[1].rule and what else that violation can have. */
static void put_violations(words *self) {
  const pi_case *facts = case_of(self);
  for (uint32_t i = 0; facts != NULL && i < facts->violations_count; i++) {
    pi_rule rule = facts->violations[i].rule;
    bool has[] = {true, rule == PI_RULE_OTHER || PI_RULES[rule].kinds.count > 0,
                  rule != PI_RULE_OTHER && PI_RULES[rule].grounds};
    static const char *const PARTS[] = {"rule", "kind", "grounds"};
    for (size_t part = 0; part < sizeof PARTS / sizeof *PARTS; part++) {
      char path[64];
      snprintf(path, sizeof path, "violations[%u].%s", (unsigned)i + 1, PARTS[part]);
      if (has[part]) put_text(self, path);
    }
  }
}

static bool begins(pi_slice text, pi_slice beginning) {
  return text.len >= beginning.len && memcmp(text.ptr, beginning.ptr, beginning.len) == 0;
}

static void put_signals(words *self) {
  bool whole = begins(self->out->word, PI_SLICE("context.signals"));
  pi_repl_complete_signals(self->session, whole ? "context.signals." : "signals.", self->out);
}

static void put_paths(words *self, bool sweep) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!sweep || pi_sweep_takes((pi_fact)fact)) pi_repl_candidates_put(self->out, PI_FACTS[fact].path);
  }
}

/* What is known of the case and may become unknown. */
static void put_known(words *self) {
  const pi_case *facts = case_of(self);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    bool known = facts == NULL || pi_case_knows(facts, (pi_fact)fact);
    if (known && fact != PI_FACT_ID) pi_repl_candidates_put(self->out, PI_FACTS[fact].path);
  }
  if (facts != NULL && pi_case_knows(facts, PI_FACT_SIGNALS)) put_signals(self);
}

static void put_groups(words *self) {
  for (int group = PI_GROUP_ROOT + 1; group < PI_GROUP_COUNT; group++) {
    pi_repl_candidates_put(self->out, PI_GROUPS[group].path);
  }
  put_text(self, "violations");
}

/* --- rules --- */

static void put_rules(words *self, bool never) {
  const pubint_policy *policy = self->session->policy.loaded;
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    if (never || !PI_RULES[rule].never) pi_repl_candidates_put(self->out, PI_RULES[rule].id);
  }
  for (const pi_script *rule = NULL; (rule = pi_policy_next(policy, PI_SCRIPT_RULE, rule)) != NULL;) {
    if (pi_rule_find(rule->name) == PI_RULE_OTHER) pi_repl_candidates_put(self->out, rule->name);
  }
}

/* Rules whose numbers a script gives; there is none for what is never excepted. */
static void put_weighed(words *self) {
  const pubint_policy *policy = self->session->policy.loaded;
  for (const pi_script *rule = NULL; (rule = pi_policy_next(policy, PI_SCRIPT_RULE, rule)) != NULL;) {
    pi_repl_candidates_put(self->out, rule->name);
  }
}

/* What the case breaks; `weighed`: of that what can be weighed. */
static void put_broken(words *self, bool weighed) {
  const pi_case *facts = case_of(self);
  for (uint32_t i = 0; facts != NULL && i < facts->violations_count; i++) {
    const pi_violation *violation = &facts->violations[i];
    bool never = violation->rule != PI_RULE_OTHER && PI_RULES[violation->rule].never;
    if (!weighed || !never) pi_repl_candidates_put(self->out, violation->rule_id);
  }
}

static void put_kinds(words *self, pi_slice rule) {
  pi_rule row = pi_rule_find(rule);
  if (row != PI_RULE_OTHER) put_list(self, PI_RULES[row].kinds);
}

/* Factors as the case at hand has them of that rule, where it was evaluated; else those that its script
 * writes out. Nothing is run for it. */
static void put_factors(words *self, pi_slice rule) {
  pi_repl_session *session = self->session;
  bool weighed = false;
  const pi_entry *entry = NULL;
  bool evaluated = session->hand.open && session->hand.evaluated;
  while (evaluated && (entry = pi_entries_of_rule(session->hand.evaluation, rule, entry)) != NULL) {
    weighed = weighed || entry->weighed;
    for (uint32_t i = 0; entry->weighed && i < entry->balance.factors_count; i++) {
      pi_repl_candidates_put(self->out, entry->balance.factors[i].id);
    }
  }
  const pi_script *script = pi_policy_script(session->policy.loaded, PI_SCRIPT_RULE, rule);
  if (weighed || script == NULL) return;
  pi_arena arena;
  pi_places places;
  pi_arena_init(&arena, 256 * 1024, (size_t)64 * 1024 * 1024);
  if (pi_places_find(&places, session->policy.loaded, &arena, NULL) == PUBINT_OK) {
    for (uint32_t i = 0; i < places.count; i++) {
      const pi_place_row *row = &places.rows[i];
      bool shared = row->script->kind == PI_SCRIPT_LIB;
      if (row->kind != PI_PLACE_CONDITION && (row->script == script || shared))
        pi_repl_candidates_put(self->out, row->id);
    }
  }
  pi_arena_dispose(&arena);
}

/* --- values --- */

/* What a violation's part can be. */
static void put_part_values(words *self, const pi_violation *violation, pi_slice part) {
  if (pi_slice_equal(part, PI_SLICE("rule"))) put_rules(self, true);
  if (pi_slice_equal(part, PI_SLICE("kind"))) put_kinds(self, violation->rule_id);
  if (pi_slice_equal(part, PI_SLICE("grounds"))) put_list(self, PI_GROUNDS);
}

/* Of violations[N].PART; false where the path is none. */
static bool put_violation_values(words *self, pi_slice path) {
  static const pi_slice BEFORE = PI_SLICE_INIT("violations[");
  const pi_case *facts = case_of(self);
  if (!begins(path, BEFORE)) return false;
  pi_slice rest = {path.ptr + BEFORE.len, path.len - BEFORE.len};
  const char *close = memchr(rest.ptr, ']', rest.len);
  int64_t number;
  if (facts == NULL || close == NULL) return true;
  pi_slice digits = {rest.ptr, (size_t)(close - rest.ptr)};
  if (!pi_decimal_read(digits, 0, facts->violations_count, &number) || number < 1) return true;
  if (digits.len + 2 > rest.len || close[1] != '.') return true;
  put_part_values(self, &facts->violations[number - 1], (pi_slice){close + 2, rest.len - digits.len - 2});
  return true;
}

static void put_flags(words *self) {
  put_text(self, "true");
  put_text(self, "false");
}

/* Words, and nothing of a fact that takes any number or text. */
static void put_fact_values(words *self, const pi_fact_row *row) {
  const pubint_policy *policy = self->session->policy.loaded;
  const pi_script *market = NULL;
  put_list(self, row->words);
  if (row->type == PI_TYPE_BOOL) put_flags(self);
  for (int i = 0; row->type == PI_TYPE_STRENGTH && i < PI_STRENGTH_WORDS_COUNT; i++) {
    pi_repl_candidates_put(self->out, PI_STRENGTH_WORDS[i].word);
  }
  while (row->type == PI_TYPE_MARKET && (market = pi_policy_next(policy, PI_SCRIPT_MARKET, market)) != NULL) {
    pi_repl_candidates_put(self->out, market->name);
  }
}

/* A group has no value: its facts take its place. */
static void put_group(words *self, pi_slice path) {
  pi_slice value = self->out->word;
  for (int group = PI_GROUP_ROOT + 1; value.len == 0 && group < PI_GROUP_COUNT; group++) {
    if (!pi_slice_equal(PI_GROUPS[group].path, path) && !pi_slice_equal(PI_GROUPS[group].key, path)) continue;
    pi_slice name = PI_GROUPS[group].path;
    for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
      pi_slice whole = PI_FACTS[fact].path;
      if (begins(whole, name) && whole.ptr[name.len] == '.') pi_repl_candidates_take(self->out, whole);
    }
    self->out->word = (pi_slice){path.ptr, (size_t)(value.ptr - path.ptr)};
    self->out->replaces = true;
    return;
  }
}

static void put_values(words *self, pi_slice path) {
  pi_slice signal;
  if (pi_repl_signal_name(path, &signal)) {
    put_flags(self);
    return;
  }
  if (put_violation_values(self, path)) return;
  pi_fact fact = pi_repl_fact_quietly(path);
  if (fact != PI_FACT_COUNT)
    put_fact_values(self, &PI_FACTS[fact]);
  else
    put_group(self, path);
}

/* --- cases --- */

static void put_id(words *self, pi_slice line, pi_arena *arena) {
  pi_case facts = {.known = 0};
  bool worth = line.len > 0 && line.len <= PUBINT_CASE_BYTES_MAX;
  pi_slice word = self->out->word;
  if (!worth || (word.len > 0 && memmem(line.ptr, line.len, word.ptr, word.len) == NULL)) return;
  pi_arena_reset(arena);
  pi_decode_case(&facts, line, 1, arena, NULL, NULL);
  if (pi_case_knows(&facts, PI_FACT_ID)) pi_repl_candidates_put(self->out, pi_case_text(&facts, PI_FACT_ID));
}

/* From the file's beginning, as far as a moment goes. */
static void put_ids(words *self) {
  pi_repl_file *file = self->session->hand.file;
  size_t bytes = 0;
  pi_arena arena;
  if (file == NULL) return;
  pi_arena_init(&arena, 64 * 1024, (size_t)16 * PUBINT_CASE_BYTES_MAX);
  for (uint64_t number = 1;; number++) {
    pi_slice line;
    bool found;
    if (number > ID_LINES_MAX || bytes > ID_BYTES_MAX || self->out->count >= IDS_MAX) {
      self->out->partial = true;
      break;
    }
    if (pi_repl_file_line(file, number, &line, &found, NULL) != PUBINT_OK || !found) break;
    bytes += line.len;
    put_id(self, line, &arena);
  }
  pi_arena_dispose(&arena);
}

/* --- topics of help --- */

static void put_topics(words *self) {
  pi_slice word = self->out->word;
  bool digit = word.len > 1 && word.ptr[1] >= '0' && word.ptr[1] <= '9';
  for (size_t i = 0; i < PI_REPL_COMMANDS.count; i++) put_text(self, PI_REPL_COMMANDS.rows[i].name);
  put_paths(self, false);
  for (size_t i = 0; digit && word.ptr[0] == 'E' && i < PI_ERRORS_COUNT; i++) {
    char code[16];
    snprintf(code, sizeof code, "E%04u", PI_ERRORS[i].code);
    put_text(self, code);
  }
  for (size_t i = 0; digit && i < PI_REQUIREMENTS_COUNT; i++) put_text(self, PI_REQUIREMENTS[i].name);
}

void pi_repl_complete_words(pi_repl_session *session, pi_repl_kind kind, pi_slice first,
                            pi_repl_candidates *out) {
  words self = {session, first, out};
  out->anywhere = kind == PI_REPL_PATH || kind == PI_REPL_KNOWN || kind == PI_REPL_SWEPT ||
                  kind == PI_REPL_PART || kind == PI_REPL_TABLED || kind == PI_REPL_TOPIC;
  switch (kind) {
  case PI_REPL_FILE: pi_repl_complete_files(out); return;
  case PI_REPL_SAVED:
    pi_repl_complete_files(out);
    if (pi_slice_equal(first, PI_SLICE("test"))) pi_repl_complete_files_tests(out, session->policy.directory);
    return;
  case PI_REPL_PATH:
    put_paths(&self, false);
    put_violations(&self);
    put_signals(&self);
    return;
  case PI_REPL_KNOWN: put_known(&self); return;
  case PI_REPL_SWEPT: put_paths(&self, true); return;
  case PI_REPL_PART:
    put_paths(&self, false);
    put_groups(&self);
    return;
  case PI_REPL_VALUE: put_values(&self, first); return;
  case PI_REPL_TABLED:
    put_paths(&self, false);
    put_rules(&self, true);
    return;
  case PI_REPL_RULE: put_rules(&self, true); return;
  case PI_REPL_EXCEPTABLE: put_rules(&self, false); return;
  case PI_REPL_WEIGHED_OR_OFF:
    put_text(&self, "off");
    put_weighed(&self);
    return;
  case PI_REPL_WEIGHED: put_weighed(&self); return;
  case PI_REPL_JUDGED: put_broken(&self, true); return;
  case PI_REPL_BROKEN: put_broken(&self, false); return;
  case PI_REPL_RULE_KIND: put_kinds(&self, first); return;
  case PI_REPL_FACTOR: put_factors(&self, first); return;
  case PI_REPL_OFF: put_text(&self, "off"); return;
  case PI_REPL_CASE: put_ids(&self); return;
  case PI_REPL_SWITCH:
    put_text(&self, "on");
    put_text(&self, "off");
    return;
  case PI_REPL_WHAT:
    put_text(&self, "case");
    put_text(&self, "test");
    return;
  case PI_REPL_TOPIC: put_topics(&self); return;
  case PI_REPL_LUA:
  case PI_REPL_NUMBER:
  case PI_REPL_NOTHING: break;
  }
}
