/* Values out of files: of any layout, one after the other, with what is broken between them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "import_rig.h"
#include "import_stream.h"
#include "test.h"

#define ROWS "tweet_id,rule\n1,none\n2,none\n3,none\n"

static void expect(const char *payload, unsigned imported, unsigned refused) {
  import_rig_run(&rig, payload, NULL, ROWS);
  import_rig_expect(&rig, imported, refused);
}

static void test_import_stream_layouts(void **state) {
  (void)state;
  expect("{\"id\":\"1\",\"text\":\"\"}{\"id\":\"2\",\"text\":\"\"} \r\n\r\n{\"id\":\"3\",\"text\":\"\"}", 3,
         0);
  expect(
      "[\n  {\"id\":\"1\",\n  \"text\":\"\"},\n {\"id\":\"2\",\"text\":\"\"}\n]\n{\"data\":[{\"id\":\"3\",\"text\":\"\"}]}",
      3, 0);
  expect("{\"statuses\":[{\"id\":\"1\",\"text\":\"\"}]}\n[{\"data\":{\"id\":\"2\",\"text\":\"\"}}]\n", 2, 0);
}

static void test_import_stream_goes_on_behind_a_broken_line(void **state) {
  (void)state;
  expect("{\"id\":\"1\",\"text\":\"\"}\n{\"id\":\"2\",\"te\n{\"id\":\"3\",\"text\":\"\"}\n", 2, 1);
  import_rig_says(&rig, "\"line\":2");
  expect("{\"id\":\"1\",\"id\":\"2\"}\n{\"data\":[\n{\"id\":\"3\",\"text\":\"\"}\n", 1, 2);
  import_rig_says(&rig, "\"E1014\":1");
  expect("nonsense\n{\"id\":\"1\",\"text\":\"\"},\n{\"id\":\"2\",\"text\":\"\"}", 2, 2);
  import_rig_says(&rig, "\"at\":{\"line\":2,\"column\":21}");
}

/* Where the next value begins would be a guess: one refusal, and it says so. */
static void test_import_stream_gives_up_within_a_value_of_many_lines(void **state) {
  (void)state;
  expect("{\n  \"id\": \"1\",\n  \"text\" \"\"\n}\n{\n  \"id\": \"2\", \"text\": \"\"\n}\n", 0, 1);
  import_rig_says(&rig, "what follows in the file was not read");
}

/* Reads a file of `count` Tweets, `blanks` bytes of layout in each, from disk. */
static void read_file(size_t count, size_t blanks, bool lines) {
  char name[] = "import_stream_XXXXXX"; /* where the test runs */
  int fd = mkstemp(name);
  assert_true(fd >= 0);
  FILE *file = fdopen(fd, "w");
  assert_non_null(file);
  for (size_t i = 0; i < count; i++) {
    fprintf(file, "{\"id\":\"%zu\",%c", i, lines ? ' ' : '\n');
    for (size_t j = 0; j < blanks; j++) fputc(j % 80 == 79 && !lines ? '\n' : ' ', file);
    fprintf(file, "\"text\":\"\"}\n");
  }
  assert_int_equal(fclose(file), 0);
  pi_import_stream stream;
  pubint_error error;
  pi_tree tree;
  bool more = true;
  size_t values = 0;
  assert_int_equal(pi_import_stream_open(&stream, name, &error), PUBINT_OK);
  for (;; values++) {
    assert_int_equal(pi_import_stream_next(&stream, &tree, &more, &error), PUBINT_OK);
    if (!more) break;
    assert_int_equal(tree.count, 3);
  }
  pi_import_stream_close(&stream);
  unlink(name);
  assert_int_equal(values, count);
}

static void test_import_stream_values_over_several_reads(void **state) {
  (void)state;
  read_file(3000, 1000, true);
  read_file(3000, 1000, false);
  read_file(3, 3000000, true);
  read_file(3, 3000000, false);
}

/* A value has a bound, a file has none. */
static void test_import_stream_a_value_too_large(void **state) {
  (void)state;
  size_t length = PI_IMPORT_VALUE_MAX + 4096;
  char *payload = malloc(length);
  assert_non_null(payload);
  memset(payload, ' ', length);
  memcpy(payload, "{\"id\":\"1\",", 10);
  memcpy(payload + length - 12, "\"text\":\"\"}\n", 12);
  import_rig_run(&rig, payload, NULL, ROWS);
  free(payload);
  import_rig_expect(&rig, 0, 1);
  import_rig_says(&rig, "E4031");
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_import_stream_layouts),
      cmocka_unit_test(test_import_stream_goes_on_behind_a_broken_line),
      cmocka_unit_test(test_import_stream_gives_up_within_a_value_of_many_lines),
      cmocka_unit_test(test_import_stream_values_over_several_reads),
      cmocka_unit_test(test_import_stream_a_value_too_large),
  };
  return cmocka_run_group_tests(tests, NULL, import_rig_tear_down);
}
