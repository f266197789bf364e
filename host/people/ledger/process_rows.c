/* The record rows of an act. */
#include "case_write.h"
#include "entries.h"
#include "errors.h"
#include "evaluation.h"
#include "json_write.h"
#include "process_inside.h"

#define FACTS_BYTES_MAX      ((size_t)4 * 1024 * 1024) /* a case of 1 MiB, each byte escaped at worst */
#define EVALUATION_BYTES_MAX ((size_t)16 * 1024 * 1024)

/* A row of an entry that holds one text, `sql`'s :text. */
static pubint_status write_text(pi_pending *self, const char *sql, int64_t entry, pi_slice text,
                                pubint_error *error) {
  pi_query *insert = pi_ledger_statement(self->ledger, sql);
  pi_ledger_bind_number(insert, ":entry", entry);
  pi_ledger_bind_text(insert, ":text", text);
  return pi_ledger_run(insert, error);
}

/* Each rule once, though a case may break it in several ways. */
static pubint_status write_rules(pi_pending *self, int64_t entry, pubint_error *error) {
  const pi_case *input = self->evaluation->input;
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < input->violations_count && status == PUBINT_OK; i++) {
    pi_slice rule = input->violations[i].rule_id;
    if (pi_case_breaks(input, rule, i)) continue;
    status =
        write_text(self, "INSERT INTO violated (entry, rule) VALUES (:entry, :text)", entry, rule, error);
  }
  return status;
}

/* Of the market, whether or not its script came to weigh. */
static void put_teams(pi_buffer *out, const pubint_evaluation *evaluation) {
  const pi_case *input = evaluation->input;
  const pi_script *market = NULL;
  if (pi_case_knows(input, PI_FACT_MARKET)) {
    market = pi_policy_script(evaluation->policy, PI_SCRIPT_MARKET, pi_case_text(input, PI_FACT_MARKET));
  }
  pi_buffer_byte(out, '[');
  for (uint32_t i = 0; market != NULL && i < market->teams_count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    pi_json_write_string(out, market->teams[i]);
  }
  pi_buffer_byte(out, ']');
}

static pi_slice text_of(const char *text) {
  return text != NULL ? pi_slice_of(text) : (pi_slice){NULL, 0};
}

/* What rounds and steps both hold of an act. */
static void bind_act(pi_query *insert, const pi_pending *self, int64_t entry) {
  pi_ledger_bind_number(insert, ":entry", entry);
  pi_ledger_bind_number(insert, ":at", self->act.at);
  pi_ledger_bind_text(insert, ":who", self->act.who);
  pi_ledger_bind_text(insert, ":role", pi_slice_of(PI_ROLE_NAMES[self->transition->role]));
  pi_ledger_bind_text(insert, ":reason", self->act.reason);
}

static void bind_evaluation(pi_query *insert, const pi_pending *self) {
  const pubint_evaluation *evaluation = self->evaluation;
  const pi_case *input = evaluation->input;
  pi_ledger_bind_text(insert, ":policy", evaluation->policy->id);
  pi_ledger_bind_text(insert, ":outcome", pi_slice_of(pubint_outcome_name(evaluation->outcome)));
  pi_ledger_bind_text(insert, ":basis", pi_slice_of(pubint_basis_name(evaluation->basis)));
  pi_ledger_bind_text(insert, ":barred", text_of(self->barred));
  const pi_entry *lowest = pi_entries_lowest(evaluation);
  pi_slice none = {NULL, 0};
  if (lowest != NULL) {
    pi_ledger_bind_number(insert, ":margin", lowest->margin);
  } else {
    pi_ledger_bind_text(insert, ":margin", none);
  }
  pi_ledger_bind_text(insert, ":market",
                      pi_case_knows(input, PI_FACT_MARKET) ? pi_case_text(input, PI_FACT_MARKET) : none);
}

