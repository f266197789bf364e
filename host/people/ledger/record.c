#include "record.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "json_read.h"
#include "ledger_schema_parts.h"
#include "nearest.h"
#include "process_required.h"
#include "quoted_limits.h"

enum {
  RECORD_ARENA_BLOCK = 256 * 1024,
  RECORD_ARENA_MAX = 256 * 1024 * 1024,
  TEAMS_DEPTH_MAX = 2,
  LIST_ROOM = 8
};

/* A record while it is read. */
typedef struct reading {
  pi_ledger *ledger;
  pi_arena *arena;
  pi_record *record;
  pi_record_extent extent;
  pubint_status status; /* nothing more is read once it is a failure */
  pubint_error *error;
} reading;

static void *allocate(reading *self, size_t bytes) {
  void *out = pi_arena_alloc(self->arena, bytes);
  if (out == NULL) self->status = pi_error_set(self->error, PI_E_NO_MEMORY);
  return out;
}

static pi_slice copy(reading *self, pi_query *row, int column) {
  bool failed = false;
  pi_slice out = pi_ledger_copy(row, column, self->arena, &failed);
  if (failed) self->status = pi_error_set(self->error, PI_E_NO_MEMORY);
  return out;
}

/* Fills an item of a list by a row. */
typedef void (*taking)(reading *self, pi_query *row, void *item);

/* All rows of a statement as a list, its length in *count. */
static void *read_list(reading *self, pi_query *rows, size_t size, taking take, int *count) {
  char *list = NULL;
  size_t used = 0, room = 0;
  while (pi_ledger_next(rows, &self->status, self->error)) {
    if (used == room) {
      char *more = allocate(self, (2 * room + LIST_ROOM) * size);
      if (more == NULL) break;
      if (used > 0) memcpy(more, list, used * size);
      list = more;
      room = 2 * room + LIST_ROOM;
    }
    take(self, rows, list + used++ * size);
  }
  pi_ledger_reset(rows);
  *count = (int)used;
  return list;
}

/* A statement about what has that entry. */
static pi_query *about(reading *self, const char *sql, int64_t entry) {
  pi_query *query = pi_ledger_statement(self->ledger, sql);
  pi_ledger_bind_number(query, ":entry", entry);
  return query;
}

/* ["…", …] as this program wrote it. */
static void read_teams(reading *self, pi_slice text, pi_round *round) {
  enum { TEAMS_MAX = 64 };
  pi_json json;
  bool more = true;
  pi_slice *teams = allocate(self, TEAMS_MAX * sizeof *teams);
  if (teams == NULL) return;
  round->teams = teams;
  if (pi_json_init(&json, text, 1, self->arena, TEAMS_DEPTH_MAX, NULL) != PUBINT_OK ||
      pi_json_peek(&json) != PI_JSON_ARRAY || pi_json_enter_array(&json) != PUBINT_OK) {
    return;
  }
  while (round->teams_count < TEAMS_MAX && pi_json_next_item(&json, &more) == PUBINT_OK && more &&
         pi_json_peek(&json) == PI_JSON_STRING &&
         pi_json_string(&json, &teams[round->teams_count]) == PUBINT_OK) {
    round->teams_count++;
  }
}

static void take_round(reading *self, pi_query *row, void *item) {
  pi_round *out = item;
  *out = (pi_round){.entry = pi_ledger_number(row, 0),
                    .number = (int)pi_ledger_number(row, 1),
                    .at = pi_ledger_number(row, 15),
                    .recorded_at = pi_ledger_number(row, 2),
                    .role = (pi_role)pi_process_word_find(PI_ROLE_NAMES, pi_ledger_text(row, 4)),
                    .has_margin = pi_ledger_kind(row, 12) != PI_COLUMN_NULL,
                    .margin = pi_ledger_number(row, 12)};
  out->who = copy(self, row, 3);
  out->reason = copy(self, row, 5);
  out->facts = copy(self, row, 6);
  out->evaluation = copy(self, row, 7);
  out->policy = copy(self, row, 8);
  out->outcome = copy(self, row, 9);
  out->basis = copy(self, row, 10);
  out->barred = copy(self, row, 11);
  out->market = copy(self, row, 13);
  pi_slice teams = copy(self, row, 14);
  if (self->status == PUBINT_OK) read_teams(self, teams, out);
}

