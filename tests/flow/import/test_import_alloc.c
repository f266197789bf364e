/* Every allocation failed once, and every one from then on: a clean error, nothing left behind. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counted.h"
#include "errors.h"
#include "files.h"
#include "import_rig.h"
#include "test.h"

enum { TEXT_MAX = 1 << 28 };

static pi_import_texts texts;
static pi_buffer whole; /* the cases without a failure */

static pubint_status import(pi_buffer *cases, bool json, pubint_error *error) {
  pi_import_report report;
  pi_buffer_init(cases, TEXT_MAX);
  pi_import_report_init(&report, json);
  pubint_status status = pi_import_texts_run(&texts, cases, &report, error);
  pi_import_report_dispose(&report);
  return status;
}

/* False when no allocation was left to fail. */
static bool import_once(uint64_t n, uint64_t further, bool json) {
  pi_buffer cases;
  pubint_error error = {0};
  size_t blocks = counted_blocks();
  counted_fail_at(n, further);
  pubint_status status = import(&cases, json, &error);
  bool failed = counted_failed() != 0;
  counted_fail_none();
  if (status != PUBINT_OK) {
    assert_int_equal(status, PUBINT_E_SYSTEM);
    assert_int_equal(error.code, PI_E_NO_MEMORY);
    assert_true(failed);
  } else {
    assert_int_equal(cases.len, whole.len);
    assert_memory_equal(cases.data, whole.data, whole.len);
  }
  pi_buffer_dispose(&cases);
  assert_int_equal(counted_blocks(), blocks);
  return failed;
}

/* A payload and the two side files behind it, parted by NUL. */
static void fail_each(const char *name) {
  char path[512];
  snprintf(path, sizeof path, PI_SOURCE_DIR "/tests/fuzz/corpus/import/%s", name);
  char *corpus = files_read(path, NULL);
  assert_non_null(corpus);
  texts.payload = (pi_slice){corpus, strlen(corpus)};
  texts.offices = pi_slice_of(corpus + texts.payload.len + 1);
  texts.violations = pi_slice_of(texts.offices.ptr + texts.offices.len + 1);
  assert_int_equal(import(&whole, false, NULL), PUBINT_OK);
  for (int json = 0; json < 2; json++) {
    uint64_t n = 0;
    while (import_once(n, 0, json != 0)) n++;
    print_message("%s: %d allocations, each failed once\n", name, (int)n);
    for (uint64_t i = 0; i < n; i++) assert_true(import_once(i, COUNTED_ALL_AFTER, json != 0));
  }
  pi_buffer_dispose(&whole);
  free(corpus);
}

static void test_import_alloc_each_fails_once(void **state) {
  (void)state;
  fail_each("v2_lines");
  fail_each("v2_envelope");
  fail_each("v1_array");
  fail_each("withheld_text");
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_import_alloc_each_fails_once)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
