/* The log when the system fails it, what it keeps out, and lines that are handed in without waiting. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "errors.h"
#include "files.h"
#include "log.h"
#include "test.h"

static int sync_reason, write_reason, write_part;

int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd);
int __wrap_fdatasync(int fd) {
  if (sync_reason == 0) return __real_fdatasync(fd);
  errno = sync_reason;
  return -1;
}

ssize_t __real_write(int fd, const void *bytes, size_t count);
ssize_t __wrap_write(int fd, const void *bytes, size_t count);
ssize_t __wrap_write(int fd, const void *bytes, size_t count) {
  if (write_reason == 0) return __real_write(fd, bytes, count);
  if (write_part > 0 && (size_t)write_part < count) {
    size_t part = (size_t)write_part;
    write_part = 0;
    return __real_write(fd, bytes, part);
  }
  errno = write_reason;
  return -1;
}

static char folder[256];

static int set_up(void **state) {
  (void)state;
  sync_reason = write_reason = write_part = 0;
  files_make_folder(folder, sizeof folder);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  files_remove_folder(folder);
  return 0;
}

static const pi_log_options OPTIONS = {.wait_ms = 30};

static pi_log *open_log(const pi_log_options *options) {
  pubint_error error = {0};
  pi_log *log = pi_log_open(folder, options, &error);
  assert_string_equal(error.message, "");
  assert_non_null(log);
  return log;
}

static const pi_log_record RECORD = {.input = PI_SLICE_INIT("{\"id\":\n\"a\"}"),
                                     .evaluation = PI_SLICE_INIT("{\"v\":1}\n"),
                                     .trace = PI_SLICE_INIT("t\"1"),
                                     .at_us = 1590727980000001};

static unsigned append(pi_log *log, uint64_t *n) {
  pubint_error error = {0};
  pi_log_append(log, &RECORD, n, &error);
  return error.code;
}

static char *first_segment(void) {
  char path[512];
  snprintf(path, sizeof path, "%s/decisions-0000000000000000001.ndjson", folder);
  return files_read(path, NULL);
}

static void a_line_is_written_as_it_is_said(void **state) {
  (void)state;
  uint64_t n;
  pi_log *log = open_log(&OPTIONS);
  assert_int_equal(append(log, &n), 0);
  assert_int_equal(n, 1);
  pi_log_close(log);
  char *text = first_segment();
  static const char BEGIN[] =
      "{\"n\":1,\"at\":\"2020-05-29T04:53:00.000001Z\",\"trace\":\"t\\\"1\",\"case\":{\"id\":"
      " \"a\"},\"evaluation\":{\"v\":1},\"link\":\"";
  assert_memory_equal(text, BEGIN, strlen(BEGIN));
  assert_int_equal(strlen(text), strlen(BEGIN) + PI_SHA256_HEX + strlen("\"}\n"));
  free(text);
}

static void a_write_that_fails_is_cut_back_and_tried_again(void **state) {
  (void)state;
  static const int REASONS[] = {ENOSPC, EIO, EROFS};
  uint64_t n = 0;
  pi_log *log = open_log(&OPTIONS);
  assert_int_equal(append(log, &n), 0);
  for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++) {
    write_reason = REASONS[i];
    write_part = 20;
    assert_int_equal(append(log, NULL), PI_E_LOG_UNWRITABLE);
    assert_false(pi_log_writable(log));
    char *text = first_segment();
    assert_int_equal(text[strlen(text) - 1], '\n');
    free(text);
    write_reason = 0;
    assert_int_equal(append(log, &n), 0);
    assert_int_equal(n, i + 2);
    assert_true(pi_log_writable(log));
  }
  assert_true(pi_log_count(log).blocked_ns >= 30000000);
  pi_log_close(log);
  pi_log_close(open_log(&OPTIONS)); /* its chain holds */
}

