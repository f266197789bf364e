#include "record.h"

#include <string.h>

#include "errors.h"
#include "json_read.h"
#include "person.h"
#include "process_required.h"

enum { RECORD_ARENA_BLOCK = 256 * 1024, RECORD_ARENA_MAX = 256 * 1024 * 1024, TEAMS_DEPTH_MAX = 2 };

/* A record while it is read. */
typedef struct reading {
  pi_ledger *ledger;
  pi_arena *arena;
  pi_record *record;
  pi_round *rounds;
  bool failed; /* memory ran out */
  pubint_error *error;
} reading;

static pubint_status no_memory(const reading *self) {
  return pi_error_set(self->error, PI_E_NO_MEMORY);
}

static void *allocate(reading *self, int64_t count, size_t size) {
  void *out = pi_arena_alloc(self->arena, ((size_t)count + 1) * size);
  if (out == NULL) self->failed = true;
  return out;
}

/* A number that `sql` selects of the record's case, or of `entry`. */
static pubint_status count_of(reading *self, const char *sql, int64_t entry, int64_t *out) {
  struct sqlite3_stmt *statement = pi_ledger_statement(self->ledger, sql, self->error);
  if (statement == NULL) return PUBINT_E_SYSTEM;
  pi_ledger_bind_number(statement, 1, entry);
  bool row;
  pubint_status status = pi_ledger_next(self->ledger, statement, &row, self->error);
  *out = status == PUBINT_OK && row ? pi_ledger_number(statement, 0) : 0;
  pi_ledger_reset(statement);
  return status;
}