static pi_round *read_rounds(reading *self) {
  pi_query *rows = about(
      self,
      "SELECT entry, number, at, who, role, reason, iif(:texts, facts, NULL),\n"
      "  iif(:texts, evaluation, NULL), policy, outcome, basis, barred, margin, market, teams,\n"
      "  " TIME_OF("rounds") " FROM rounds WHERE case_entry = :entry AND number >= iif(:whole, 1,\n"
                             "  (SELECT max(number) FROM rounds WHERE case_entry = :entry)) ORDER BY number",
      self->record->entry);
  pi_ledger_bind_number(rows, ":texts", self->extent != PI_RECORD_STEPS);
  pi_ledger_bind_number(rows, ":whole", self->extent == PI_RECORD_WHOLE);
  return read_list(self, rows, sizeof(pi_round), take_round, &self->record->rounds_count);
}

static void take_text(reading *self, pi_query *row, void *item) {
  *(pi_slice *)item = copy(self, row, 0);
}

static void take_step(reading *self, pi_query *row, void *item) {
  pi_step *out = item;
  *out = (pi_step){.entry = pi_ledger_number(row, 0),
                   .at = pi_ledger_number(row, 12),
                   .recorded_at = pi_ledger_number(row, 1),
                   .action = (pi_action)pi_process_word_find(PI_ACTION_NAMES, pi_ledger_text(row, 2)),
                   .role = (pi_role)pi_process_word_find(PI_ROLE_NAMES, pi_ledger_text(row, 3)),
                   .background =
                       (pi_background)pi_process_word_find(PI_BACKGROUND_NAMES, pi_ledger_text(row, 5)),
                   .position = (pi_position)pi_process_word_find(PI_POSITION_NAMES, pi_ledger_text(row, 7))};
  out->who = copy(self, row, 4);
  out->team = copy(self, row, 6);
  out->reason = copy(self, row, 8);
  out->finding = copy(self, row, 9);
  out->who_key = copy(self, row, 10);
  out->team_key = copy(self, row, 11);
}

static void read_steps(reading *self, pi_round *round) {
  pi_query *rows = about(
      self,
      "SELECT s.entry, s.at, s.action, s.role, s.who, s.background, s.team, s.position, s.reason, f.finding,\n"
      "  person_key(s.who), person_key(s.team), " TIME_OF(
          "s") "\n"
               "FROM steps s LEFT JOIN findings f ON f.entry = s.entry WHERE s.round_entry = :entry ORDER BY s.entry",
      round->entry);
  pi_step *steps = read_list(self, rows, sizeof *steps, take_step, &round->steps_count);
  round->steps = steps;
  if (self->extent == PI_RECORD_STEPS) return;
  for (int i = 0; i < round->steps_count; i++) {
    if (steps[i].action != PI_ACTION_INFORM) continue;
    rows = about(self, "SELECT who FROM informed WHERE entry = :entry ORDER BY who", steps[i].entry);
    steps[i].informed = read_list(self, rows, sizeof(pi_slice), take_text, &steps[i].informed_count);
  }
}

static void read_rules(reading *self, pi_round *round) {
  if (self->extent == PI_RECORD_STEPS) return;
  pi_query *rows = about(self, "SELECT rule FROM violated WHERE entry = :entry ORDER BY rule", round->entry);
  round->rules = read_list(self, rows, sizeof(pi_slice), take_text, &round->rules_count);
}

