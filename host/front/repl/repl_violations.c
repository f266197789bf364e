/* What the case breaks, changed: :set violations[2].rule, :add, :drop. */
#include <stdio.h>
#include <string.h>

#include "case_write.h"
#include "decode.h"
#include "repl.h"

typedef enum part { PART_RULE, PART_KIND, PART_GROUNDS, PARTS } part;
static const char *const PART_NAMES[] = {"rule", "kind", "grounds"};

/* Takes `text` off the front of *rest. */
static bool take(pi_slice *rest, const char *text) {
  size_t length = strlen(text);
  if (rest->len < length || memcmp(rest->ptr, text, length) != 0) return false;
  *rest = (pi_slice){rest->ptr + length, rest->len - length};
  return true;
}

/* "violations[2].rule", "violation.kind" of the first, "rule" and "grounds" as no fact ends so. Whether the
 * path is about violations; what is wrong with it is said, and *which is PARTS then. */
static bool read_path(pi_repl_session *self, pi_slice path, uint32_t *index, part *which) {
  pi_slice rest = path;
  *index = 0;
  *which = PARTS;
  bool named = take(&rest, "violations") || take(&rest, "violation");
  uint32_t count = self->hand.facts.violations_count;
  if (named && take(&rest, "[")) {
    uint64_t number = 0;
    while (rest.len > 0 && rest.ptr[0] >= '0' && rest.ptr[0] <= '9' && number < 1000) {
      number = number * 10 + (uint64_t)(rest.ptr[0] - '0');
      rest = (pi_slice){rest.ptr + 1, rest.len - 1};
    }
    if (!take(&rest, "]") || number < 1 || number > count) {
      if (count <= 1)
        pi_repl_complain(&self->terminal, "the case has %u violation%s; write violations[1]", count,
                         count == 1 ? "" : "s");
      else
        pi_repl_complain(&self->terminal, "the case has %u violations; write violations[1] to violations[%u]",
                         count, count);
      return true;
    }
    *index = (uint32_t)number - 1;
  }
  if (named && !take(&rest, ".")) {
    pi_repl_complain(&self->terminal,
                     "name a part: violations[1].rule, violations[1].kind or violations[1].grounds");
    return true;
  }
  for (int i = 0; i < PARTS; i++) {
    if (!pi_slice_equal(rest, pi_slice_of(PART_NAMES[i]))) continue;
    if (!named && i == PART_KIND) continue; /* facts end so, too */
    *which = (part)i;
  }
  if (*which == PARTS && !named) return false;
  if (*which == PARTS) {
    static const pi_slice NAMES[] = {
        PI_SLICE_INIT("rule"), PI_SLICE_INIT("kind"), PI_SLICE_INIT("grounds"), {NULL, 0}};
    pi_repl_complain_unknown(&self->terminal, "part of a violation", rest, NAMES);
  } else if (count == 0) {
    pi_repl_complain(&self->terminal, "the case breaks no rule; `:add RULE` adds one");
    *which = PARTS;
  }
  return true;
}

/* Reads the case again as it is now, strictly: what does not go together is refused as in a file. */
static void take_checked(pi_repl_session *self, const pi_case *changed) {
  pi_buffer json;
  pubint_error error;
  pi_case after;
  pi_buffer_init(&json, 4 * PUBINT_CASE_BYTES_MAX);
  pi_case_json(&json, changed);
  pi_slice text = {NULL, 0};
  if (!json.failed) text = pi_arena_copy(&self->hand.arena, (pi_slice){json.data, json.len});
  pi_buffer_dispose(&json);
  if (text.ptr == NULL) {
    pi_repl_complain(&self->terminal, "the changes of this case have used up their memory; open it anew");
  } else if (pi_decode_case(&after, text, 1, &self->hand.arena, NULL, &error) != PUBINT_OK) {
    error.line = 0; /* it is no line of a file */
    pi_repl_complain_error(&self->terminal, &error);
  } else {
    pi_repl_take_change(self, &after, PI_FACT_COUNT);
  }
}

/* A rule of the host's or with a script; what it cannot have of another rule's goes. */
static bool set_rule(pi_repl_session *self, pi_violation *violation, pi_slice rule) {
  if (!pi_repl_has_rule(&self->policy, rule)) {
    pi_repl_complain_rule(&self->terminal, rule);
    return false;
  }
  *violation = (pi_violation){.rule = pi_rule_find(rule), .rule_id = rule, .kind_word = -1};
  return true;
}

