#include "outline.h"
#include "record_show.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 256 * 1024 * 1024 };

const char *pi_record_word_at(const char *const *names, unsigned index) {
  unsigned count = 0;
  while (names[count] != NULL) count++;
  return index < count ? names[index] : "?";
}

/* What was said later of the record of that entry; nothing where nobody did. */
static void put_corrections(pi_outline *out, const pi_record *record, int64_t of) {
  bool any = false;
  for (int i = 0; i < record->corrections_count; i++) {
    const pi_correction *correction = &record->corrections[i];
    if (correction->record != of) continue;
    if (!any) pi_outline_open(out, "corrections", '[');
    any = true;
    pi_outline_open(out, NULL, '{');
    pi_outline_integer(out, "entry", correction->entry);
    pi_outline_time(out, "at", correction->at);
    pi_outline_given(out, "by", correction->who);
    if (correction->has_time) pi_outline_time(out, "time", correction->time);
    pi_outline_given(out, "note", correction->note);
    pi_outline_close(out, '}');
  }
  if (any) pi_outline_close(out, ']');
}

static void put_step(pi_outline *out, const pi_record *record, const pi_step *step) {
  pi_outline_open(out, NULL, '{');
  pi_outline_integer(out, "entry", step->entry);
  pi_outline_text(out, "action", pi_record_word_at(PI_ACTION_NAMES, step->action));
  pi_outline_time(out, "at", step->recorded_at);
  pi_outline_text(out, "role", pi_record_word_at(PI_ROLE_NAMES, step->role));
  pi_outline_given(out, "by", step->who);
  if (step->background != PI_BACKGROUND_NONE)
    pi_outline_text(out, "background", pi_record_word_at(PI_BACKGROUND_NAMES, step->background));
  pi_outline_given(out, "team", step->team);
  if (step->position != PI_POSITION_NONE)
    pi_outline_text(out, "position", pi_record_word_at(PI_POSITION_NAMES, step->position));
  pi_outline_given(out, "finding", step->finding);
  pi_outline_given(out, step->action == PI_ACTION_ADVISE ? "note" : "reason", step->reason);
  if (step->action == PI_ACTION_INFORM)
    pi_outline_strings(out, "informed", step->informed, (size_t)step->informed_count, false);
  put_corrections(out, record, step->entry);
  pi_outline_close(out, '}');
}

static void put_round(pi_outline *out, const pi_record *record, const pi_round *round) {
  pi_outline_open(out, NULL, '{');
  pi_outline_integer(out, "round", round->number);
  pi_outline_integer(out, "entry", round->entry);
  pi_outline_time(out, "at", round->recorded_at);
  pi_outline_text(out, "role", pi_record_word_at(PI_ROLE_NAMES, round->role));
  pi_outline_given(out, "by", round->who);
  pi_outline_given(out, "reason", round->reason);
  pi_outline_given(out, "policy", round->policy);
  pi_outline_given(out, "outcome", round->outcome);
  pi_outline_given(out, "basis", round->basis);
  pi_outline_given(out, "barred", round->barred);
  if (round->has_margin) pi_outline_decimal(out, "margin", round->margin, 9);
  pi_outline_strings(out, "rules", round->rules, (size_t)round->rules_count, false);
  pi_outline_given(out, "market", round->market);
  pi_outline_strings(out, "teams", round->teams, (size_t)round->teams_count, false);
  put_corrections(out, record, round->entry);
  pi_outline_open(out, "steps", '[');
  for (int i = 0; i < round->steps_count; i++) put_step(out, record, &round->steps[i]);
  pi_outline_close(out, ']');
  pi_outline_json(out, "case", round->facts);
  pi_outline_json(out, "evaluation", round->evaluation);
  pi_outline_close(out, '}');
}

static void put_record(pi_buffer *buffer, const pi_record *record) {
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  pi_outline_given(out, "id", record->id);
  pi_outline_text(out, "state", pi_record_word_at(PI_STATE_NAMES, record->state));
  pi_outline_integer(out, "required", record->required);
  const pi_round *decided = NULL;
  const pi_step *decision = pi_record_decision(record, &decided);
  if (decision != NULL) {
    pi_outline_open(out, "decision", '{');
    pi_outline_integer(out, "round", decided->number);
    pi_outline_text(out, "position", pi_record_word_at(PI_POSITION_NAMES, decision->position));
    pi_outline_time(out, "at", decision->at);
    pi_outline_close(out, '}');
  }
  pi_outline_open(out, "rounds", '[');
  for (int i = 0; i < record->rounds_count; i++) put_round(out, record, &record->rounds[i]);
  pi_outline_close(out, ']');
  pi_outline_end(out);
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
