#include "json_write.h"
#include "ledger_time.h"
#include "record_show.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 256 * 1024 * 1024 };

const char *pi_record_word_at(const char *const *names, unsigned index) {
  unsigned count = 0;
  while (names[count] != NULL) count++;
  return index < count ? names[index] : "?";
}

static void key(pi_buffer *out, const char *name) {
  pi_buffer_printf(out, ",\"%s\":", name);
}

static void put_text(pi_buffer *out, const char *name, pi_slice text) {
  if (text.ptr == NULL) return;
  key(out, name);
  pi_json_write_string(out, text);
}

static void put_word(pi_buffer *out, const char *name, const char *word) {
  put_text(out, name, pi_slice_of(word));
}

static void put_number(pi_buffer *out, const char *name, int64_t number, unsigned places) {
  key(out, name);
  pi_json_write_decimal(out, number, places);
}

static void put_time(pi_buffer *out, const char *name, int64_t at) {
  char text[PI_TIME_BYTES];
  pi_time_write(at, text);
  put_word(out, name, text);
}

/* JSON that stands in the record already. */
static void put_raw(pi_buffer *out, const char *name, pi_slice json) {
  key(out, name);
  pi_buffer_slice(out, json);
}

static void put_list(pi_buffer *out, const char *name, const pi_slice *items, int count) {
  key(out, name);
  pi_buffer_byte(out, '[');
  for (int i = 0; i < count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    pi_json_write_string(out, items[i]);
  }
  pi_buffer_byte(out, ']');
}

static void put_step(pi_buffer *out, const pi_step *step) {
  pi_buffer_text(out, "{\"entry\":");
  pi_json_write_decimal(out, step->entry, 0);
  put_word(out, "action", pi_record_word_at(PI_ACTION_NAMES, step->action));
  put_time(out, "at", step->at);
  put_word(out, "role", pi_record_word_at(PI_ROLE_NAMES, step->role));
  put_text(out, "by", step->who);
  if (step->background != PI_BACKGROUND_NONE)
    put_word(out, "background", pi_record_word_at(PI_BACKGROUND_NAMES, step->background));
  put_text(out, "team", step->team);
  if (step->position != PI_POSITION_NONE)
    put_word(out, "position", pi_record_word_at(PI_POSITION_NAMES, step->position));
  put_text(out, "finding", step->finding);
  put_text(out, step->action == PI_ACTION_ADVISE ? "note" : "reason", step->reason);
  if (step->action == PI_ACTION_INFORM) put_list(out, "informed", step->informed, step->informed_count);
  pi_buffer_byte(out, '}');
}

static void put_round(pi_buffer *out, const pi_round *round) {
  pi_buffer_printf(out, "{\"round\":%d", round->number);
  put_number(out, "entry", round->entry, 0);
  put_time(out, "at", round->at);
  put_word(out, "role", pi_record_word_at(PI_ROLE_NAMES, round->role));
  put_text(out, "by", round->who);
  put_text(out, "reason", round->reason);
  put_text(out, "policy", round->policy);
  put_text(out, "outcome", round->outcome);
  put_text(out, "basis", round->basis);
  put_text(out, "barred", round->barred);
  if (round->has_margin) put_number(out, "margin", round->margin, 9);
  put_list(out, "rules", round->rules, round->rules_count);
  put_text(out, "market", round->market);
  put_list(out, "teams", round->teams, round->teams_count);
  key(out, "steps");
  pi_buffer_byte(out, '[');
  for (int i = 0; i < round->steps_count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    put_step(out, &round->steps[i]);
  }
  pi_buffer_byte(out, ']');
  put_raw(out, "case", round->facts);
  put_raw(out, "evaluation", round->evaluation);
  pi_buffer_byte(out, '}');
}

static void put_record(pi_buffer *out, const pi_record *record) {
  pi_buffer_text(out, "{\"v\":1");
  put_text(out, "id", record->id);
  put_word(out, "state", pi_record_word_at(PI_STATE_NAMES, record->state));
  put_number(out, "required", record->required, 0);
  const pi_round *decided = NULL;
  const pi_step *decision = pi_record_decision(record, &decided);
  if (decision != NULL) {
    key(out, "decision");
    pi_buffer_printf(out, "{\"round\":%d", decided->number);
    put_word(out, "position", pi_record_word_at(PI_POSITION_NAMES, decision->position));
    put_time(out, "at", decision->at);
    pi_buffer_byte(out, '}');
  }
  key(out, "rounds");
  pi_buffer_byte(out, '[');
  for (int i = 0; i < record->rounds_count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    put_round(out, &record->rounds[i]);
  }
  pi_buffer_text(out, "]}");
}

void pi_record_write(pi_buffer *out, const pi_record *record) {
  pi_record blotted;
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK, ARENA_MAX);
  if (pi_record_blot(&blotted, record, &arena)) {
    put_record(out, &blotted);
  } else {
    out->failed = true;
  }
  pi_arena_dispose(&arena);
}
