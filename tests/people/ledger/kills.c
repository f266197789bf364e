/* kills FILE OPERATIONS KILLS PROCESSES: so many processes work on one ledger at once and are killed with
 * SIGKILL at random moments, each replaced by another, until so many operations were reported done and so
 * many were killed. Nothing reported done may be missing, nothing half done, and the audit must hold.
 *
 * A process reports an operation through a pipe once it has come back from it, as a command would print it.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <pubint.h>

#include "audit.h"
#include "evaluation.h"
#include "process.h"
#include "record.h"

enum { WORKERS_MAX = 8, REPORT_BYTES = 64, STEPS = 8, SAID_MAX = 1 << 20 };

/* What one process says of one operation; shorter than what a pipe takes whole. */
typedef struct report {
  int64_t entry;
  int action;
  char id[REPORT_BYTES - 16];
} report;

static void stop(const char *what, const pubint_error *error) {
  fprintf(stderr, "%s: E%04u %s %s\n", what, error->code, error->message, error->found);
  exit(1);
}

/* ---- a process ---- */

static const char FACTS[] =
    "{\"id\":\"%s\",\"account\":{\"verified\":true,\"verified_type\":\"legacy\",\"followers_count\":200000,"
    "\"office\":{\"status\":\"candidate\",\"branch\":\"legislative\"}},\"violations\":[{\"rule\":\"abuse_harassment\"}],"
    "\"context\":{\"market\":\"NL\"}}";

static pubint_status take_step(pi_ledger *ledger, const pubint_evaluation *evaluation, int step,
                               const char *id, pi_done *done, pubint_error *error) {
  static const pi_background HEARD[] = {PI_BACKGROUND_LAW, PI_BACKGROUND_NEWS, PI_BACKGROUND_GOVERNMENT,
                                        PI_BACKGROUND_MARKET};
  static const char *const WHO[STEPS] = {"enforcement", "Rec", "a", "b", "c", "d", "Sec", "Sen"};
  pi_act act = {.id = pi_slice_of(id),
                .who = pi_slice_of(WHO[step]),
                .at = 1700000000 + step,
                .position = PI_POSITION_REMOVE,
                .background = PI_BACKGROUND_NONE,
                .reason = PI_SLICE("why")};
  if (step == 0) return pi_process_open(ledger, evaluation, &act, done, error);
  if (step == 1) return pi_process_step(ledger, PI_ACTION_RECOMMEND, &act, done, error);
  if (step == STEPS - 2) return pi_process_step(ledger, PI_ACTION_INFORM, &act, done, error);
  if (step == STEPS - 1) return pi_process_step(ledger, PI_ACTION_DECIDE, &act, done, error);
  act.background = HEARD[step - 2];
  act.team = PI_SLICE("Public Policy Netherlands");
  return pi_process_step(ledger, PI_ACTION_ADVISE, &act, done, error);
}

/* Takes case after case through its steps until it is killed. */
static void work(const char *file, int number, pubint_engine *engine, int pipe_end) {
  static const int ACTIONS[STEPS] = {PI_ACTION_OPEN,   PI_ACTION_RECOMMEND, PI_ACTION_ADVISE,
                                     PI_ACTION_ADVISE, PI_ACTION_ADVISE,    PI_ACTION_ADVISE,
                                     PI_ACTION_INFORM, PI_ACTION_DECIDE};
  pubint_error error;
  pi_ledger *ledger;
  if (pi_ledger_open(&ledger, file, PI_LEDGER_CREATE, &error) != PUBINT_OK) stop("opening", &error);
  for (int made = 0;; made++) {
    report said = {0};
    char facts[sizeof FACTS + REPORT_BYTES];
    pubint_case *input;
    const pubint_evaluation *evaluation;
    snprintf(said.id, sizeof said.id, "case-%d-%d", number, made);
    int length = snprintf(facts, sizeof facts, FACTS, said.id);
    if (pubint_case_parse(&input, facts, (size_t)length, &error) != PUBINT_OK) stop("case", &error);
    if (pubint_engine_evaluate(engine, input, &evaluation, &error) != PUBINT_OK) stop("evaluating", &error);
    for (int step = 0; step < STEPS; step++) {
      pi_done done;
      if (take_step(ledger, evaluation, step, said.id, &done, &error) != PUBINT_OK) stop(said.id, &error);
      said.entry = done.entry;
      said.action = ACTIONS[step];
      if (write(pipe_end, &said, sizeof said) != (ssize_t)sizeof said) exit(1);
    }
    pubint_case_free(input);
  }
}

/* ---- who kills them ---- */

typedef struct killer {
  const char *file;
  pubint_engine *engine;
  int pipe_ends[2];
  pid_t workers[WORKERS_MAX];
  int workers_count;
  int started;
  uint64_t seed;
  report *said;
  int said_count;
} killer;

