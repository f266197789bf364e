#include "precedents.h"

#include <string.h>

#include "errors.h"
#include "json_read.h"

#define ARENA_BLOCK_BYTES    ((size_t)256 * 1024)
#define ARENA_BYTES_MAX      ((size_t)64 * 1024 * 1024)
#define PROFILE_BYTES_MAX    ((size_t)1024 * 1024)
#define EVALUATION_BYTES_MAX ((size_t)16 * 1024 * 1024)
enum { EVALUATION_DEPTH_MAX = 32 };

pubint_status pi_precedents_weighed(pi_profile *out, const pi_case *input, pi_slice evaluation, bool *weighed,
                                    pi_arena *arena, pubint_error *error) {
  static const pi_json_tree_limits LIMITS = {EVALUATION_BYTES_MAX, EVALUATION_DEPTH_MAX, PI_E_LINE_TOO_LONG,
                                             PI_E_TOO_DEEP};
  pi_json json;
  pi_tree tree = {NULL, 0};
  pubint_status status = pi_json_init(&json, evaluation, 1, arena, EVALUATION_DEPTH_MAX, error);
  if (status == PUBINT_OK) status = pi_json_tree(&json, &LIMITS, &tree);
  if (status == PUBINT_OK) *weighed = pi_profile_make(out, input, &tree);
  return status;
}

