/* fill FILE COUNT [WAITING]: a ledger of COUNT decided cases, and of WAITING more that wait for each of the
 * four steps, made of generated cases in one transaction; where the file is there already it stays as it is.
 * Then says what opening a case and reading the queues take, each over and over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <pubint.h>
#include <sqlite3.h>

#include "evaluate.h"
#include "process.h"
#include "queue.h"
#include "sample.h"

enum {
  TIMES = 101,
  WAITING_STATES = PI_STATE_DECIDED - PI_STATE_OPENED,
  ARENA_BLOCK = 64 * 1024,
  ARENA_MAX = 64 * 1024 * 1024
};

typedef struct maker {
  pi_ledger *ledger;
  pubint_policy *policy;
  pubint_engine *engine;
  pi_arena arena;
  pi_case facts;
  const pubint_evaluation *evaluation;
  char id[32];
  int64_t at;
} maker;

static void stop(const char *what, const pubint_error *error) {
  fprintf(stderr, "%s: E%04u %s %s\n", what, error->code, error->message, error->found);
  exit(1);
}

/* Generated case `number`, with an id of its own, evaluated. */
static void draw(maker *self, uint64_t number) {
  static const pi_slice MARKETS[] = {{"NL", 2}, {"US", 2}, {"DE", 2}, {"BR", 2}};
  const pi_sample_plan plan = {.seed = 8, .eligible = true, .markets = MARKETS, .markets_count = 4};
  pubint_error error;
  pi_arena_reset(&self->arena);
  if (!pi_sample_case(&plan, number, &self->facts, &self->arena)) exit(1);
  int length = snprintf(self->id, sizeof self->id, "case-%llu", (unsigned long long)number);
  self->facts.facts[PI_FACT_ID].string = (pi_slice){self->id, (size_t)length};
  if (pi_engine_evaluate(self->engine, &self->facts, &self->evaluation, &error) != PUBINT_OK)
    stop("case", &error);
}

static void need(pubint_status status, const pubint_error *error) {
  if (status != PUBINT_OK) stop("step", error);
}

static pi_slice team(const maker *self) {
  const pi_script *market = NULL;
  if (pi_case_knows(&self->facts, PI_FACT_MARKET)) {
    market = pi_policy_script(self->policy, PI_SCRIPT_MARKET, self->facts.facts[PI_FACT_MARKET].string);
  }
  return market != NULL && market->teams_count > 0 ? market->teams[0] : PI_SLICE("a team of the house");
}

/* Takes the case that was drawn up to a state; two in five against the evaluation. */
static void bring(maker *self, uint64_t number, pi_state state) {
  static const pi_background HEARD[] = {PI_BACKGROUND_LAW, PI_BACKGROUND_NEWS, PI_BACKGROUND_GOVERNMENT,
                                        PI_BACKGROUND_MARKET};
  static const char *const WHO[] = {"adviser 1", "adviser 2", "adviser 3", "adviser 4"};
  pubint_error error;
  pi_done done;
  pi_act act = {.id = pi_slice_of(self->id), .who = PI_SLICE("enforcement"), .at = self->at += 300};
  need(pi_process_open(self->ledger, self->evaluation, &act, &done, &error), &error);
  if (state == PI_STATE_OPENED) return;
  act.reason = PI_SLICE("as things stand");
  act.who = PI_SLICE("Trust & Safety");
  act.position =
      self->evaluation->outcome == PUBINT_NOTICE && number % 5 > 1 ? PI_POSITION_NOTICE : PI_POSITION_REMOVE;
  act.at += 3600;
  if (act.position == PI_POSITION_NOTICE) act.finding = PI_SLICE("it is about how the country is governed");
  need(pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &done, &error), &error);
  if (state == PI_STATE_RECOMMENDED) return;
  for (int i = 0; i < 4; i++) {
    act.background = HEARD[i];
    act.who = pi_slice_of(WHO[i]);
    act.team = team(self);
    need(pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &done, &error), &error);
  }
  if (state == PI_STATE_ADVISED) return;
  act.who = PI_SLICE("the secretary");
  need(pi_process_step(self->ledger, PI_ACTION_INFORM, &act, &done, &error), &error);
  if (state == PI_STATE_INFORMED) return;
  act.who = PI_SLICE("senior leadership");
  act.finding = (pi_slice){NULL, 0};
  act.at += (int64_t)(number % 100) * 3600;
  need(pi_process_step(self->ledger, PI_ACTION_DECIDE, &act, &done, &error), &error);
}