static void start(killer *self, int slot) {
  int number = self->started++;
  pid_t child = fork();
  if (child < 0) exit(2);
  if (child == 0) {
    close(self->pipe_ends[0]);
    work(self->file, number, self->engine, self->pipe_ends[1]);
    _exit(1);
  }
  self->workers[slot] = child;
}

static void end(killer *self, int slot) {
  int status;
  kill(self->workers[slot], SIGKILL);
  while (waitpid(self->workers[slot], &status, 0) < 0 && errno == EINTR) continue;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return;
  fprintf(stderr, "a process ended by itself\n");
  exit(1);
}

static uint64_t draw(killer *self, uint64_t below) {
  self->seed = self->seed * 6364136223846793005u + 1442695040888963407u;
  return (self->seed >> 33) % below;
}

/* Takes what is reported for so many milliseconds. */
static void listen_for(killer *self, int ms) {
  struct pollfd ready = {.fd = self->pipe_ends[0], .events = POLLIN};
  struct timespec begin, now;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (;;) {
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t gone = (now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000;
    if (gone >= ms || poll(&ready, 1, (int)(ms - gone)) <= 0) return;
    if (self->said_count == SAID_MAX) exit(2);
    if (read(self->pipe_ends[0], &self->said[self->said_count], sizeof(report)) != (ssize_t)sizeof(report))
      return;
    self->said_count++;
  }
}

/* ---- afterwards ---- */

static int64_t verify(const killer *self, int kills) {
  pubint_error error;
  pi_ledger *ledger;
  int64_t entries;
  if (pi_ledger_open(&ledger, self->file, PI_LEDGER_WRITE, &error) != PUBINT_OK) stop("opening", &error);
  if (pi_audit_verify(ledger, NULL, &entries, &error) != PUBINT_OK) stop("verifying", &error);
  for (int i = 0; i < self->said_count; i++) {
    int64_t found;
    pi_query *entry = pi_ledger_statement(
        ledger, "SELECT count(*) FROM audit WHERE sequence = :entry AND subject = :id AND action = :action");
    pi_ledger_bind_number(entry, ":entry", self->said[i].entry);
    pi_ledger_bind_text(entry, ":id", pi_slice_of(self->said[i].id));
    pi_ledger_bind_text(entry, ":action", pi_slice_of(PI_ACTION_NAMES[self->said[i].action]));
    if (pi_ledger_ask(entry, &found, &error) != PUBINT_OK) stop("asking", &error);
    if (found != 1) {
      fprintf(stderr, "entry %lld of %s was reported done and is lost\n", (long long)self->said[i].entry,
              self->said[i].id);
      exit(1);
    }
  }
  /* Each that was killed may have done one operation more than it came to report. */
  if (entries < self->said_count || entries > self->said_count + kills) {
    fprintf(stderr, "%lld entries, %d reported, %d killed\n", (long long)entries, self->said_count, kills);
    exit(1);
  }
  pi_ledger_close(ledger);
  return entries;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  int operations = (int)strtol(argv[2], NULL, 10), kills = (int)strtol(argv[3], NULL, 10), killed = 0;
  killer self = {.file = argv[1], .seed = 8, .said = calloc(SAID_MAX, sizeof(report))};
  self.workers_count = (int)strtol(argv[4], NULL, 10);
  if (self.workers_count < 1 || self.workers_count > WORKERS_MAX) return 2;
  pubint_policy *policy;
  pubint_error error;
  if (self.said == NULL || pipe(self.pipe_ends) != 0) return 2;
  if (pubint_policy_load(&policy, PI_SOURCE_DIR "/scripts", &error) != PUBINT_OK) stop("policy", &error);
  if (pubint_engine_new(&self.engine, policy, &error) != PUBINT_OK) stop("engine", &error);
  for (int slot = 0; slot < self.workers_count; slot++) start(&self, slot);
  while (killed < kills || self.said_count < operations) {
    listen_for(&self, (int)draw(&self, 40));
    if (killed >= kills && self.said_count < operations) continue;
    int slot = (int)draw(&self, (uint64_t)self.workers_count);
    end(&self, slot);
    start(&self, slot);
    killed++;
  }
  for (int slot = 0; slot < self.workers_count; slot++) end(&self, slot);
  listen_for(&self, 100);
  int64_t entries = verify(&self, killed + self.workers_count);
  printf(
      "%d operations reported done by %d processes at once, %d killed: %lld entries, none lost, all whole\n",
      self.said_count, self.workers_count, killed + self.workers_count, (long long)entries);
  pubint_engine_free(self.engine);
  pubint_policy_free(policy);
  free(self.said);
  return 0;
}