pubint_status pi_precedents_read(pi_profile *out, pi_slice facts, pi_slice evaluation, bool *weighed,
                                 pi_arena *arena, pubint_error *error) {
  pi_case *input = pi_arena_alloc(arena, sizeof *input);
  if (input == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = pi_decode_case(input, facts, 1, arena, NULL, error);
  return status != PUBINT_OK ? status : pi_precedents_weighed(out, input, evaluation, weighed, arena, error);
}

/* --- taking decisions in --- */

/* One decision that is not among the precedents yet. */
typedef struct decision {
  int64_t entry;
  int64_t case_entry;
  pi_slice id;
  pi_slice facts;
  pi_slice evaluation;
} decision;

static pubint_status forget(pi_ledger *ledger, int64_t case_entry, pubint_error *error) {
  pi_query *statement = pi_ledger_statement(ledger, "DELETE FROM profiles WHERE case_entry = :case");
  pi_ledger_bind_number(statement, ":case", case_entry);
  return pi_ledger_run(statement, error);
}

static void bind_row(pi_query *statement, const decision *taken, pi_slice rule, pi_slice bytes) {
  pi_ledger_bind_text(statement, ":rule", rule);
  pi_ledger_bind_number(statement, ":case", taken->case_entry);
  pi_ledger_bind_text(statement, ":id", taken->id);
  pi_ledger_bind_number(statement, ":entry", taken->entry);
  pi_ledger_bind_bytes(statement, ":profile", bytes);
}

static pubint_status keep_rows(pi_ledger *ledger, const decision *taken, const pi_profile *profile,
                               pi_slice bytes, pubint_error *error) {
  for (uint32_t i = 0; i < profile->rules_count; i++) {
    pi_query *statement =
        pi_ledger_statement(ledger, "INSERT INTO profiles (rule, case_entry, id, entry, profile)\n"
                                    "VALUES (:rule, :case, :id, :entry, :profile)");
    bind_row(statement, taken, profile->rules[i].id, bytes);
    pubint_status status = pi_ledger_run(statement, error);
    if (status != PUBINT_OK) return status;
  }
  return PUBINT_OK;
}

/* What is done with each decision in force: `profile` is its own, `bytes` the profile as it is kept. */
typedef pubint_status (*visit)(void *self, pi_ledger *ledger, const decision *taken,
                               const pi_profile *profile, pi_slice bytes, pubint_error *error);

static pubint_status keep(void *self, pi_ledger *ledger, const decision *taken, const pi_profile *profile,
                          pi_slice bytes, pubint_error *error) {
  (void)self;
  pubint_status status = forget(ledger, taken->case_entry, error);
  return status == PUBINT_OK ? keep_rows(ledger, taken, profile, bytes, error) : status;
}

static pubint_status visit_one(pi_ledger *ledger, const decision *taken, visit each, void *self,
                               pi_arena *arena, pubint_error *error) {
  pi_profile *profile = pi_arena_alloc(arena, sizeof *profile);
  if (profile == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  bool weighed; /* a removal of what cannot be weighed is a precedent too */
  pubint_status status = pi_precedents_read(profile, taken->facts, taken->evaluation, &weighed, arena, error);
  if (status != PUBINT_OK) return status;
  pi_buffer bytes;
  pi_buffer_init(&bytes, PROFILE_BYTES_MAX);
  pi_profile_write(&bytes, profile);
  status = bytes.failed ? pi_error_set(error, PI_E_NO_MEMORY)
                        : each(self, ledger, taken, profile, (pi_slice){bytes.data, bytes.len}, error);
  pi_buffer_dispose(&bytes);
  return status;
}

#define BEHIND "entry > coalesce((SELECT max(entry) FROM profiles), 0)"

#define IN_FORCE                                                                                             \
  "SELECT p.entry, p.case_entry, p.id, r.facts, r.evaluation FROM precedents p\n"                            \
  "JOIN rounds r ON r.entry = p.round_entry WHERE p.superseded_by IS NULL AND "

static pubint_status visit_each(pi_ledger *ledger, const char *sql, visit each, void *self,
                                pubint_error *error) {
  pi_query *statement = pi_ledger_statement(ledger, sql);
  pi_arena arena;
  pi_arena_init(&arena, ARENA_BLOCK_BYTES, ARENA_BYTES_MAX);
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(statement, &status, error)) {
    pi_arena_reset(&arena);
    decision taken = {pi_ledger_number(statement, 0), pi_ledger_number(statement, 1),
                      pi_ledger_text(statement, 2), pi_ledger_text(statement, 3),
                      pi_ledger_text(statement, 4)};
    status = visit_one(ledger, &taken, each, self, &arena, error);
  }
  pi_ledger_reset(statement);
  pi_arena_dispose(&arena);
  return status;
}

pubint_status pi_precedents_update(pi_ledger *ledger, pubint_error *error) {
  int64_t behind;
  pi_query *ask =
      pi_ledger_statement(ledger, "SELECT 1 FROM steps WHERE action = 'decide' AND " BEHIND " LIMIT 1");
  pubint_status status = pi_ledger_ask(ask, &behind, error);
  if (status != PUBINT_OK || behind == 0) return status;
  if (pi_ledger_reads_only(ledger)) status = pi_ledger_set_aside(ledger, error);
  if (status == PUBINT_OK) status = pi_ledger_begin(ledger, true, error);
  if (status != PUBINT_OK) return status;
  /* A superseded decision always has a later one behind it, so that the newest entry among the profiles tells
   * how far they reach. */
  status = visit_each(ledger, IN_FORCE "p." BEHIND " ORDER BY p.entry", keep, NULL, error);
  return pi_ledger_end(ledger, status, error);
}

/* --- proving --- */

typedef struct proof {
  int64_t rows; /* that there must be */
  int64_t wrong;
} proof;

static pubint_status prove(void *data, pi_ledger *ledger, const decision *taken, const pi_profile *profile,
                           pi_slice bytes, pubint_error *error) {
  proof *self = data;
  bool all = true;
  self->rows += profile->rules_count;
  for (uint32_t i = 0; i < profile->rules_count; i++) {
    pi_query *statement = pi_ledger_statement(
        ledger, "SELECT count(*) FROM profiles WHERE rule = :rule AND case_entry = :case AND id = :id\n"
                "AND entry = :entry AND profile = :profile");
    bind_row(statement, taken, profile->rules[i].id, bytes);
    int64_t found;
    pubint_status status = pi_ledger_ask(statement, &found, error);
    if (status != PUBINT_OK) return status;
    all = all && found > 0;
  }
  if (!all) self->wrong++;
  return PUBINT_OK;
}

pubint_status pi_precedents_check(pi_ledger *ledger, int64_t *wrong, pubint_error *error) {
  proof self = {0, 0};
  pubint_status status = visit_each(
      ledger, IN_FORCE "p.entry <= (SELECT max(entry) FROM profiles) ORDER BY p.entry", prove, &self, error);
  if (status != PUBINT_OK) return status;
  int64_t rows;
  status = pi_ledger_ask(pi_ledger_statement(ledger, "SELECT count(*) FROM profiles"), &rows, error);
  *wrong = self.wrong + (rows > self.rows ? rows - self.rows : 0);
  return status;
}

/* --- looking --- */

static int compare(const pi_precedent *a, const pi_precedent *b) {
  if (a->distance != b->distance) return a->distance < b->distance ? -1 : 1;
  return strcmp(a->id, b->id);
}

static void offer(pi_precedents *out, const pi_precedent *found, size_t wanted) {
  size_t at = out->count;
  while (at > 0 && compare(found, &out->items[at - 1]) < 0) at--;
  if (at == wanted) return;
  if (out->count < wanted) out->count++;
  for (size_t i = out->count - 1; i > at; i--) out->items[i] = out->items[i - 1];
  out->items[at] = *found;
}

/* Whether the candidate was looked at under an earlier rule that both break. */
static bool seen(const pi_profile *profile, uint32_t rule, const pi_profile *candidate) {
  for (uint32_t i = 0; i < rule; i++) {
    if (pi_profile_rule_find(candidate, profile->rules[i].id) != NULL) return true;
  }
  return false;
}

/* The decisions under one rule. */
static pubint_status look(pi_precedents *out, pi_ledger *ledger, const pi_profile *profile, uint32_t rule,
                          pi_slice except, size_t wanted, pi_profile *candidate, pubint_error *error) {
  pi_query *statement =
      pi_ledger_statement(ledger, "SELECT id, entry, profile FROM profiles WHERE rule = :rule");
  pi_ledger_bind_text(statement, ":rule", profile->rules[rule].id);
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(statement, &status, error)) {
    pi_slice id = pi_ledger_text(statement, 0);
    if (id.len > PI_ID_BYTES_MAX || pi_slice_equal(id, except)) continue;
    if (!pi_profile_read(candidate, pi_ledger_bytes(statement, 2)) || seen(profile, rule, candidate))
      continue;
    pi_precedent found = {.entry = pi_ledger_number(statement, 1)};
    memcpy(found.id, id.ptr, id.len);
    found.distance = pi_profile_compare(profile, candidate, NULL);
    out->looked_at++;
    offer(out, &found, wanted);
  }
  pi_ledger_reset(statement);
  return status;
}

