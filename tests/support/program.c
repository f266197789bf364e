#include "program.h"

#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trial.h"

extern char **environ;

static char *read_all(FILE *stream) {
  assert_int_equal(fseek(stream, 0, SEEK_END), 0);
  long size = ftell(stream);
  assert_true(size >= 0);
  rewind(stream);
  char *bytes = malloc((size_t)size + 1);
  assert_non_null(bytes);
  bytes[fread(bytes, 1, (size_t)size, stream)] = '\0';
  fclose(stream);
  return bytes;
}

/* Files and not pipes: the program never waits for who reads. */
void program_run_do(program_run *self, char **arguments, char **environment, const char *input) {
  FILE *in = tmpfile(), *out = tmpfile(), *err = tmpfile();
  posix_spawn_file_actions_t actions;
  pid_t child;
  assert_true(in != NULL && out != NULL && err != NULL);
  if (input != NULL) assert_true(fputs(input, in) >= 0);
  rewind(in);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(in), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(out), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, fileno(err), STDERR_FILENO);
  int spawned = posix_spawn(&child, arguments[0], &actions, NULL, arguments,
                            environment != NULL ? environment : environ);
  posix_spawn_file_actions_destroy(&actions);
  if (spawned != 0) fail_msg("%s: %s", arguments[0], strerror(spawned));
  assert_int_equal(waitpid(child, &self->status, 0), child);
  fclose(in);
  self->output = read_all(out);
  self->errors = read_all(err);
}

void program_run_dispose(program_run *self) {
  free(self->output);
  free(self->errors);
}

char *program_run_self(const char *first, const char *second, const char *third) {
  const char *given[] = {"/proc/self/exe", first, second, third};
  char texts[4][256], *arguments[5] = {NULL};
  for (int i = 0; i < 4 && given[i] != NULL; i++) {
    snprintf(texts[i], sizeof texts[i], "%s", given[i]);
    arguments[i] = texts[i];
  }
  program_run run;
  program_run_do(&run, arguments, NULL, NULL);
  if (!WIFEXITED(run.status) || WEXITSTATUS(run.status) != 0)
    fail_msg("status %x: %s", run.status, run.errors);
  free(run.errors);
  return run.output;
}