/* ["…", …] as this program wrote it. */
static void read_teams(reading *self, pi_slice text, pi_round *round) {
  enum { TEAMS_MAX = 64 };
  pi_json json;
  bool more = true;
  pi_slice *teams = allocate(self, TEAMS_MAX, sizeof *teams);
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

static pi_slice copy(reading *self, struct sqlite3_stmt *row, int column) {
  return pi_ledger_copy(row, column, self->arena, &self->failed);
}

static void take_round(reading *self, struct sqlite3_stmt *row, pi_round *out) {
  *out = (pi_round){.entry = pi_ledger_number(row, 0),
                    .number = (int)pi_ledger_number(row, 1),
                    .at = pi_ledger_number(row, 2),
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
  if (!self->failed) read_teams(self, teams, out);
}

static pubint_status read_rounds(reading *self) {
  pi_record *record = self->record;
  int64_t count;
  pubint_status status =
      count_of(self, "SELECT count(*) FROM rounds WHERE case_entry = ?", record->entry, &count);
  if (status != PUBINT_OK) return status;
  self->rounds = allocate(self, count, sizeof *self->rounds);
  struct sqlite3_stmt *rows = pi_ledger_statement(
      self->ledger,
      "SELECT entry, number, at, who, role, reason, facts, evaluation, policy, outcome, basis, barred, margin, "
      "market, teams FROM rounds WHERE case_entry = ? ORDER BY number",
      self->error);
  if (rows == NULL) return PUBINT_E_SYSTEM;
  pi_ledger_bind_number(rows, 1, record->entry);
  bool row = true;
  while (status == PUBINT_OK && row && !self->failed) {
    status = pi_ledger_next(self->ledger, rows, &row, self->error);
    if (status != PUBINT_OK || !row || record->rounds_count >= count) break;
    take_round(self, rows, &self->rounds[record->rounds_count++]);
  }
  pi_ledger_reset(rows);
  record->rounds = self->rounds;
  return status != PUBINT_OK ? status : self->failed ? no_memory(self) : PUBINT_OK;
}

static pubint_status read_rules(reading *self, pi_round *round) {
  int64_t count;
  pubint_status status =
      count_of(self, "SELECT count(*) FROM violated WHERE entry = ?", round->entry, &count);
  if (status != PUBINT_OK) return status;
  pi_slice *rules = allocate(self, count, sizeof *rules);
  struct sqlite3_stmt *rows = pi_ledger_statement(
      self->ledger, "SELECT rule FROM violated WHERE entry = ? ORDER BY rule", self->error);
  if (rows == NULL) return PUBINT_E_SYSTEM;
  pi_ledger_bind_number(rows, 1, round->entry);
  bool row = true;
  while (status == PUBINT_OK && row && !self->failed) {
    status = pi_ledger_next(self->ledger, rows, &row, self->error);
    if (status != PUBINT_OK || !row || round->rules_count >= count) break;
    rules[round->rules_count++] = copy(self, rows, 0);
  }
  pi_ledger_reset(rows);
  round->rules = rules;
  return status;
}

static void take_step(reading *self, struct sqlite3_stmt *row, pi_step *out) {
  *out = (pi_step){.entry = pi_ledger_number(row, 0),
                   .at = pi_ledger_number(row, 1),
                   .action = (pi_action)pi_process_word_find(PI_ACTION_NAMES, pi_ledger_text(row, 2)),
                   .role = (pi_role)pi_process_word_find(PI_ROLE_NAMES, pi_ledger_text(row, 3)),
                   .background =
                       (pi_background)pi_process_word_find(PI_BACKGROUND_NAMES, pi_ledger_text(row, 5)),
                   .position = (pi_position)pi_process_word_find(PI_POSITION_NAMES, pi_ledger_text(row, 7))};
  out->who = copy(self, row, 4);
  out->team = copy(self, row, 6);
  out->reason = copy(self, row, 8);
  out->finding = copy(self, row, 9);
}

/* Those who were informed by a step. */
static pubint_status read_informed(reading *self, pi_step *step) {
  int64_t count;
  pubint_status status = count_of(self, "SELECT count(*) FROM informed WHERE entry = ?", step->entry, &count);
  if (status != PUBINT_OK) return status;
  pi_slice *names = allocate(self, count, sizeof *names);
  struct sqlite3_stmt *rows =
      pi_ledger_statement(self->ledger, "SELECT who FROM informed WHERE entry = ? ORDER BY who", self->error);
  if (rows == NULL) return PUBINT_E_SYSTEM;
  pi_ledger_bind_number(rows, 1, step->entry);
  bool row = true;
  while (status == PUBINT_OK && row && !self->failed) {
    status = pi_ledger_next(self->ledger, rows, &row, self->error);
    if (status != PUBINT_OK || !row || step->informed_count >= count) break;
    names[step->informed_count++] = copy(self, rows, 0);
  }
  pi_ledger_reset(rows);
  step->informed = names;
  return status;
}

static pubint_status read_steps(reading *self, pi_round *round) {
  int64_t count;
  pubint_status status =
      count_of(self, "SELECT count(*) FROM steps WHERE round_entry = ?", round->entry, &count);
  if (status != PUBINT_OK) return status;
  pi_step *steps = allocate(self, count, sizeof *steps);
  struct sqlite3_stmt *rows = pi_ledger_statement(
      self->ledger,
      "SELECT s.entry, s.at, s.action, s.role, s.who, s.background, s.team, s.position, s.reason, f.finding\n"
      "FROM steps s LEFT JOIN findings f ON f.entry = s.entry WHERE s.round_entry = ? ORDER BY s.entry",
      self->error);
  if (rows == NULL) return PUBINT_E_SYSTEM;
  pi_ledger_bind_number(rows, 1, round->entry);
  bool row = true;
  while (status == PUBINT_OK && row && !self->failed) {
    status = pi_ledger_next(self->ledger, rows, &row, self->error);
    if (status != PUBINT_OK || !row || round->steps_count >= count) break;
    take_step(self, rows, &steps[round->steps_count++]);
  }
  pi_ledger_reset(rows);
  for (int i = 0; i < round->steps_count && status == PUBINT_OK && !self->failed; i++) {
    if (steps[i].action == PI_ACTION_INFORM) status = read_informed(self, &steps[i]);
  }
  round->steps = steps;
  return status;
}

/* Finds the case; E4066 where there is none. */
static pubint_status find_case(reading *self, pi_slice id) {
  struct sqlite3_stmt *found =
      pi_ledger_statement(self->ledger, "SELECT entry, id FROM cases WHERE id = ?", self->error);
  if (found == NULL) return PUBINT_E_SYSTEM;
  pi_ledger_bind_text(found, 1, id);
  bool row;
  pubint_status status = pi_ledger_next(self->ledger, found, &row, self->error);
  if (status == PUBINT_OK && row) {
    self->record->entry = pi_ledger_number(found, 0);
    self->record->id = copy(self, found, 1);
  } else if (status == PUBINT_OK) {
    status = pi_error_set(self->error, PI_E_NOT_IN_LEDGER);
    if (self->error != NULL) pi_error_field(self->error->found, sizeof self->error->found, id.ptr, id.len);
  }
  pi_ledger_reset(found);
  return status;
}

/* What something else wrote past the log is no act of anybody: it is neither shown nor acted on. */
static pubint_status check_covered(reading *self) {
  int64_t strays;
  pubint_status status =
      count_of(self,
               "SELECT count(*) FROM (SELECT entry FROM rounds WHERE case_entry = ?1\n"
               "  UNION ALL SELECT s.entry FROM rounds r JOIN steps s ON s.round_entry = r.entry\n"
               "    WHERE r.case_entry = ?1)\n"
               "WHERE entry NOT BETWEEN 1 AND coalesce((SELECT max(sequence) FROM audit), 0)",
               self->record->entry, &strays);
  if (status != PUBINT_OK || strays == 0) return status;
  pi_slice id = self->record->id;
  status = pi_error_set(self->error, PI_E_AUDIT_STRAY);
  if (self->error != NULL) pi_error_field(self->error->found, sizeof self->error->found, id.ptr, id.len);
  return status;
}

static pubint_status read_all(reading *self, pi_slice id) {
  pubint_status status = find_case(self, id);
  if (status == PUBINT_OK) status = check_covered(self);
  if (status == PUBINT_OK) status = read_rounds(self);
  for (int i = 0; i < self->record->rounds_count && status == PUBINT_OK; i++) {
    status = read_rules(self, &self->rounds[i]);
    if (status == PUBINT_OK) status = read_steps(self, &self->rounds[i]);
  }
  if (status == PUBINT_OK) status = pi_process_required(self->ledger, &self->record->required, self->error);
  if (status == PUBINT_OK && self->failed) status = no_memory(self);
  if (status == PUBINT_OK && self->record->rounds_count == 0) { /* no program of ours writes that */
    status = pi_error_setf(self->error, PI_E_LEDGER_FAILS, "the ledger has a case without a round");
  }
  if (status == PUBINT_OK) {
    self->record->state = pi_round_state(pi_record_last(self->record), self->record->required);
  }
  return status;
}

pubint_status pi_record_read(pi_record *out, pi_ledger *ledger, pi_slice id, pi_arena *arena,
                             pubint_error *error) {
  *out = (pi_record){0};
  reading self = {.ledger = ledger, .arena = arena, .record = out, .error = error};
  pubint_status status = pi_ledger_begin(ledger, false, error);
  if (status != PUBINT_OK) return status;
  return pi_ledger_end_reading(ledger, read_all(&self, id), error);
}

pubint_status pi_record_each(pi_ledger *ledger, pi_record_visit each, void *self, pubint_error *error) {
  pi_arena arena;
  pi_arena_init(&arena, RECORD_ARENA_BLOCK, RECORD_ARENA_MAX);
  pubint_status status = pi_ledger_begin(ledger, false, error);
  if (status != PUBINT_OK) return status;
  struct sqlite3_stmt *ids = pi_ledger_statement(ledger, "SELECT id FROM cases ORDER BY entry", error);
  if (ids == NULL) status = PUBINT_E_SYSTEM;
  bool row = true;
  while (status == PUBINT_OK) {
    status = pi_ledger_next(ledger, ids, &row, error);
    if (status != PUBINT_OK || !row) break;
    pi_record record;
    pi_arena_reset(&arena);
    status = pi_record_read(&record, ledger, pi_ledger_text(ids, 0), &arena, error);
    if (status == PUBINT_OK) status = each(self, &record, error);
  }
  if (ids != NULL) pi_ledger_reset(ids);
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
    if (steps[j].action == PI_ACTION_ADVISE && pi_person_same(steps[j].who, steps[i].who)) return false;
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
      if (other->action == PI_ACTION_ADVISE && pi_person_same(other->team, step->team)) new = false;
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
    out->heard |= 1u << step->background;
    if (!first_advice(round, i)) continue;
    if (step->position == PI_POSITION_NOTICE) out->notice++;
    if (step->position == PI_POSITION_REMOVE) out->remove++;
  }
  out->market = (out->heard >> PI_BACKGROUND_MARKET & 1u) != 0;
  for (unsigned i = 0; i < PI_BACKGROUND_MARKET; i++) out->backgrounds += (out->heard >> i & 1u) != 0;
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
  if (pi_round_step(round, PI_ACTION_DECIDE) != NULL) return PI_STATE_DECIDED;
  if (pi_round_step(round, PI_ACTION_RECOMMEND) == NULL) return PI_STATE_OPENED;
  pi_hearing hearing;
  pi_round_hearing(round, &hearing);
  if (hearing.backgrounds < required || !hearing.market) return PI_STATE_RECOMMENDED;
  return pi_round_informed(round) ? PI_STATE_INFORMED : PI_STATE_ADVISED;
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