pubint_status pi_precedents_find(pi_precedents *out, pi_ledger *ledger, const pi_profile *profile,
                                 pi_slice except, size_t wanted, pubint_error *error) {
  out->count = 0;
  out->looked_at = 0;
  pi_arena arena;
  pi_arena_init(&arena, sizeof(pi_profile), ARENA_BYTES_MAX);
  pi_profile *candidate = pi_arena_alloc(&arena, sizeof *candidate);
  pubint_status status =
      candidate == NULL ? pi_error_set(error, PI_E_NO_MEMORY) : pi_ledger_begin(ledger, false, error);
  if (status == PUBINT_OK) {
    for (uint32_t i = 0; i < profile->rules_count && status == PUBINT_OK; i++) {
      status = look(out, ledger, profile, i, except, wanted, candidate, error);
    }
    status = pi_ledger_end(ledger, status, error);
  }
  pi_arena_dispose(&arena);
  return status;
}

pubint_status pi_precedents_profile(pi_profile *out, pi_ledger *ledger, const pi_precedent *precedent,
                                    pi_arena *arena, pubint_error *error) {
  pi_query *statement =
      pi_ledger_statement(ledger, "SELECT profile FROM profiles WHERE entry = :entry LIMIT 1");
  pi_ledger_bind_number(statement, ":entry", precedent->entry);
  pubint_status status = PUBINT_OK;
  bool row = pi_ledger_next(statement, &status, error);
  if (status == PUBINT_OK) {
    pi_slice bytes = pi_arena_copy(arena, row ? pi_ledger_bytes(statement, 0) : PI_SLICE(""));
    if (bytes.ptr == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
    if (!pi_profile_read(out, bytes)) out->rules_count = 0;
  }
  pi_ledger_reset(statement);
  return status;
}
