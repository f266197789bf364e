/* Facts changed, and at once what moves: :set :unset. */
#include <string.h>

#include "case_write.h"
#include "decode.h"
#include "errors.h"
#include "json_write.h"
#include "repl.h"

/* --- values --- */

/* Whether a bare word stands for a string of the fact, rather than for JSON as it is. */
static bool takes_text(pi_fact fact, pi_slice value) {
  if (value.len == 0 || value.ptr[0] == '"') return false;
  if (pi_slice_equal(value, PI_SLICE("null"))) return false;
  bool letter = (value.ptr[0] >= 'a' && value.ptr[0] <= 'z') || (value.ptr[0] >= 'A' && value.ptr[0] <= 'Z');
  bool flag = pi_slice_equal(value, PI_SLICE("true")) || pi_slice_equal(value, PI_SLICE("false"));
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_STRENGTH: return letter && !flag;
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET:
  case PI_TYPE_WORD: return true;
  case PI_TYPE_BOOL:
  case PI_TYPE_COUNT: return letter && !flag;
  case PI_TYPE_COUNTRIES:
  case PI_TYPE_TREE: break;
  }
  return false;
}

/* "DE, FR" as a list. */
static void list_words(pi_buffer *out, pi_slice value) {
  pi_buffer_byte(out, '[');
  bool first = true;
  for (size_t i = 0; i < value.len;) {
    size_t length = 0;
    while (i + length < value.len && strchr(" ,", value.ptr[i + length]) == NULL) length++;
    if (length > 0) {
      if (!first) pi_buffer_byte(out, ',');
      pi_json_write_string(out, (pi_slice){value.ptr + i, length});
      first = false;
    }
    i += length + 1;
  }
  pi_buffer_byte(out, ']');
}

/* What was typed, as JSON that lasts as long as the case; .ptr NULL, and said, when memory runs out. */
static pi_slice value_json(pi_repl_session *self, pi_fact fact, pi_slice typed) {
  pi_buffer text;
  pi_buffer_init(&text, 2 * PUBINT_CASE_BYTES_MAX);
  if (PI_FACTS[fact].type == PI_TYPE_COUNTRIES && typed.len > 0 && typed.ptr[0] != '[' &&
      !pi_slice_equal(typed, PI_SLICE("null"))) {
    list_words(&text, typed);
  } else if (takes_text(fact, typed)) {
    pi_json_write_string(&text, typed);
  } else {
    pi_buffer_slice(&text, typed);
  }
  pi_slice kept = {NULL, 0};
  if (!text.failed) kept = pi_arena_copy(&self->hand.arena, (pi_slice){text.data, text.len});
  pi_buffer_dispose(&text);
  if (kept.ptr == NULL) {
    pi_repl_complain(&self->terminal, "the changes of this case have used up their memory; open it anew");
  }
  return kept;
}

static void print_dropped(pi_repl_terminal *self) {
  pi_page page;
  pi_repl_page(self, &page);
  pi_page_wrap(
      &page, 0, PI_STYLE_OPEN,
      PI_SLICE("violations.spans were places in that text: they are unknown now (:undo brings them back)"));
  pi_page_dispose(&page);
}

/* Spans are places in the text: in another one they point at nothing, and that it holds none is not said.
 * Returns whether there were any. */
static bool drop_spans(pi_case *facts) {
  bool dropped = false;
  for (uint32_t i = 0; i < facts->violations_count; i++) {
    pi_violation *violation = &facts->violations[i];
    dropped = dropped || violation->spans_known;
    violation->spans_known = false;
    violation->spans_count = 0;
  }
  facts->has_spans = false;
  return dropped;
}

static void keep_violations(pi_case *facts, const pi_case *of) {
  memcpy(facts->violations, of->violations, sizeof facts->violations);
  facts->has_spans = of->has_spans;
}

static bool same_text(const pi_case *a, const pi_case *b) {
  const pi_fact text = PI_FACT_TWEET_TEXT;
  return pi_case_knows(a, text) && pi_case_knows(b, text) &&
         pi_slice_equal(pi_case_text(a, text), pi_case_text(b, text));
}

static void change(pi_repl_session *self, pi_fact fact, pi_slice json) {
  pubint_error error;
  pi_case before = self->hand.facts;
  if (!pi_repl_session_keep(self)) return;
  bool dropped = fact == PI_FACT_TWEET_TEXT && drop_spans(&self->hand.facts);
  pubint_status status = pi_decode_set(&self->hand.facts, fact, json, &self->hand.arena, &error);
  if (dropped && (status != PUBINT_OK || same_text(&before, &self->hand.facts))) {
    keep_violations(&self->hand.facts, &before);
    dropped = false;
  }
  if (status != PUBINT_OK) {
    error.line = 0; /* it is no line of a file */
    pi_repl_complain_error(&self->terminal, &error);
    return;
  }
  pi_repl_take_step(self, &before, fact);
  if (dropped) print_dropped(&self->terminal);
  pi_repl_session_delta(self);
}

static bool names_fact(pi_slice path) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (pi_slice_equal(PI_FACTS[fact].key, path)) return true;
  }
  return false;
}

/* signals.NAME, or NAME alone where the case has that signal and no fact is called so. */
static bool names_signal(const pi_repl_session *self, pi_slice path, pi_slice *name) {
  if (pi_repl_signal_name(path, name)) return true;
  *name = path;
  return pi_repl_has_signal(&self->hand.facts, path) && !names_fact(path);
}

void pi_repl_set(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  pi_slice signal;
  if (!pi_repl_session_needs_case(self)) return;
  if (names_signal(self, call->words[0], &signal)) {
    bool quoted = call->words_count == 2 && call->rests[1].ptr[0] == '\'';
    pi_repl_set_signal(self, signal, quoted ? call->words[1] : call->rests[1]);
    return;
  }
  if (pi_repl_set_violation(self, call->words[0], call->words[1], call->rests[1])) return;
  pi_fact fact = pi_repl_fact(&self->terminal, call->words[0]);
  if (fact == PI_FACT_COUNT) return;
  pi_slice json = value_json(self, fact, call->rests[1]);
  if (json.ptr != NULL) change(self, fact, json);
}

void pi_repl_unset(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  pi_slice signal;
  if (!pi_repl_session_needs_case(self)) return;
  if (names_signal(self, call->words[0], &signal)) {
    pi_repl_set_signal(self, signal, PI_SLICE("null"));
    return;
  }
  pi_fact fact = pi_repl_fact(&self->terminal, call->words[0]);
  if (fact == PI_FACT_COUNT) return;
  if (fact == PI_FACT_ID) {
    pi_repl_complain(&self->terminal, "a case has an id");
    return;
  }
  if (!pi_case_knows(&self->hand.facts, fact)) {
    pi_repl_complain(&self->terminal, "%s is unknown already", PI_FACTS[fact].path.ptr);
    return;
  }
  change(self, fact, PI_SLICE("null"));
}