static void after_a_sync_that_failed_nothing_is_taken_until_it_is_opened_anew(void **state) {
  (void)state;
  uint64_t n = 0;
  pi_log *log = open_log(&OPTIONS);
  assert_int_equal(append(log, &n), 0);
  sync_reason = EIO;
  assert_int_equal(append(log, NULL), PI_E_LOG_STOPPED);
  sync_reason = 0;
  assert_int_equal(append(log, NULL), PI_E_LOG_STOPPED);
  assert_false(pi_log_writable(log));
  pi_log_close(log);
  log = open_log(&OPTIONS);
  assert_int_equal(append(log, &n), 0);
  assert_int_equal(n, 2);
  pi_log_close(log);
}

static void spans_are_kept_out_and_the_line_says_so(void **state) {
  (void)state;
  static const char CASE[] =
      "{\"id\":\"a\",\"tweet\":{\"text\":\"call 555-0199 now\"},\"violations\":[{\"rule\":"
      "\"private_information\",\"spans\":[{\"start\":5,\"end\":13}]}]}";
  const pi_log_options options = {.redact = true};
  pi_log_record record = RECORD;
  record.input = pi_slice_of(CASE);
  pi_log *log = open_log(&options);
  pubint_error error = {0};
  pi_log_append(log, &record, NULL, &error);
  assert_string_equal(error.message, "");
  pi_log_close(log);
  char *text = first_segment();
  assert_null(strstr(text, "555"));
  assert_non_null(strstr(text, "\"text\":\"call █████ now\"}"));
  assert_non_null(strstr(text, ",\"redacted\":true,\"link\""));
  free(text);
}

/* ---- without waiting ---- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t told, failures, last;

static void note(void *context, uint64_t first, const pubint_error *error) {
  (void)context;
  pthread_mutex_lock(&mutex);
  told++;
  failures += error != NULL;
  if (error == NULL) last = first;
  pthread_mutex_unlock(&mutex);
}

static void whoever_does_not_wait_is_told_once_also_by_close(void **state) {
  (void)state;
  const pi_log_record two[] = {RECORD, RECORD};
  told = failures = last = 0;
  pi_log *log = open_log(&OPTIONS);
  for (int i = 0; i < 100; i++) assert_int_equal(pi_log_submit(log, two, 2, note, NULL, NULL), PUBINT_OK);
  pi_log_close(log);
  assert_int_equal(told, 100);
  assert_int_equal(failures, 0);
  assert_int_equal(last, 199);
}

static void lines_behind_one_that_cannot_be_written_fail_with_it(void **state) {
  (void)state;
  told = failures = last = 0;
  pi_log *log = open_log(&OPTIONS);
  write_reason = ENOSPC;
  for (int i = 0; i < 10; i++) assert_int_equal(pi_log_submit(log, &RECORD, 1, note, NULL, NULL), PUBINT_OK);
  pi_log_close(log);
  assert_int_equal(told, 10);
  assert_int_equal(failures, 10);
}

static void one_folder_has_one_writer(void **state) {
  (void)state;
  pubint_error error = {0};
  pi_log *log = open_log(&OPTIONS);
  assert_null(pi_log_open(folder, &OPTIONS, &error));
  assert_int_equal(error.code, PI_E_LOG_BUSY);
  pi_log_close(log);
  pi_log_close(open_log(&OPTIONS));
}

#define LOG_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      LOG_TEST(a_line_is_written_as_it_is_said),
      LOG_TEST(a_write_that_fails_is_cut_back_and_tried_again),
      LOG_TEST(after_a_sync_that_failed_nothing_is_taken_until_it_is_opened_anew),
      LOG_TEST(spans_are_kept_out_and_the_line_says_so),
      LOG_TEST(whoever_does_not_wait_is_told_once_also_by_close),
      LOG_TEST(lines_behind_one_that_cannot_be_written_fail_with_it),
      LOG_TEST(one_folder_has_one_writer),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
