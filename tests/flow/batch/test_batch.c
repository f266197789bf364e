/* Batches through the C interface, where every moment of a run can be looked at: after each block the output
 * and its manifest are copied, and the run is taken up again from each copy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"
#include "checkpoints.h"
#include "errors.h"
#include "files.h"
#include "manifest.h"
#include "sample.h"
#include "test.h"

enum { CASES = 3000, COPIES_MAX = 128, NAME_BYTES = 600, CHECKPOINT_BYTES = 512 * 1024 };

typedef struct rig {
  char folder[512];
  pubint_policy *policy;
  pi_stop stop;
  int copies;     /* made so far */
  int stop_after; /* ask it to stop behind so many blocks; 0: never */
  int blocks;
  bool copying;
} rig;

static const char *path(const rig *self, const char *name) {
  static char paths[4][NAME_BYTES]; /* a few at a time */
  static int next;
  char *out = paths[next = (next + 1) % 4];
  assert_true(snprintf(out, NAME_BYTES, "%s/%s", self->folder, name) < NAME_BYTES);
  return out;
}

static void copy_file(const char *from, const char *to) {
  size_t bytes;
  char *text = files_read(from, &bytes);
  assert_non_null(text);
  files_write(to, text, bytes);
  free(text);
}

static void assert_same_files(const char *a, const char *b) {
  size_t bytes_a, bytes_b;
  char *text_a = files_read(a, &bytes_a), *text_b = files_read(b, &bytes_b);
  assert_non_null(text_a);
  assert_non_null(text_b);
  assert_int_equal(bytes_a, bytes_b);
  assert_memory_equal(text_a, text_b, bytes_a);
  free(text_a);
  free(text_b);
}

/* ---- runs ---- */

static void behind_block(void *context, const pi_batch_progress *now) {
  rig *self = context;
  char name[64];
  assert_true(now->bytes <= now->bytes_total);
  self->blocks++;
  if (self->blocks == self->stop_after) atomic_store(&self->stop.asked, 1);
  if (!self->copying || self->copies == COPIES_MAX) return;
  snprintf(name, sizeof name, "copy%d", self->copies);
  copy_file(path(self, "out"), path(self, name));
  snprintf(name, sizeof name, "copy%d.manifest.json", self->copies);
  copy_file(path(self, "out.manifest.json"), path(self, name));
  self->copies++;
}

static pubint_status run(rig *self, const char *out, unsigned threads, bool resume, pi_batch_result *result) {
  char inputs[2][NAME_BYTES];
  snprintf(inputs[0], NAME_BYTES, "%s", path(self, "input"));
  snprintf(inputs[1], NAME_BYTES, "%s", path(self, "more"));
  const char *files[] = {inputs[0], inputs[1]};
  char output[NAME_BYTES];
  snprintf(output, sizeof output, "%s", path(self, out));
  pi_batch_options options = {.files = files,
                              .files_count = 2,
                              .out = output,
                              .threads = threads,
                              .resume = resume,
                              .checkpoint_bytes = CHECKPOINT_BYTES,
                              .stop = &self->stop,
                              .progress = behind_block,
                              .context = self};
  pubint_error error = {0};
  self->blocks = 0;
  atomic_store(&self->stop.asked, 0);
  pubint_status status = pi_batch_run(self->policy, &options, result, &error);
  if (status != PUBINT_OK) print_error("%s: %s\n", error.file, error.message);
  return status;
}

/* One that is longer than a case may be: no place to go on from lies within it. */
static void add_long_line(pi_buffer *lines, uint64_t more) {
  for (uint64_t i = 0; i < 1024 * 1024 + 1 + more; i++) pi_buffer_byte(lines, 'x');
  pi_buffer_byte(lines, '\n');
}

static void write_cases(const rig *self, const char *name, uint64_t seed, uint64_t count) {
  pi_sample_plan plan = {.seed = seed};
  pi_buffer lines; /* about 1.2 KB a case, and the long ones */
  pi_arena arena;
  pi_buffer_init(&lines, 64 * 1024 * 1024);
  pi_arena_init(&arena, 65536, 64 * 1024 * 1024);
  for (uint64_t i = 0; i < count; i++) {
    assert_true(pi_sample_line(&plan, i, &lines, &arena));
    pi_buffer_byte(&lines, '\n');
    if (i % 97 == 0) pi_buffer_text(&lines, "no case\n");
    if (i % 500 == 250) add_long_line(&lines, i * 1000);
  }
  files_write(path(self, name), lines.data, lines.len);
  pi_buffer_dispose(&lines);
  pi_arena_dispose(&arena);
}