static bool set_kind(pi_repl_session *self, pi_violation *violation, pi_slice kind) {
  bool none = pi_slice_equal(kind, PI_SLICE("null"));
  violation->kind = none ? (pi_slice){NULL, 0} : kind;
  violation->kind_word = -1;
  if (none || violation->rule == PI_RULE_OTHER) return true;
  pi_words kinds = PI_RULES[violation->rule].kinds;
  if (pi_words_find(kinds, kind) >= 0) return true;
  pi_slice names[PI_VIOLATIONS_MAX + 1];
  uint32_t count = 0;
  for (; count < kinds.count && count < PI_VIOLATIONS_MAX; count++) names[count] = kinds.words[count];
  names[count] = (pi_slice){NULL, 0};
  char what[PI_ID_LENGTH_MAX + 16];
  snprintf(what, sizeof what, "kind of %.*s", (int)violation->rule_id.len, violation->rule_id.ptr);
  pi_repl_complain_unknown(&self->terminal, what, kind, names);
  return false;
}

/* "race, age", "[\"race\"]" or null. */
static bool set_grounds(pi_repl_session *self, pi_violation *violation, pi_slice typed) {
  uint16_t grounds = 0;
  bool none = pi_slice_equal(typed, PI_SLICE("null"));
  for (size_t i = 0; i < typed.len && !none;) {
    size_t length = strspn(typed.ptr + i, "abcdefghijklmnopqrstuvwxyz_");
    if (length > typed.len - i) length = typed.len - i;
    pi_slice word = {typed.ptr + i, length};
    int ground = length > 0 ? pi_words_find(PI_GROUNDS, word) : -1;
    if (length > 0 && ground < 0) {
      pi_slice names[PI_GROUNDS_MAX + 1];
      for (uint8_t g = 0; g < PI_GROUNDS.count; g++) names[g] = PI_GROUNDS.words[g];
      names[PI_GROUNDS.count] = (pi_slice){NULL, 0};
      pi_repl_complain_unknown(&self->terminal, "ground", word, names);
      return false;
    }
    if (length > 0) grounds |= (uint16_t)(1u << ground);
    i += length > 0 ? length : 1;
  }
  violation->grounds = grounds;
  return true;
}

bool pi_repl_set_violation(pi_repl_session *self, pi_slice path, pi_slice value, pi_slice rest) {
  uint32_t index;
  part which;
  if (!read_path(self, path, &index, &which)) return false;
  if (which == PARTS) return true;
  pi_case changed = self->hand.facts;
  pi_violation *violation = &changed.violations[index];
  bool right = which == PART_RULE   ? set_rule(self, violation, value)
               : which == PART_KIND ? set_kind(self, violation, value)
                                    : set_grounds(self, violation, rest);
  if (right) take_checked(self, &changed);
  return true;
}

void pi_repl_add(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  if (!pi_repl_session_needs_case(self)) return;
  pi_case changed = self->hand.facts;
  if (changed.violations_count == PI_VIOLATIONS_MAX) {
    pi_repl_complain(&self->terminal, "a case has at most %d violations", PI_VIOLATIONS_MAX);
    return;
  }
  pi_violation *violation = &changed.violations[changed.violations_count];
  if (!set_rule(self, violation, call->words[0])) return;
  if (call->words_count > 1 && !set_kind(self, violation, call->words[1])) return;
  changed.violations_count++;
  take_checked(self, &changed);
}

/* Which one a number or a rule names; the count of violations, and said, where it is none or several. */
static uint32_t find_violation(pi_repl_session *self, pi_slice word) {
  const pi_case *facts = &self->hand.facts;
  uint32_t found = facts->violations_count, matches = 0;
  for (uint32_t i = 0; i < facts->violations_count; i++) {
    if (!pi_slice_equal(facts->violations[i].rule_id, word)) continue;
    found = i;
    matches++;
  }
  if (matches == 1) return found;
  int64_t number;
  if (matches == 0 && pi_decimal_read(word, 0, facts->violations_count, &number) && number >= 1)
    return (uint32_t)number - 1;
  if (matches > 1)
    pi_repl_complain(&self->terminal, "the case breaks %.*s %u times; name one by its number, as in :drop 1",
                     (int)word.len, word.ptr, matches);
  else
    pi_repl_complain(&self->terminal,
                     "the case has no violation '%.*s'; it has %u, which `:show violations` lists",
                     (int)(word.len > 80 ? 80 : word.len), word.ptr, facts->violations_count);
  return facts->violations_count;
}

void pi_repl_drop(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  if (!pi_repl_session_needs_case(self)) return;
  uint32_t index = find_violation(self, call->words[0]);
  pi_case changed = self->hand.facts;
  if (index == changed.violations_count) return;
  changed.violations_count--;
  memmove(&changed.violations[index], &changed.violations[index + 1],
          (changed.violations_count - index) * sizeof changed.violations[0]);
  take_checked(self, &changed);
}