static pubint_status insert_round(pi_pending *self, int64_t entry, const pi_buffer texts[3],
                                  pubint_error *error) {
  pi_query *insert = pi_ledger_statement(
      self->ledger,
      "INSERT INTO rounds (entry, case_entry, number, at, who, role, reason, facts, policy, outcome, basis, barred,\n"
      "  margin, market, evaluation, teams) VALUES (:entry, :case, :number, :at, :who, :role, :reason, :facts,\n"
      "  :policy, :outcome, :basis, :barred, :margin, :market, :evaluation, :teams)");
  bool first = self->action == PI_ACTION_OPEN;
  bind_act(insert, self, entry);
  pi_ledger_bind_number(insert, ":case", first ? entry : self->record.entry);
  pi_ledger_bind_number(insert, ":number", first ? 1 : self->round->number + 1);
  pi_ledger_bind_text(insert, ":facts", (pi_slice){texts[0].data, texts[0].len});
  pi_ledger_bind_text(insert, ":evaluation", (pi_slice){texts[1].data, texts[1].len});
  pi_ledger_bind_text(insert, ":teams", (pi_slice){texts[2].data, texts[2].len});
  bind_evaluation(insert, self);
  return pi_ledger_run(insert, error);
}

static pubint_status write_round(pi_pending *self, int64_t entry, pubint_error *error) {
  pi_buffer texts[3]; /* the facts, the evaluation, the teams */
  pi_buffer_init(&texts[0], FACTS_BYTES_MAX);
  pi_buffer_init(&texts[1], EVALUATION_BYTES_MAX);
  pi_buffer_init(&texts[2], FACTS_BYTES_MAX);
  pi_case_json(&texts[0], self->evaluation->input);
  pi_evaluation_write(self->evaluation, &texts[1]);
  put_teams(&texts[2], self->evaluation);
  bool failed = texts[0].failed || texts[1].failed || texts[2].failed;
  pubint_status status =
      failed ? pi_error_set(error, PI_E_NO_MEMORY) : insert_round(self, entry, texts, error);
  for (int i = 0; i < 3; i++) pi_buffer_dispose(&texts[i]);
  return status == PUBINT_OK ? write_rules(self, entry, error) : status;
}

static pubint_status write_step(pi_pending *self, int64_t entry, pubint_error *error) {
  pi_query *insert = pi_ledger_statement(
      self->ledger,
      "INSERT INTO steps (entry, round_entry, action, at, who, role, background, team, position, reason)\n"
      "VALUES (:entry, :round, :action, :at, :who, :role, :background, :team, :position, :reason)");
  const pi_act *act = &self->act;
  bool advice = self->action == PI_ACTION_ADVISE;
  bind_act(insert, self, entry);
  pi_ledger_bind_number(insert, ":round", self->round->entry);
  pi_ledger_bind_text(insert, ":action", pi_slice_of(PI_ACTION_NAMES[self->action]));
  pi_ledger_bind_text(insert, ":background", text_of(advice ? PI_BACKGROUND_NAMES[act->background] : NULL));
  pi_ledger_bind_text(insert, ":team", advice ? act->team : (pi_slice){NULL, 0});
  pi_ledger_bind_text(insert, ":position", text_of(PI_POSITION_NAMES[act->position]));
  return pi_ledger_run(insert, error);
}

/* R039: everybody who advised. The names are written out, though they follow from the steps before: what the
 * record says of the act is then what was done, and the log covers it. */
static pubint_status write_informed(pi_pending *self, int64_t entry, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  for (int i = 0; i < self->round->steps_count && status == PUBINT_OK; i++) {
    const pi_step *step = &self->round->steps[i];
    if (step->action != PI_ACTION_ADVISE) continue;
    status =
        write_text(self, "INSERT INTO informed (entry, who) VALUES (:entry, :text)", entry, step->who, error);
  }
  return status;
}

/* A step, and what belongs to it. */
static pubint_status write_act(pi_pending *self, int64_t entry, pubint_error *error) {
  pubint_status status = write_step(self, entry, error);
  bool finds = self->action == PI_ACTION_RECOMMEND || self->action == PI_ACTION_DECIDE;
  if (status == PUBINT_OK && finds && self->act.finding.ptr != NULL) { /* R003 */
    status = write_text(self, "INSERT INTO findings (entry, finding) VALUES (:entry, :text)", entry,
                        self->act.finding, error);
  }
  if (status == PUBINT_OK && self->action == PI_ACTION_INFORM) status = write_informed(self, entry, error);
  return status;
}

pubint_status pi_process_write(pi_pending *self, int64_t entry, pubint_error *error) {
  if (self->evaluation == NULL) return write_act(self, entry, error);
  pubint_status status = PUBINT_OK;
  if (self->action == PI_ACTION_OPEN) {
    status =
        write_text(self, "INSERT INTO cases (entry, id) VALUES (:entry, :text)", entry, self->act.id, error);
  }
  return status == PUBINT_OK ? write_round(self, entry, error) : status;
}
