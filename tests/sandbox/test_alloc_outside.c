/* The nth request for memory of the whole program fails, the C library's and all others' included: the
 * program ends by itself, and if it prints an evaluation at all, it is the one it prints without failures.
 *   test_alloc_outside PROGRAM LIBFAIL_MALLOC POLICY
 */
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_MAX = 256 * 1024, EACH_UP_TO = 120, RUNS = 360 };

static const char CASE[] =
    "{\"id\":\"c-1\",\"tweet\":{\"text\":\"Shame on you, minister\"},\"account\":{\"kind\":\"person\",\"verified\":true,"
    "\"verified_type\":\"legacy\",\"followers_count\":250000,\"office\":{\"status\":\"holder\",\"selection\":"
    "\"elected\",\"branch\":\"legislative\"}},\"violations\":[{\"rule\":\"abuse_harassment\"},{\"rule\":\"violence\"}],"
    "\"context\":{\"market\":\"NL\",\"target\":{\"kind\":\"official\"},\"public_debate\":1,\"heated_debate\":1,"
    "\"sole_source\":1,\"violence_link\":0,\"call_to_action\":0,\"rights_interference\":0,"
    "\"offline_harm\":{\"likelihood\":0,\"severity\":0}}}";

typedef struct run {
  char output[OUTPUT_MAX]; /* standard output, then standard error */
  char errors[OUTPUT_MAX];
  int status;
} run;

static size_t read_all(FILE *stream, char *out) {
  rewind(stream);
  size_t length = fread(out, 1, OUTPUT_MAX - 1, stream);
  out[length] = '\0';
  return length;
}

/* Files and not pipes: the program must not wait for who reads. */
static bool run_program(run *self, char **arguments, char **environment) {
  FILE *input = tmpfile(), *output = tmpfile(), *errors = tmpfile();
  posix_spawn_file_actions_t actions;
  pid_t child;
  if (input == NULL || output == NULL || errors == NULL) return false;
  fputs(CASE, input);
  rewind(input);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(input), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(output), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(errors), STDERR_FILENO);
  bool done = posix_spawn(&child, arguments[0], &actions, NULL, arguments, environment) == 0 &&
              waitpid(child, &self->status, 0) == child;
  posix_spawn_file_actions_destroy(&actions);
  read_all(output, self->output);
  read_all(errors, self->errors);
  fclose(input);
  fclose(output);
  fclose(errors);
  return done;
}

static int complain(unsigned long n, const char *what, const run *self) {
  fprintf(stderr, "request %lu failed: %s (status %x)\n%s\n%s\n", n, what, (unsigned)self->status,
          self->output, self->errors);
  return 1;
}

/* What the run with a failure did must be an error of its own choosing, or the usual output. */
static int judge(unsigned long n, const run *failed, const run *usual) {
  if (!WIFEXITED(failed->status)) return complain(n, "ended by a signal", failed);
  int code = WEXITSTATUS(failed->status);
  if (code == 0 && strcmp(failed->output, usual->output) != 0) return complain(n, "another output", failed);
  if (code != 0 && strstr(failed->output, "notice") != NULL)
    return complain(n, "a notice all the same", failed);
  if (code != 0 && failed->errors[0] == '\0') return complain(n, "said nothing", failed);
  return 0;
}

static int fail_one_by_one(char **arguments, char *preload, run *usual, run *failed) {
  char report[] = "PI_REPORT=1", all[] = "PI_FAIL_ALL=1", at[64] = "PI_FAIL_AT=999999999";
  char *environment[] = {preload, at, report, NULL, NULL};
  if (!run_program(usual, arguments, environment)) return 1;
  const char *said = strstr(usual->errors, "requests: ");
  if (usual->status != 0 || said == NULL) return complain(0, "does not run without a failure either", usual);
  unsigned long requests = strtoul(said + strlen("requests: "), NULL, 10);
  unsigned long step = requests > EACH_UP_TO ? (requests - EACH_UP_TO) / RUNS + 1 : 1;
  unsigned long runs = 0, stopped = 0;
  environment[2] = NULL;
  for (unsigned long n = 0; n < requests; n += n < EACH_UP_TO ? 1 : step) {
    for (int further = 0; further < 2; further++) {
      environment[2] = further ? all : NULL;
      snprintf(at, sizeof at, "PI_FAIL_AT=%lu", n);
      if (!run_program(failed, arguments, environment)) return 1;
      if (judge(n, failed, usual) != 0) return 1;
      stopped += failed->status != 0;
      runs++;
    }
  }
  printf("%s: %lu requests, %lu runs with a failure, %lu of them ended with an error\n", arguments[2],
         requests, runs, stopped);
  return stopped > 0 ? 0 : 1;
}

int main(int argc, char **argv) {
  char command[] = "eval", json[] = "--json", color[] = "--color=never", policy[] = "-p", preload[1024];
  if (argc != 4) {
    fprintf(stderr, "usage: test_alloc_outside PROGRAM LIBFAIL_MALLOC POLICY\n");
    return 2;
  }
  run *usual = malloc(sizeof *usual), *failed = malloc(sizeof *failed);
  if (usual == NULL || failed == NULL) return 1;
  snprintf(preload, sizeof preload, "LD_PRELOAD=%s", argv[2]);
  char *as_json[] = {argv[1], command, json, policy, argv[3], NULL};
  char *as_text[] = {argv[1], command, color, policy, argv[3], NULL};
  int wrong = fail_one_by_one(as_json, preload, usual, failed);
  if (wrong == 0) wrong = fail_one_by_one(as_text, preload, usual, failed);
  free(usual);
  free(failed);
  return wrong;
}
