/* embed POLICY_FOLDER CASE_FILE: evaluates one case and prints what came of it, for people and as JSON. */
#include <pubint.h>
#include <stdio.h>

int main(int argc, char **argv) {
  static char json[PUBINT_CASE_BYTES_MAX + 1]; /* a byte more, so that what is too long is refused, not cut */
  FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
  if (file == NULL) {
    fputs("usage: embed POLICY_FOLDER CASE_FILE\n", stderr);
    return 2;
  }
  size_t bytes = fread(json, 1, sizeof json, file);
  fclose(file);

  /* A policy may be shared by any number of engines; an engine belongs to one thread. */
  pubint_policy *policy = NULL;
  pubint_engine *engine = NULL;
  pubint_case *input = NULL;
  const pubint_evaluation *evaluation = NULL; /* the engine's: valid until its next evaluation */
  pubint_error error = {0};
  pubint_status status = pubint_policy_load(&policy, argv[1], &error);
  if (status == PUBINT_OK) status = pubint_engine_new(&engine, policy, &error);
  if (status == PUBINT_OK) status = pubint_case_parse(&input, json, bytes, &error);
  if (status == PUBINT_OK) status = pubint_engine_evaluate(engine, input, &evaluation, &error);

  const char *line = status == PUBINT_OK ? pubint_evaluation_json(evaluation, NULL) : NULL;
  if (line != NULL) {
    printf("%s: %s (%s)\n%s\n", pubint_case_id(input),
           pubint_outcome_name(pubint_evaluation_outcome(evaluation)),
           pubint_basis_name(pubint_evaluation_basis(evaluation)), line);
  } else {
    char text[2048];
    pubint_error_format(&error, text, sizeof text);
    fputs(text, stderr);
  }
  pubint_engine_free(engine); /* before its policy */
  pubint_case_free(input);
  pubint_policy_free(policy);
  return line != NULL ? 0 : 1;
}
