#include "queue.h"

#include "buffer.h"
#include "errors.h"
#include "process_required.h"

enum { SQL_BYTES_MAX = 4096 };

/* By which advice a case stands in `state` of which the file says `filed`. */
enum { LACKS_ADVICE = 1, HAS_ADVICE = 2, EITHER = LACKS_ADVICE | HAS_ADVICE };

static unsigned ways(int filed, pi_state state) {
  const pi_state *seen = PI_STATES[filed].seen;
  return (seen[false] == state ? LACKS_ADVICE : 0u) | (seen[true] == state ? HAS_ADVICE : 0u);
}

static bool takes_advice(pi_state state) {
  bool takes = false;
  for (int i = 0; i < PI_STATE_COUNT && state != PI_STATE_ABSENT; i++) {
    unsigned by = ways(i, state);
    if (by == LACKS_ADVICE || by == HAS_ADVICE) takes = true;
  }
  return takes;
}

static void put_filed(pi_buffer *sql, pi_state state, unsigned by) {
  const char *part = "";
  pi_buffer_text(sql, "q.state IN (");
  for (int i = 0; i < PI_STATE_COUNT; i++) {
    if ((ways(i, state) & by) == 0) continue;
    pi_buffer_printf(sql, "%s'%s'", part, PI_STATE_NAMES[i]);
    part = ", ";
  }
  pi_buffer_byte(sql, ')');
}

/* What a decision needs may have been raised since a case got its advice. The index of those that wait is
 * used only where its own condition stands in the query, word for word. */
static void put_state(pi_buffer *sql, pi_state state) {
  if (state == PI_STATE_ABSENT) return;
  if (state != PI_STATE_DECIDED) pi_buffer_text(sql, " AND q.state <> 'decided'");
  pi_buffer_text(sql, " AND ");
  put_filed(sql, state, EITHER);
  if (!takes_advice(state)) return;
  pi_buffer_text(sql, " AND CASE WHEN q.backgrounds >= :required AND q.market_heard THEN ");
  put_filed(sql, state, HAS_ADVICE);
  pi_buffer_text(sql, " ELSE ");
  put_filed(sql, state, LACKS_ADVICE);
  pi_buffer_text(sql, " END");
}

static void put_where(pi_buffer *sql, const pi_queue_filter *filter) {
  pi_buffer_text(sql, " WHERE true");
  put_state(sql, filter->state);
  if (filter->market.ptr != NULL) pi_buffer_text(sql, " AND q.market = :market");
  if (filter->rule.ptr != NULL) {
    pi_buffer_text(sql, " AND EXISTS (SELECT 1 FROM violated WHERE entry = q.round_entry AND rule = :rule)");
  }
}

static void bind(pi_query *statement, const pi_queue_filter *filter, int required) {
  if (filter->rule.ptr != NULL) pi_ledger_bind_text(statement, ":rule", filter->rule);
  if (filter->market.ptr != NULL) pi_ledger_bind_text(statement, ":market", filter->market);
  if (takes_advice(filter->state)) pi_ledger_bind_number(statement, ":required", required);
  if (filter->limit > 0) pi_ledger_bind_number(statement, ":limit", filter->limit);
}

static void take_row(pi_query *row, int required, pi_queue_row *out) {
  *out = (pi_queue_row){
      .id = pi_ledger_text(row, 0),
      .round = (int)pi_ledger_number(row, 1),
      .market = pi_ledger_text(row, 2),
      .rules = pi_ledger_text(row, 3),
      .outcome = pi_ledger_text(row, 4),
      .has_margin = pi_ledger_kind(row, 5) != PI_COLUMN_NULL,
      .margin = pi_ledger_number(row, 5),
      .since = pi_ledger_number(row, 7),
      .backgrounds = (int)pi_ledger_number(row, 9),
      .market_heard = pi_ledger_number(row, 10) != 0,
      .decision = pi_ledger_text(row, 11),
  };
  pi_state filed = (pi_state)pi_process_word_find(PI_STATE_NAMES, pi_ledger_text(row, 6));
  bool complete = out->backgrounds >= required && out->market_heard;
  out->state = pi_state_seen(filed, complete);
  if (complete && out->state != filed) out->since = pi_ledger_number(row, 8); /* the last advice */
}

