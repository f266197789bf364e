/* log_writer FOLDER CASES EVALUATIONS [PER_THREAD [THREADS]]: appends these lines over and over from some
 * threads, and prints the number of each line that was acknowledged. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "log.h"

enum { LINES_MAX = 4096, THREADS_MAX = 64 };

static pi_slice inputs[LINES_MAX], evaluations[LINES_MAX];
static size_t count;
static pi_log *decisions;
static long wanted = -1;
static pthread_mutex_t printing = PTHREAD_MUTEX_INITIALIZER;

static size_t split(char *text, pi_slice *out) {
  size_t lines = 0;
  for (char *end; (end = strchr(text, '\n')) != NULL && lines < LINES_MAX; text = end + 1)
    out[lines++] = (pi_slice){text, (size_t)(end - text)};
  return lines;
}

static void *append(void *unused) {
  (void)unused;
  for (long i = 0; wanted < 0 || i < wanted; i++) {
    size_t at = (size_t)i % count;
    pi_log_record record = {
        .input = inputs[at], .evaluation = evaluations[at], .at_us = 1590727980000000 + i};
    pubint_error error;
    uint64_t n;
    if (pi_log_append(decisions, &record, &n, &error) != PUBINT_OK) {
      fprintf(stderr, "E%u: %s\n", error.code, error.message);
      return decisions;
    }
    pthread_mutex_lock(&printing); /* one write a line: a kill leaves none that was not acknowledged */
    printf("%llu\n", (unsigned long long)n);
    fflush(stdout);
    pthread_mutex_unlock(&printing);
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  char *cases = files_read(argv[2], NULL), *made = files_read(argv[3], NULL);
  if (cases == NULL || made == NULL) return 2;
  count = split(cases, inputs);
  if (split(made, evaluations) != count || count == 0) return 2;
  if (argc > 4) wanted = strtol(argv[4], NULL, 10);
  long threads = argc > 5 ? strtol(argv[5], NULL, 10) : 4;
  pubint_error error;
  const pi_log_options options = {.segment_mib = 1, .wait_ms = 200};
  decisions = pi_log_open(argv[1], &options, &error);
  if (decisions == NULL) {
    fprintf(stderr, "E%u: %s\n", error.code, error.message);
    return 5;
  }
  pthread_t running[THREADS_MAX];
  int failed = 0;
  for (long i = 0; i < threads; i++) pthread_create(&running[i], NULL, append, NULL);
  for (long i = 0; i < threads; i++) {
    void *result;
    pthread_join(running[i], &result);
    failed |= result != NULL;
  }
  pi_log_counters done = pi_log_count(decisions);
  fprintf(stderr, "%llu lines, %llu syncs of %.3f s, blocked %.3f s, cut %llu bytes\n",
          (unsigned long long)done.lines, (unsigned long long)done.syncs, (double)done.sync_ns / 1e9,
          (double)done.blocked_ns / 1e9, (unsigned long long)done.cut_bytes);
  pi_log_close(decisions);
  free(cases);
  free(made);
  return failed;
}
