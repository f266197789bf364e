/* The certificate through a program: `emit COUNT` writes that many cases of the product, a line each;
 * `judge COUNT` reads their evaluations, line for line, and holds each against the truth table.
 * Exit status 0, 1 for a disagreement, 2 for a wrong call, 5 when anything else failed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "product.h"

/* The same in both directions: of four points one is of no public concern, and of one nobody said. */
static product_case line_case(uint32_t index) {
  static const truth_concern CONCERNS[] = {CONCERN_SOME, CONCERN_SOME, CONCERN_NONE, CONCERN_UNKNOWN};
  product_case which = product_ordinary(index);
  which.facts.concern = CONCERNS[(index * 2654435761u >> 16) % 4]; /* scattered: no fact's value decides it */
  return which;
}

static int emit(const uint8_t *chosen) {
  char json[PRODUCT_CASE_BYTES_MAX];
  for (uint32_t i = 0; i < product_count(); i++) {
    if (!chosen[i]) continue;
    product_case which = line_case(i);
    if (product_case_json(&which, json, sizeof json) == 0 || puts(json) == EOF) return 5;
  }
  return fflush(stdout) == 0 ? 0 : 5;
}

static int judge(const uint8_t *chosen) {
  char message[2048];
  char *line = NULL;
  size_t room = 0;
  unsigned long tried = 0, notices = 0, wrong = 0;
  for (uint32_t i = 0; i < product_count(); i++) {
    if (!chosen[i]) continue;
    ssize_t length = getline(&line, &room, stdin);
    if (length <= 0) {
      (void)fprintf(stderr, "no evaluation of case p-%u\n", (unsigned)i);
      free(line);
      return 1;
    }
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    product_case which = line_case(i);
    const char *expected = product_disagreement(&which, line, message, sizeof message);
    if (expected != NULL && wrong++ < 10) (void)fprintf(stderr, "%s\nexpected %s\n", line, expected);
    if (strstr(line, "\"outcome\":\"notice\"") != NULL) notices++;
    tried++;
  }
  bool more = getline(&line, &room, stdin) > 0;
  free(line);
  if (more) (void)fprintf(stderr, "more evaluations than cases\n");
  printf("%lu evaluations, of which %lu notices, %lu disagreements with the truth table\n", tried, notices,
         wrong);
  return wrong == 0 && !more ? 0 : 1;
}

int main(int argc, char **argv) {
  char *end = NULL;
  unsigned long wanted = argc == 3 ? strtoul(argv[2], &end, 10) : 0;
  if (argc != 3 || wanted == 0 || wanted > UINT32_MAX || *end != '\0' ||
      (strcmp(argv[1], "emit") != 0 && strcmp(argv[1], "judge") != 0)) {
    (void)fprintf(stderr, "usage: certificate_lines emit|judge COUNT\n");
    return 2;
  }
  uint8_t *chosen = malloc(product_count());
  if (chosen == NULL) return 5;
  (void)product_choose((uint32_t)wanted, chosen);
  int status = strcmp(argv[1], "emit") == 0 ? emit(chosen) : judge(chosen);
  free(chosen);
  return status;
}