static pubint_status visit(pi_ledger *ledger, const pi_queue_filter *filter, int required,
                           pi_queue_visit each, void *self, pubint_error *error) {
  pi_buffer sql;
  pi_buffer_init(&sql, SQL_BYTES_MAX);
  pi_buffer_text(&sql, "SELECT q.id, q.number, q.market,\n"
                       "  (SELECT group_concat(rule, ' ') FROM\n"
                       "    (SELECT rule FROM violated WHERE entry = q.round_entry ORDER BY rule)),\n"
                       "  r.outcome, r.margin, q.state, q.since, q.heard_at, q.backgrounds, q.market_heard,\n"
                       "  q.decision FROM queue q JOIN rounds r ON r.entry = q.round_entry");
  put_where(&sql, filter);
  pi_buffer_text(&sql, filter->closest_first ? " ORDER BY q.closeness, q.since, q.case_entry"
                                             : " ORDER BY q.case_entry");
  if (filter->limit > 0) pi_buffer_text(&sql, " LIMIT :limit");
  pi_query *rows;
  pubint_status status = pi_ledger_prepare(ledger, &sql, &rows, error);
  pi_buffer_dispose(&sql);
  if (status != PUBINT_OK) return status;
  bind(rows, filter, required);
  while (pi_ledger_next(rows, &status, error)) {
    pi_queue_row row;
    take_row(rows, required, &row);
    status = each(self, &row, error);
  }
  pi_ledger_finalize(rows);
  return status;
}

pubint_status pi_queue_each(pi_ledger *ledger, const pi_queue_filter *filter, pi_queue_visit each, void *self,
                            pubint_error *error) {
  int required;
  pubint_status status = pi_ledger_begin(ledger, false, error);
  if (status != PUBINT_OK) return status;
  status = pi_process_required(ledger, &required, error);
  if (status == PUBINT_OK) status = visit(ledger, filter, required, each, self, error);
  return pi_ledger_end_reading(ledger, status, error);
}

pubint_status pi_queue_count(pi_ledger *ledger, const pi_queue_filter *filter, int64_t *out,
                             pubint_error *error) {
  int required;
  *out = 0;
  pubint_status status = pi_process_required(ledger, &required, error);
  if (status != PUBINT_OK) return status;
  pi_queue_filter all = *filter;
  all.limit = 0;
  pi_buffer sql;
  pi_buffer_init(&sql, SQL_BYTES_MAX);
  pi_buffer_text(&sql, "SELECT count(*) FROM queue q");
  put_where(&sql, &all);
  pi_query *count;
  status = pi_ledger_prepare(ledger, &sql, &count, error);
  pi_buffer_dispose(&sql);
  if (status != PUBINT_OK) return status;
  bind(count, &all, required);
  status = pi_ledger_ask(count, out, error);
  pi_ledger_finalize(count);
  return status;
}

static pubint_status offer(pi_ledger *ledger, const char *sql, pi_nearest *names, pi_arena *arena,
                           pubint_error *error) {
  pi_query *rows = pi_ledger_statement(ledger, sql);
  bool failed = false;
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(rows, &status, error)) {
    pi_nearest_offer(names, pi_ledger_copy(rows, 0, arena, &failed));
    if (failed) status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  pi_ledger_reset(rows);
  return status;
}

pubint_status pi_queue_names(pi_ledger *ledger, pi_nearest *rules, pi_nearest *markets, pi_arena *arena,
                             pubint_error *error) {
  pubint_status status =
      offer(ledger, "SELECT DISTINCT v.rule FROM queue q JOIN violated v ON v.entry = q.round_entry", rules,
            arena, error);
  if (status != PUBINT_OK) return status;
  return offer(ledger, "SELECT DISTINCT market FROM queue WHERE market IS NOT NULL", markets, arena, error);
}