static void take_correction(reading *self, pi_query *row, void *item) {
  pi_correction *out = item;
  *out = (pi_correction){.entry = pi_ledger_number(row, 0),
                         .record = pi_ledger_number(row, 1),
                         .at = pi_ledger_number(row, 2),
                         .has_time = pi_ledger_kind(row, 4) != PI_COLUMN_NULL,
                         .time = pi_ledger_number(row, 4)};
  out->who = copy(self, row, 3);
  out->note = copy(self, row, 5);
}

static void read_corrections(reading *self) {
  if (self->extent == PI_RECORD_STEPS) return;
  pi_query *rows = about(self,
                         "SELECT entry, record, at, who, time, note FROM corrections WHERE record IN\n"
                         "  (SELECT entry FROM case_times WHERE case_entry = :entry) ORDER BY entry",
                         self->record->entry);
  self->record->corrections =
      read_list(self, rows, sizeof(pi_correction), take_correction, &self->record->corrections_count);
}

/* E4066, with the id that is nearest: all of them are looked at. */
static void refuse_id(reading *self, pi_slice id) {
  pubint_status status = pi_error_set(self->error, PI_E_NOT_IN_LEDGER);
  if (self->error != NULL) {
    pi_error_found(self->error, id.ptr, id.len);
    pi_query *ids = pi_ledger_statement(self->ledger, "SELECT id FROM cases ORDER BY id");
    char best[PI_ID_BYTES_MAX];
    pi_nearest nearest;
    pi_nearest_init(&nearest, id);
    while (pi_ledger_next(ids, &self->status, NULL)) {
      pi_nearest_offer(&nearest, pi_ledger_text(ids, 0));
      if (nearest.best.ptr == NULL || nearest.best.ptr == best) continue;
      memcpy(best, nearest.best.ptr, nearest.best.len); /* the row's own goes with the next */
      nearest.best.ptr = best;
    }
    pi_ledger_reset(ids);
    if (nearest.best.ptr != NULL) {
      snprintf(self->error->hint, sizeof self->error->hint, "did you mean \"%.*s\"?", (int)nearest.best.len,
               nearest.best.ptr);
    }
  }
  self->status = status;
}

/* Finds the case; E4066 where there is none. */
static void find_case(reading *self, pi_slice id) {
  pi_query *found =
      pi_ledger_statement(self->ledger, "SELECT c.entry, c.id, r.at, r.who FROM cases c\n"
                                        "LEFT JOIN rounds r ON r.case_entry = c.entry AND r.number = 1\n"
                                        "WHERE c.id = :id");
  pi_ledger_bind_text(found, ":id", id);
  if (pi_ledger_next(found, &self->status, self->error)) {
    self->record->entry = pi_ledger_number(found, 0);
    self->record->id = copy(self, found, 1);
    self->record->opened_at = pi_ledger_number(found, 2);
    self->record->opened_by = copy(self, found, 3);
  } else if (self->status == PUBINT_OK) {
    refuse_id(self, id);
  }
  pi_ledger_reset(found);
}

/* What something else wrote past the log is no act of anybody: it is neither shown nor acted on. */
static void check_covered(reading *self) {
  int64_t strays = 0;
  if (self->status != PUBINT_OK) return;
  self->status =
      pi_ledger_ask(about(self,
                          "SELECT count(*) FROM (SELECT entry FROM rounds WHERE case_entry = :entry\n"
                          "  UNION ALL SELECT s.entry FROM rounds r JOIN steps s ON\n"
                          "    s.round_entry = r.entry WHERE r.case_entry = :entry)\n"
                          "WHERE entry NOT BETWEEN 1 AND\n"
                          "  coalesce((SELECT max(sequence) FROM audit), 0)",
                          self->record->entry),
                    &strays, self->error);
  if (self->status != PUBINT_OK || strays == 0) return;
  pi_slice id = self->record->id;
  self->status = pi_error_set(self->error, PI_E_AUDIT_STRAY);
  if (self->error != NULL) pi_error_found(self->error, id.ptr, id.len);
}