static int set_up(void **state) {
  rig *self = calloc(1, sizeof *self);
  assert_non_null(self);
  files_make_folder(self->folder, sizeof self->folder);
  self->stop.wake = -1;
  pubint_error error;
  assert_int_equal(pubint_policy_load(&self->policy, PI_SOURCE_DIR "/scripts", &error), PUBINT_OK);
  write_cases(self, "input", 1, CASES);
  write_cases(self, "more", 2, CASES / 10);
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  static const char *const NAMES[] = {"input", "more", "out", "again", "other"};
  rig *self = *state;
  char name[64];
  for (int i = 0; i < COPIES_MAX; i++) {
    snprintf(name, sizeof name, "copy%d", i);
    unlink(path(self, name));
    snprintf(name, sizeof name, "copy%d.manifest.json", i);
    unlink(path(self, name));
  }
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
    unlink(path(self, NAMES[i]));
    snprintf(name, sizeof name, "%s.manifest.json", NAMES[i]);
    unlink(path(self, name));
  }
  assert_int_equal(rmdir(self->folder), 0);
  pubint_policy_free(self->policy);
  free(self);
  return 0;
}

/* ---- taking up ---- */

static void test_batch_is_taken_up_behind_every_block(void **state) {
  rig *self = *state;
  pi_batch_result result;
  self->copying = true;
  assert_int_equal(run(self, "out", 2, false, &result), PUBINT_OK);
  assert_true(result.complete);
  assert_int_equal(result.totals.lines, result.totals.evaluated + result.totals.refused);
  self->copying = false;
  assert_true(self->copies > 10);
  uint64_t most = 0;
  for (int i = 0; i < self->copies; i++) {
    char name[64];
    snprintf(name, sizeof name, "copy%d", i);
    copy_file(path(self, name), path(self, "again"));
    snprintf(name, sizeof name, "copy%d.manifest.json", i);
    copy_file(path(self, name), path(self, "again.manifest.json"));
    assert_int_equal(run(self, "again", (unsigned)i % 3 + 1, true, &result), PUBINT_OK);
    assert_true(result.complete);
    assert_same_files(path(self, "again"), path(self, "out"));
    assert_same_files(path(self, "again.manifest.json"), path(self, "out.manifest.json"));
    if (result.resumed_lines > most) most = result.resumed_lines;
  }
  assert_true(most > CASES / 2);
}

/* What an interrupt leaves behind is the place it came at: nothing that was written is done again. */
static void test_batch_stopped_anywhere_goes_on_from_there(void **state) {
  rig *self = *state;
  pi_batch_result result;
  assert_int_equal(run(self, "out", 1, false, &result), PUBINT_OK);
  int blocks = self->blocks;
  for (int after = 1; after < blocks; after++) {
    self->stop_after = after;
    unlink(path(self, "again"));
    unlink(path(self, "again.manifest.json")); /* which would be in the way */
    assert_int_equal(run(self, "again", (unsigned)after % 3 + 1, false, &result), PUBINT_OK);
    assert_true(result.can_resume);
    uint64_t stopped_at = result.totals.lines;
    if (result.complete) continue; /* the others had all the rest already */
    self->stop_after = 0;
    assert_int_equal(run(self, "again", 1, true, &result), PUBINT_OK);
    assert_true(result.complete);
    assert_true(result.resumed_lines > 0 && result.resumed_lines <= stopped_at);
    assert_same_files(path(self, "again"), path(self, "out"));
    assert_same_files(path(self, "again.manifest.json"), path(self, "out.manifest.json"));
  }
}

static void test_batch_that_was_complete_is_left_alone(void **state) {
  rig *self = *state;
  pi_batch_result result;
  assert_int_equal(run(self, "out", 1, false, &result), PUBINT_OK);
  copy_file(path(self, "out.manifest.json"), path(self, "other"));
  uint64_t lines = result.totals.lines;
  assert_int_equal(run(self, "out", 1, true, &result), PUBINT_OK);
  assert_true(result.was_complete && result.complete);
  assert_int_equal(result.totals.lines, lines);
  assert_int_equal(self->blocks, 0);
  assert_same_files(path(self, "other"), path(self, "out.manifest.json"));
}

