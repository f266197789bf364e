/* pubint_eval_lines POLICY_DIR < CASES > EVALUATIONS: one evaluation a line, line for line; a case that
 * is refused gives {"error":{…}}. A test's tool on the public API alone, linked to libpubint.so: it
 * evaluates many cases in one process. Exit status 0, 2 for a wrong call, 5 when anything else failed. */
#include <pubint.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

static int complain(const char *what, const pubint_error *error) {
  char text[2048];
  (void)pubint_error_format(error, text, sizeof text);
  (void)fprintf(stderr, "pubint_eval_lines: %s: %s", what, text);
  return 5;
}

/* One line to standard output; false when the machine and not the case was at fault. */
static bool evaluate_line(pubint_engine *engine, const char *line, size_t bytes, pubint_error *error) {
  pubint_case *input = NULL;
  const pubint_evaluation *evaluation = NULL;
  pubint_status status = pubint_case_parse(&input, line, bytes, error);
  if (status == PUBINT_OK) status = pubint_engine_evaluate(engine, input, &evaluation, error);
  bool answered = true;
  if (status == PUBINT_OK) {
    size_t length = 0;
    const char *json = pubint_evaluation_json(evaluation, &length);
    answered = json != NULL && fwrite(json, 1, length, stdout) == length && putchar('\n') != EOF;
  } else if (status == PUBINT_E_SYSTEM) {
    answered = false;
  } else {
    answered = printf("{\"error\":{\"code\":\"E%04u\"}}\n", error->code) > 0;
  }
  pubint_case_free(input);
  return answered;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    (void)fprintf(stderr, "usage: pubint_eval_lines POLICY_DIR < CASES > EVALUATIONS\n");
    return 2;
  }
  pubint_error error = {0};
  pubint_policy *policy = NULL;
  pubint_engine *engine = NULL;
  if (pubint_policy_load(&policy, argv[1], &error) != PUBINT_OK) return complain("policy", &error);
  if (pubint_engine_new(&engine, policy, &error) != PUBINT_OK) {
    pubint_policy_free(policy);
    return complain("engine", &error);
  }
  char *line = NULL;
  size_t room = 0;
  bool answered = true;
  for (ssize_t length; answered && (length = getline(&line, &room, stdin)) > 0;) {
    if (line[length - 1] == '\n') length--;
    error = (pubint_error){0};
    answered = evaluate_line(engine, line, (size_t)length, &error);
  }
  bool done = answered && !ferror(stdin) && fflush(stdout) == 0;
  free(line);
  pubint_engine_free(engine);
  pubint_policy_free(policy);
  return done ? 0 : complain("evaluating", &error);
}