static void read_all(reading *self, pi_slice id) {
  pi_record *record = self->record;
  find_case(self, id);
  check_covered(self);
  pi_round *rounds = read_rounds(self);
  record->rounds = rounds;
  for (int i = 0; i < record->rounds_count; i++) {
    read_rules(self, &rounds[i]);
    read_steps(self, &rounds[i]);
  }
  read_corrections(self);
  if (self->status != PUBINT_OK) return;
  self->status = pi_process_required(self->ledger, &record->required, self->error);
  if (self->status == PUBINT_OK && record->rounds_count == 0) { /* no program of ours writes that */
    self->status = pi_error_setf(self->error, PI_E_LEDGER_FAILS, "the ledger has a case without a round");
  }
  if (self->status == PUBINT_OK) record->state = pi_round_state(pi_record_last(record), record->required);
}

pubint_status pi_record_read(pi_record *out, pi_ledger *ledger, pi_slice id, pi_record_extent extent,
                             pi_arena *arena, pubint_error *error) {
  *out = (pi_record){0};
  reading self = {.ledger = ledger, .arena = arena, .record = out, .extent = extent, .error = error};
  pubint_status status = pi_ledger_begin(ledger, false, error);
  if (status != PUBINT_OK) return status;
  read_all(&self, id);
  return pi_ledger_end_reading(ledger, self.status, error);
}

pubint_status pi_record_each(pi_ledger *ledger, pi_record_visit each, void *self, pubint_error *error) {
  pi_arena arena;
  pi_arena_init(&arena, RECORD_ARENA_BLOCK, RECORD_ARENA_MAX);
  pubint_status status = pi_ledger_begin(ledger, false, error);
  if (status != PUBINT_OK) return status;
  pi_query *ids = pi_ledger_statement(ledger, "SELECT id FROM cases ORDER BY entry");
  while (pi_ledger_next(ids, &status, error)) {
    pi_record record;
    pi_arena_reset(&arena);
    status = pi_record_read(&record, ledger, pi_ledger_text(ids, 0), PI_RECORD_WHOLE, &arena, error);
    if (status == PUBINT_OK) status = each(self, &record, error);
  }
  pi_ledger_reset(ids);
  pi_arena_dispose(&arena);
  return pi_ledger_end_reading(ledger, status, error);
}

/* ---- what follows from a record ---- */

const pi_round *pi_record_last(const pi_record *record) {
  return record->rounds_count > 0 ? &record->rounds[record->rounds_count - 1] : NULL;
}

const pi_step *pi_round_step(const pi_round *round, pi_action action) {
  for (int i = 0; i < round->steps_count; i++) {
    if (round->steps[i].action == action) return &round->steps[i];
  }
  return NULL;
}

const pi_step *pi_record_decision(const pi_record *record, const pi_round **round) {
  for (int i = record->rounds_count - 1; i >= 0; i--) {
    const pi_step *decision = pi_round_step(&record->rounds[i], PI_ACTION_DECIDE);
    if (decision == NULL) continue;
    if (round != NULL) *round = &record->rounds[i];
    return decision;
  }
  return NULL;
}

int64_t pi_round_last_at(const pi_round *round) {
  return round->steps_count > 0 ? round->steps[round->steps_count - 1].at : round->at;
}

/* Whether step i is advice, and its adviser's first: the program hears nobody twice, another might. */
static bool first_advice(const pi_round *round, int i) {
  const pi_step *steps = round->steps;
  if (steps[i].action != PI_ACTION_ADVISE) return false;
  for (int j = 0; j < i; j++) {
    if (steps[j].action == PI_ACTION_ADVISE && pi_slice_equal(steps[j].who_key, steps[i].who_key))
      return false;
  }
  return true;
}

