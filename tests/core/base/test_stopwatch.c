/* What a start and what has passed since it come to: no less than the thread's own clock says, at most a
 * moment more, and nothing of what other threads do or of time that is slept away. */
#include <pthread.h>
#include <time.h>

#include "stopwatch.h"
#include "test.h"

#define MILLISECOND INT64_C(1000000)

static int64_t cpu_now(void) {
  struct timespec now;
  assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now), 0);
  return (int64_t)now.tv_sec * 1000 * MILLISECOND + now.tv_nsec;
}

static void burn(int64_t nanoseconds) {
  int64_t begun = cpu_now();
  while (cpu_now() - begun < nanoseconds) {
  }
}

static void test_stopwatch_counts_from_its_start(void **state) {
  (void)state;
  pi_stopwatch watch = {0};
  pi_lap first = pi_stopwatch_start(&watch);
  burn(20 * MILLISECOND);
  assert_true(pi_stopwatch_spent(&first) >= 20 * MILLISECOND);
  assert_true(pi_stopwatch_passed(&first, pi_stopwatch_now(), 19 * MILLISECOND));
  pi_lap second = pi_stopwatch_start(&watch); /* the last reading is stale, so another is taken */
  assert_true(second.cpu - first.cpu >= 20 * MILLISECOND);
  assert_false(pi_stopwatch_passed(&second, pi_stopwatch_now(), 1000 * MILLISECOND));
}

static void test_stopwatch_counts_a_moment_too_much_at_most(void **state) {
  (void)state;
  pi_stopwatch watch = {0};
  pi_lap first = pi_stopwatch_start(&watch);
  for (int i = 0; i < 1000; i++) {
    int64_t before = cpu_now();
    pi_lap lap = pi_stopwatch_start(&watch);
    assert_true(lap.cpu <= cpu_now());
    assert_true(lap.wall >= first.wall);
    if (lap.cpu == first.cpu) assert_true(before - lap.cpu <= 2 * MILLISECOND);
  }
}

static void test_stopwatch_does_not_count_sleep(void **state) {
  (void)state;
  pi_stopwatch watch = {0};
  pi_lap lap = pi_stopwatch_start(&watch);
  struct timespec pause = {0, 50 * MILLISECOND};
  nanosleep(&pause, NULL);
  assert_true(pi_stopwatch_now() - lap.wall >= 50 * MILLISECOND);
  assert_false(pi_stopwatch_passed(&lap, pi_stopwatch_now(), 40 * MILLISECOND));
}

static void *start_elsewhere(void *argument) {
  pi_stopwatch *watch = argument;
  pi_lap lap = pi_stopwatch_start(watch);
  burn(5 * MILLISECOND);
  assert_true(pi_stopwatch_passed(&lap, pi_stopwatch_now(), 4 * MILLISECOND));
  return NULL;
}

static void test_stopwatch_reads_the_clock_of_the_thread_that_starts_it(void **state) {
  (void)state;
  pi_stopwatch watch = {0};
  pthread_t thread;
  burn(20 * MILLISECOND);
  pi_stopwatch_start(&watch); /* a moment ago, by this thread's clock, which is far ahead */
  assert_int_equal(pthread_create(&thread, NULL, start_elsewhere, &watch), 0);
  pthread_join(thread, NULL);
}

static void test_stopwatch_of_a_thread_that_ended_counts_by_the_wall(void **state) {
  (void)state;
  pi_lap lap = {pi_stopwatch_now(), cpu_now() + 1000 * 1000 * MILLISECOND};
  burn(10 * MILLISECOND);
  assert_true(pi_stopwatch_passed(&lap, pi_stopwatch_now(), 9 * MILLISECOND));
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_stopwatch_counts_from_its_start),
      cmocka_unit_test(test_stopwatch_counts_a_moment_too_much_at_most),
      cmocka_unit_test(test_stopwatch_does_not_count_sleep),
      cmocka_unit_test(test_stopwatch_reads_the_clock_of_the_thread_that_starts_it),
      cmocka_unit_test(test_stopwatch_of_a_thread_that_ended_counts_by_the_wall),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