static void test_batch_counts_what_each_file_had(void **state) {
  rig *self = *state;
  pi_batch_result result;
  pi_manifest manifest;
  pi_arena arena;
  bool exists;
  assert_int_equal(run(self, "out", 3, false, &result), PUBINT_OK);
  pi_arena_init(&arena, 65536, 64 * 1024 * 1024);
  assert_int_equal(pi_manifest_read(&manifest, path(self, "out"), &exists, &arena, NULL), PUBINT_OK);
  assert_true(exists && manifest.complete);
  assert_int_equal(manifest.files_count, 2);
  uint64_t no_cases = (CASES + 96) / 97 + (CASES + 249) / 500, fewer = (CASES / 10 + 96) / 97 + 1;
  assert_int_equal(manifest.files[0].lines, CASES + no_cases);
  assert_int_equal(manifest.files[1].lines, CASES / 10 + fewer);
  assert_int_equal(result.totals.lines, manifest.files[0].lines + manifest.files[1].lines);
  assert_int_equal(result.totals.refused, no_cases + fewer);
  pi_manifest_dispose(&manifest);
  pi_arena_dispose(&arena);
}

/* ---- the list of places ---- */

/* Adds the ends of blocks of 7 bytes as a run does, those it keeps, and some in passing. */
static void add_blocks(pi_checkpoints *list, uint64_t begin, uint64_t end, uint64_t passing) {
  for (uint64_t before = begin; before + 7 <= end; before += 7) {
    pi_checkpoint point = {.input = {.all_bytes = before + 7}, .before = before};
    point.passing = !pi_checkpoints_keeps(list, before, before + 7);
    if (!point.passing || before % passing == 0) pi_checkpoints_add(list, &point);
    assert_true(list->count <= PI_CHECKPOINTS_MAX + 1);
  }
  if (list->count > 0 && list->points[list->count - 1].passing) list->count--;
}

static void assert_same_points(const pi_checkpoints *a, const pi_checkpoints *b) {
  assert_int_equal(a->interval, b->interval);
  assert_int_equal(a->count, b->count);
  for (size_t i = 0; i < a->count; i++) {
    assert_int_equal(a->points[i].input.all_bytes, b->points[i].input.all_bytes);
    if (i > 0) assert_true(a->points[i].input.all_bytes > a->points[i - 1].input.all_bytes);
  }
}

/* However long the run, the list is short, reaches to its end, and is the same whatever passed between and
 * wherever the run was taken up, with what was known then or with what is known at the end. */
static void test_checkpoints_stay_few_and_depend_on_the_input_alone(void **state) {
  (void)state;
  enum { END = 700000 };
  pi_checkpoints plain;
  assert_true(pi_checkpoints_init(&plain, 100));
  add_blocks(&plain, 0, END, UINT64_MAX);
  assert_true(plain.count >= PI_CHECKPOINTS_MAX / 2 && plain.count <= PI_CHECKPOINTS_MAX);
  assert_true(plain.points[plain.count - 1].input.all_bytes + 2 * plain.interval > END);
  for (uint64_t cut = 0; cut < END; cut += 7 * 997) {
    pi_checkpoints begun, gone_on;
    assert_true(pi_checkpoints_init(&begun, 100) && pi_checkpoints_init(&gone_on, 100));
    add_blocks(&begun, 0, cut, 3);
    add_blocks(&begun, cut, END, 5);
    assert_same_points(&plain, &begun);
    size_t last = plain.count;
    while (last > 0 && plain.points[last - 1].input.all_bytes > cut) last--;
    if (last > 0) {
      pi_checkpoints_take(&gone_on, &plain, last - 1);
      add_blocks(&gone_on, gone_on.points[last - 1].input.all_bytes, END, 5);
      assert_same_points(&plain, &gone_on);
    }
    pi_checkpoints_dispose(&begun);
    pi_checkpoints_dispose(&gone_on);
  }
  pi_checkpoints_dispose(&plain);
}

static void test_checkpoints_keep_one_of_two_at_the_same_place(void **state) {
  (void)state;
  pi_checkpoints list;
  assert_true(pi_checkpoints_init(&list, 100));
  pi_checkpoint first = {.input = {.all_bytes = 50}}, second = first;
  second.out_bytes = 9;
  pi_checkpoints_add(&list, &first);
  pi_checkpoints_add(&list, &second);
  assert_int_equal(list.count, 1);
  assert_int_equal(list.points[0].out_bytes, 9);
  pi_checkpoints_dispose(&list);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_batch_is_taken_up_behind_every_block, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_batch_stopped_anywhere_goes_on_from_there, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_batch_that_was_complete_is_left_alone, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_batch_counts_what_each_file_had, set_up, tear_down),
      cmocka_unit_test(test_checkpoints_stay_few_and_depend_on_the_input_alone),
      cmocka_unit_test(test_checkpoints_keep_one_of_two_at_the_same_place),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