int pi_round_advisers(const pi_round *round) {
  int count = 0;
  for (int i = 0; i < round->steps_count; i++) count += first_advice(round, i);
  return count;
}

int pi_round_teams(const pi_round *round) {
  int count = 0;
  for (int i = 0; i < round->steps_count; i++) {
    const pi_step *step = &round->steps[i];
    if (step->action != PI_ACTION_ADVISE) continue;
    if (step->team.ptr == NULL) return 0;
    bool new = true;
    for (int j = 0; j < i; j++) {
      const pi_step *other = &round->steps[j];
      if (other->action == PI_ACTION_ADVISE && pi_slice_equal(other->team_key, step->team_key)) new = false;
    }
    count += new;
  }
  return count;
}

void pi_round_hearing(const pi_round *round, pi_hearing *out) {
  *out = (pi_hearing){0};
  for (int i = 0; i < round->steps_count; i++) {
    const pi_step *step = &round->steps[i];
    if (step->action != PI_ACTION_ADVISE || step->background == PI_BACKGROUND_NONE) continue;
    pi_hearing_add(out, step->background);
    if (!first_advice(round, i)) continue;
    if (step->position == PI_POSITION_NOTICE) out->notice++;
    if (step->position == PI_POSITION_REMOVE) out->remove++;
  }
}

void pi_hearing_add(pi_hearing *self, pi_background background) {
  unsigned bit = 1u << background;
  if ((self->heard & bit) == 0 && background != PI_BACKGROUND_MARKET) self->backgrounds++;
  self->heard |= bit;
  self->market = (self->heard >> PI_BACKGROUND_MARKET & 1u) != 0;
}

bool pi_hearing_complete(const pi_hearing *self, int required) {
  return self->backgrounds >= required && self->market;
}

bool pi_round_informed(const pi_round *round) {
  for (int i = round->steps_count - 1; i >= 0; i--) {
    if (round->steps[i].action == PI_ACTION_INFORM) return true;
    if (round->steps[i].action == PI_ACTION_ADVISE) return false;
  }
  return false;
}

pi_state pi_round_state(const pi_round *round, int required) {
  if (round == NULL) return PI_STATE_ABSENT;
  pi_state filed = PI_STATE_OPENED; /* which nothing takes on from once it is decided */
  for (int i = 0; i < round->steps_count && filed != PI_STATE_DECIDED; i++) {
    filed = pi_state_after(filed, round->steps[i].action);
  }
  pi_hearing hearing;
  pi_round_hearing(round, &hearing);
  return pi_state_seen(filed, pi_hearing_complete(&hearing, required));
}

bool pi_round_lacks_script(const pi_round *round, pi_slice rule, pi_arena *arena) {
  const pi_json_tree_limits limits = {.bytes_max = round->evaluation.len, .depth_max = PI_JSON_DEPTH_MAX - 1};
  pi_json json;
  pi_tree tree;
  if (pi_json_init(&json, round->evaluation, 1, arena, PI_JSON_DEPTH_MAX, NULL) != PUBINT_OK) return false;
  if (pi_json_tree(&json, &limits, &tree) != PUBINT_OK) return false;
  uint32_t rules = pi_tree_find(&tree, pi_tree_root(&tree), PI_SLICE("rules"));
  if (rules == UINT32_MAX) return false;
  for (uint32_t i = 0; i < tree.nodes[rules].count; i++) {
    uint32_t entry = tree.nodes[rules].as.first + i;
    uint32_t id = pi_tree_find(&tree, entry, PI_SLICE("rule"));
    uint32_t basis = pi_tree_find(&tree, entry, PI_SLICE("basis"));
    if (id == UINT32_MAX || basis == UINT32_MAX) continue;
    if (pi_slice_equal(tree.nodes[id].as.string, rule))
      return pi_slice_equal(tree.nodes[basis].as.string, PI_SLICE("no_script"));
  }
  return false;
}
