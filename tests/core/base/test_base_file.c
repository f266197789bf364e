/* Files as a whole: all of one read, all of a text written, and the system's own reason where that fails. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "file.h"
#include "test.h"

/* A new file of so many bytes; the caller removes it. */
static void make(char path[32], size_t bytes) {
  memcpy(path, "pi-file-XXXXXX", sizeof "pi-file-XXXXXX"); /* in the folder that the tests run in */
  int fd = mkstemp(path);
  char *text = malloc(bytes + 1);
  assert_true(fd >= 0 && text != NULL);
  memset(text, 'x', bytes);
  size_t done;
  assert_int_equal(pi_file_write_all(fd, (pi_slice){text, bytes}, &done), 0);
  assert_int_equal(done, bytes);
  assert_int_equal(pi_file_close(fd, 0), 0);
  free(text);
}

static void test_file_holds_what_the_buffer_may_hold(void **state) {
  (void)state;
  enum { MOST = 100000 };
  for (size_t bytes = MOST - 1; bytes <= MOST + 1; bytes++) {
    char path[32];
    make(path, bytes);
    pi_buffer text;
    pi_buffer_init(&text, MOST);
    int fd = open(path, O_RDONLY);
    assert_int_equal(pi_file_read_all(&text, fd), bytes <= MOST ? 0 : EFBIG);
    if (bytes <= MOST) assert_int_equal(text.len, bytes);
    close(fd);
    pi_buffer_dispose(&text);
    unlink(path);
  }
}

/* A pipe gives what is asked of it in pieces. */
static void test_file_reads_a_pipe_to_its_end(void **state) {
  (void)state;
  int ends[2];
  pi_buffer text;
  pi_buffer_init(&text, 100);
  assert_int_equal(pipe(ends), 0);
  pid_t writer = fork();
  if (writer == 0) {
    for (int i = 0; i < 3; i++) {
      if (write(ends[1], "piece ", 6) != 6) _exit(1);
      usleep(1000);
    }
    _exit(0);
  }
  close(ends[1]);
  assert_int_equal(pi_file_read_all(&text, ends[0]), 0);
  close(ends[0]);
  assert_string_equal(pi_buffer_end(&text), "piece piece piece ");
  pi_buffer_dispose(&text);
}

/* A write that ends half-way is gone on with, and then has the reason why it ended. */
static void test_file_writes_on_to_the_reason_that_stops_it(void **state) {
  (void)state;
  enum { LIMIT = 1000 };
  char path[32];
  make(path, 0);
  int fd = open(path, O_WRONLY);
  struct rlimit was, now;
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
  now = was;
  now.rlim_cur = LIMIT;
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &now), 0);
  char text[LIMIT + 500];
  memset(text, 'x', sizeof text);
  size_t done = 0;
  int reason = pi_file_write_all(fd, (pi_slice){text, sizeof text}, &done);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
  assert_int_equal(reason, EFBIG);
  assert_int_equal(done, LIMIT);
  assert_int_equal(pi_file_close(fd, reason), EFBIG);
  assert_int_equal(pi_file_close(fd, 0), EBADF);
  assert_int_equal(pi_file_write_all(fd, PI_SLICE("x"), NULL), EBADF);
  unlink(path);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_file_holds_what_the_buffer_may_hold),
      cmocka_unit_test(test_file_reads_a_pipe_to_its_end),
      cmocka_unit_test(test_file_writes_on_to_the_reason_that_stops_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