/* Nothing is lost if filling is cut short, so it need not wait for the disk. */
static void fill(maker *self, uint64_t decided, uint64_t waiting) {
  static const char HASTE[] = "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000";
  static const char CARE[] =
      "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL; PRAGMA cache_size = -2000";
  pubint_error error;
  sqlite3_exec(pi_ledger_connection(self->ledger), HASTE, NULL, NULL, NULL);
  if (pi_ledger_begin(self->ledger, true, &error) != PUBINT_OK) stop("filling", &error);
  for (uint64_t i = 0; i < decided + WAITING_STATES * waiting; i++) {
    draw(self, i);
    bring(self, i,
          i < decided ? PI_STATE_DECIDED : (pi_state)(PI_STATE_OPENED + (i - decided) % WAITING_STATES));
  }
  if (pi_ledger_commit(self->ledger, &error) != PUBINT_OK) stop("filling", &error);
  sqlite3_exec(pi_ledger_connection(self->ledger), CARE, NULL, NULL, NULL);
}

/* ---- measuring ---- */

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void tell(const char *what, double *times) {
  qsort(times, TIMES, sizeof *times, ascending);
  printf("%-28s median %7.3f ms, worst of %d %7.3f ms\n", what, times[TIMES / 2], TIMES, times[TIMES - 1]);
}

static pubint_status count_row(void *data, const pi_queue_row *row, pubint_error *error) {
  (void)row;
  (void)error;
  ++*(int *)data;
  return PUBINT_OK;
}

static void measure(maker *self, uint64_t first) {
  double opening[TIMES], next[TIMES];
  pubint_error error;
  for (int i = 0; i < TIMES; i++) {
    pi_done done;
    draw(self, first + (uint64_t)i);
    pi_act act = {.who = PI_SLICE("enforcement"), .at = self->at};
    double begin = milliseconds();
    need(pi_process_open(self->ledger, self->evaluation, &act, &done, &error), &error);
    opening[i] = milliseconds() - begin;
  }
  for (int i = 0; i < TIMES; i++) {
    int rows = 0;
    double begin = milliseconds();
    for (int state = PI_STATE_OPENED; state < PI_STATE_DECIDED; state++) {
      pi_queue_filter filter = {.state = (pi_state)state, .closest_first = true, .limit = 5};
      int64_t count;
      need(pi_queue_count(self->ledger, &filter, &count, &error), &error);
      need(pi_queue_each(self->ledger, &filter, count_row, &rows, &error), &error);
    }
    next[i] = milliseconds() - begin;
  }
  tell("open", opening);
  tell("next", next);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  uint64_t decided = strtoull(argv[2], NULL, 10), waiting = argc > 3 ? strtoull(argv[3], NULL, 10) : 0;
  bool fresh = access(argv[1], F_OK) != 0;
  maker self = {.at = 1500000000};
  pubint_error error;
  pi_arena_init(&self.arena, ARENA_BLOCK, ARENA_MAX);
  if (pubint_policy_load(&self.policy, PI_SOURCE_DIR "/scripts", &error) != PUBINT_OK) stop("policy", &error);
  if (pubint_engine_new(&self.engine, self.policy, &error) != PUBINT_OK) stop("engine", &error);
  if (pi_ledger_open(&self.ledger, argv[1], PI_LEDGER_CREATE, &error) != PUBINT_OK) stop(argv[1], &error);
  double begin = milliseconds();
  if (fresh) {
    fill(&self, decided, waiting);
    printf("%llu cases in %.1f s\n", (unsigned long long)(decided + WAITING_STATES * waiting),
           (milliseconds() - begin) / 1e3);
  }
  measure(&self, (uint64_t)time(NULL) * 1000);
  pi_ledger_close(self.ledger);
  pubint_engine_free(self.engine);
  pubint_policy_free(self.policy);
  pi_arena_dispose(&self.arena);
  return 0;
}
