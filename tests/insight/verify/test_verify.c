/* verify: it accepts what a batch wrote, and rejects every change to it, naming the line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "policy_maker.h"
#include "sample.h"
#include "test.h"
#include "verify.h"

enum { CASES = 40, CHANGES = 1000, NAME_BYTES = 700 };

typedef struct rig {
  policy_maker maker; /* its folder holds the files too */
  char cases[NAME_BYTES], evaluations[NAME_BYTES], manifest[NAME_BYTES];
  pubint_policy *policy;
  pi_buffer good; /* the evaluations as the batch wrote them */
  pi_verify_result result;
} rig;

/* ---- files ---- */

static void read_file(const char *name, pi_buffer *out) {
  size_t length;
  char *text = files_read(name, &length);
  assert_non_null(text);
  pi_buffer_append(out, text, length);
  free(text);
}

/* Generated cases, and a refused line among them. */
static void write_cases(const rig *self) {
  pi_sample_plan plan = {.seed = 7};
  pi_buffer lines;
  pi_arena arena;
  pi_buffer_init(&lines, 64 * 1024 * 1024);
  pi_arena_init(&arena, 65536, 64 * 1024 * 1024);
  for (uint64_t i = 0; i < CASES; i++) {
    if (i % 9 == 4) pi_buffer_text(&lines, "{\"id\":\"no\",\"violation\":[]}\n");
    assert_true(pi_sample_line(&plan, i, &lines, &arena));
    pi_buffer_byte(&lines, '\n');
    pi_arena_reset(&arena);
  }
  files_write(self->cases, lines.data, lines.len);
  pi_buffer_dispose(&lines);
  pi_arena_dispose(&arena);
}

static void load(rig *self) {
  pubint_error error;
  pubint_policy_free(self->policy);
  assert_int_equal(pubint_policy_load(&self->policy, self->maker.folder, &error), PUBINT_OK);
}

static void run_batch(rig *self) {
  const char *files[] = {self->cases};
  pi_stop stop = {.wake = -1};
  pi_batch_options options = {
      .files = files, .files_count = 1, .out = self->evaluations, .threads = 1, .force = true, .stop = &stop};
  pi_batch_result result;
  pubint_error error;
  assert_int_equal(pi_batch_run(self->policy, &options, &result, &error), PUBINT_OK);
  assert_true(result.complete);
  pi_buffer_reset(&self->good);
  read_file(self->evaluations, &self->good);
}

static int set_up(void **state) {
  rig *self = calloc(1, sizeof *self);
  assert_non_null(self);
  policy_maker_begin(&self->maker);
  policy_maker_rule(&self->maker, "violence", "1",
                    "balance:interest('debate', case.context.public_debate, 3)");
  policy_maker_rule(&self->maker, "hateful_conduct", "1",
                    "balance:harm('call', case.context.call_to_action, 2) balance:note('seen')");
  policy_maker_market(&self->maker, "NL", "balance:interest('local', 1, 2)");
  policy_maker_text(&self->maker, "cases/cases.jsonl", "");
  snprintf(self->cases, NAME_BYTES, "%s/cases/cases.jsonl", self->maker.folder);
  snprintf(self->evaluations, NAME_BYTES, "%s/cases/out.jsonl", self->maker.folder);
  snprintf(self->manifest, NAME_BYTES, "%s/cases/out.jsonl.manifest.json", self->maker.folder);
  load(self);
  pi_buffer_init(&self->good, 64 * 1024 * 1024);
  pi_arena_init(&self->result.arena, 4096, 1024 * 1024);
  write_cases(self);
  run_batch(self);
  *state = self;
  return 0;
}

static int tear_down(void **state) {
  rig *self = *state;
  pi_verify_dispose(&self->result);
  pi_buffer_dispose(&self->good);
  pubint_policy_free(self->policy);
  policy_maker_end(&self->maker);
  free(self);
  return 0;
}

#define VERIFY_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static pi_verify_verdict verify(rig *self, unsigned threads, uint64_t sample) {
  const char *cases[] = {self->cases};
  pi_verify_options options = {.cases = cases,
                               .cases_count = 1,
                               .evaluations = self->evaluations,
                               .threads = threads,
                               .sample = sample};
  pubint_error error = {0};
  pi_verify_dispose(&self->result);
  pubint_status status = pi_verify_run(&self->result, self->policy, &options, &error);
  if (status != PUBINT_OK) print_error("E%u %s\n", error.code, error.message);
  assert_int_equal(status, PUBINT_OK);
  return self->result.verdict;
}

static uint64_t lines_of(const pi_buffer *text) {
  uint64_t lines = 0;
  for (size_t i = 0; i < text->len; i++) lines += text->data[i] == '\n';
  return lines;
}

/* ---- what holds ---- */

static void test_verify_accepts_what_a_batch_wrote(void **state) {
  rig *self = *state;
  for (unsigned threads = 1; threads <= 3; threads += 2) {
    assert_int_equal(verify(self, threads, 0), PI_VERIFY_SAME);
    assert_int_equal(self->result.recomputed, lines_of(&self->good));
    assert_int_equal(self->result.refused, CASES / 9);
    assert_true(self->result.has_manifest);
  }
  assert_int_equal(unlink(self->manifest), 0);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_SAME);
  assert_false(self->result.has_manifest);
}

static void test_verify_samples_exactly_as_many_lines_as_asked(void **state) {
  rig *self = *state;
  for (uint64_t count = 1; count <= lines_of(&self->good) + 1; count += 6) {
    uint64_t most = lines_of(&self->good);
    assert_int_equal(verify(self, 2, count), PI_VERIFY_SAME);
    assert_int_equal(self->result.recomputed, count < most ? count : most);
    assert_int_equal(self->result.lines, most);
  }
}

/* ---- what does not ---- */

static uint32_t draw(uint64_t *state, size_t below) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((*state >> 33) % below);
}

/* The line of the first byte at which the evaluations differ from the good ones. */
static uint64_t line_of_difference(const pi_buffer *good, const pi_buffer *bad) {
  uint64_t line = 1;
  for (size_t i = 0; i < good->len && i < bad->len && good->data[i] == bad->data[i]; i++) {
    line += good->data[i] == '\n';
  }
  return line;
}

/* Changes one byte, takes one out or puts one in; false where that is no change. */
static bool spoil(const pi_buffer *good, pi_buffer *out, int way, uint64_t *random) {
  size_t at = draw(random, good->len + (way == 2));
  char byte = (char)draw(random, 256);
  if (draw(random, 8) == 0) byte = '\n';
  pi_buffer_reset(out);
  pi_buffer_append(out, good->data, at);
  if (way != 1) pi_buffer_byte(out, byte);
  size_t rest = at + (way != 2);
  pi_buffer_append(out, good->data + rest, good->len - rest);
  return out->len != good->len || memcmp(out->data, good->data, good->len) != 0;
}

static void test_verify_rejects_every_single_byte_change_and_names_its_line(void **state) {
  rig *self = *state;
  uint64_t random = 20200529;
  pi_buffer bad;
  pi_buffer_init(&bad, 64 * 1024 * 1024);
  for (int change = 0; change < CHANGES;) {
    if (!spoil(&self->good, &bad, change % 3, &random)) continue;
    if (change == CHANGES / 2) assert_int_equal(unlink(self->manifest), 0);
    files_write(self->evaluations, bad.data, bad.len);
    pi_verify_verdict verdict = verify(self, 1 + (unsigned)change % 2, 0);
    uint64_t line = line_of_difference(&self->good, &bad);
    if (verdict == PI_VERIFY_SAME || self->result.line != line) {
      fail_msg("change %d: %s, line %llu instead of %llu", change, pi_verify_verdict_name(verdict),
               (unsigned long long)self->result.line, (unsigned long long)line);
    }
    change++;
  }
  pi_buffer_dispose(&bad);
}

/* Writes the evaluations with `from` replaced by `to` once, behind `skip` bytes. */
static void replace(rig *self, const char *from, const char *to) {
  pi_buffer bad;
  const char *end = pi_buffer_end(&self->good);
  const char *found = strstr(end, from);
  assert_non_null(found);
  pi_buffer_init(&bad, 64 * 1024 * 1024);
  pi_buffer_append(&bad, self->good.data, (size_t)(found - self->good.data));
  pi_buffer_text(&bad, to);
  pi_buffer_text(&bad, found + strlen(from));
  files_write(self->evaluations, bad.data, bad.len);
  pi_buffer_dispose(&bad);
}

static void expect_field(const rig *self, uint32_t place, const char *path, const char *recorded) {
  const pi_field_difference *field = &self->result.fields.items[place];
  assert_true(pi_slice_equal(field->path, pi_slice_of(path)));
  if (recorded == NULL)
    assert_null(field->recorded.ptr);
  else
    assert_true(pi_slice_equal(field->recorded, pi_slice_of(recorded)));
}

static void test_verify_tells_a_difference_field_by_field(void **state) {
  rig *self = *state;
  replace(self, ",\"result\":\"pass\",\"fact\":2,", ",\"result\":\"fail\",\"fact\":20,\"extra\":[],");
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_LINE_DIFFERS);
  assert_int_equal(self->result.fields.count, 3);
  expect_field(self, 0, "/gates/0/result", "\"fail\"");
  expect_field(self, 1, "/gates/0/fact", "20");
  expect_field(self, 2, "/gates/0/extra", "[]");
  assert_null(self->result.fields.items[2].recomputed.ptr);
  assert_non_null(self->result.id.ptr);
}

/* A line made to use up memory is named like any other that differs. */
static void test_verify_names_a_line_of_long_paths(void **state) {
  enum { KEY_BYTES = 60000, ITEMS = 5000 };
  rig *self = *state;
  pi_buffer text;
  pi_buffer_init(&text, 64 * 1024 * 1024);
  const char *second = memchr(self->good.data, '\n', self->good.len);
  pi_buffer_text(&text, "{\"");
  for (int i = 0; i < KEY_BYTES; i++) pi_buffer_byte(&text, 'k');
  pi_buffer_text(&text, "\":[0");
  for (int i = 1; i < ITEMS; i++) pi_buffer_text(&text, ",0");
  pi_buffer_text(&text, "]}");
  pi_buffer_append(&text, second, self->good.len - (size_t)(second - self->good.data));
  files_write(self->evaluations, text.data, text.len);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_LINE_DIFFERS);
  assert_int_equal(self->result.line, 1);
  assert_true(self->result.unreadable);
  pi_buffer_dispose(&text);
}

static void test_verify_tells_the_same_values_in_other_bytes(void **state) {
  rig *self = *state;
  replace(self, "{\"v\":1,", "{ \"v\":1,");
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_LINE_DIFFERS);
  assert_int_equal(self->result.fields.count, 0);
  assert_int_equal(self->result.column, 2);
}

static void test_verify_counts_lines_that_are_missing_or_too_many(void **state) {
  rig *self = *state;
  size_t last = self->good.len - 1;
  while (self->good.data[last - 1] != '\n') last--;
  files_write(self->evaluations, self->good.data, last);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_LINES_MISSING);
  assert_int_equal(self->result.missing, 1);
  assert_int_equal(self->result.line, lines_of(&self->good));
  files_write(self->evaluations, "", 0);
  assert_int_equal(verify(self, 2, 0), PI_VERIFY_LINES_MISSING);
  assert_int_equal(self->result.missing, lines_of(&self->good));
  pi_buffer_append(&self->good, "{}\n{}\n", 6);
  files_write(self->evaluations, self->good.data, self->good.len);
  assert_int_equal(verify(self, 2, 0), PI_VERIFY_LINES_ADDED);
  assert_int_equal(self->result.missing, 2);
  assert_int_equal(self->result.line, lines_of(&self->good) - 1);
}

static void test_verify_says_that_the_last_line_was_cut(void **state) {
  rig *self = *state;
  files_write(self->evaluations, self->good.data, self->good.len - 1);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_LINE_CUT);
  assert_int_equal(self->result.line, lines_of(&self->good));
}

static void test_verify_holds_the_manifest_to_the_files(void **state) {
  rig *self = *state;
  pi_buffer text;
  pi_buffer_init(&text, 1024 * 1024);
  read_file(self->manifest, &text);
  assert_non_null(pi_buffer_end(&text));
  char *digest = strstr(text.data, "\"xxh3_128\":\"");
  assert_non_null(digest);
  digest += strlen("\"xxh3_128\":\"");
  *digest = *digest == '0' ? '1' : '0';
  files_write(self->manifest, text.data, text.len);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_MANIFEST_DIFFERS);
  assert_int_equal(self->result.findings_count, 1);
  pi_buffer_dispose(&text);
}

/* Where a manifest says a thing twice, both are held to what is, and so is what only people read. */
static void test_verify_holds_every_part_of_the_manifest(void **state) {
  static const struct {
    const char *before, *at; /* the text behind `at`, itself behind `before`, is changed */
    const char *what;
  } PARTS[] = {
      {"\"policy_files\"", "\"sha256\":\"", "digest of policy_files"},
      {"\n\"out\"", "\"bytes\":", "bytes of evaluations"},
      {"\n\"out\"", "\"lines\":", "lines of evaluations"},
      {"\n\"out\"", "\"xxh3_128\":\"", "digest of evaluations"},
      {"\n\"totals\"", "\"violence\":", "totals"},
      {"\"checkpoints\"", "},\"out\":{\"bytes\":", "bytes of the last checkpoint"},
  };
  rig *self = *state;
  pi_buffer good;
  pi_buffer_init(&good, 1024 * 1024);
  read_file(self->manifest, &good);
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
    pi_buffer text;
    pi_buffer_init(&text, 1024 * 1024);
    pi_buffer_append(&text, good.data, good.len);
    assert_non_null(pi_buffer_end(&text));
    char *place = strstr(text.data, PARTS[i].before);
    assert_non_null(place);
    place = strstr(place, PARTS[i].at);
    assert_non_null(place);
    place += strlen(PARTS[i].at);
    *place = *place == '1' ? '2' : '1';
    files_write(self->manifest, text.data, text.len);
    assert_int_equal(verify(self, 1, 0), PI_VERIFY_MANIFEST_DIFFERS);
    assert_true(pi_slice_equal(self->result.findings[0].what, pi_slice_of(PARTS[i].what)));
    pi_buffer_dispose(&text);
  }
  pi_buffer_dispose(&good);
}

static void test_verify_samples_prove_the_rest_by_the_manifest(void **state) {
  rig *self = *state;
  replace(self, "\"limit\":100000", "\"limit\":100001");
  bool seen = false;
  for (uint64_t count = 1; count < 40 && !seen; count += 4) {
    pi_verify_verdict verdict = verify(self, 1, count);
    assert_true(verdict == PI_VERIFY_MANIFEST_DIFFERS || verdict == PI_VERIFY_LINE_DIFFERS);
    seen = verdict == PI_VERIFY_LINE_DIFFERS;
  }
  assert_true(seen || verify(self, 1, 0) == PI_VERIFY_LINE_DIFFERS);
}

/* ---- another policy ---- */

static const pi_verify_file *find_file(const rig *self, const char *path) {
  for (uint32_t i = 0; i < self->result.files_count; i++) {
    if (pi_slice_equal(self->result.files[i].path, pi_slice_of(path))) return &self->result.files[i];
  }
  fail_msg("%s is not named", path);
  return NULL;
}

static void change_policy(rig *self) {
  policy_maker_rule(&self->maker, "violence", "2",
                    "balance:interest('debate', case.context.public_debate, 3)");
  policy_maker_delete(&self->maker, "markets/NL.lua");
  policy_maker_text(&self->maker, "lib/more.lua", "return {}\n");
  load(self);
}

static void test_verify_names_the_files_of_another_policy(void **state) {
  rig *self = *state;
  change_policy(self);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_OTHER_POLICY);
  assert_true(self->result.files_known);
  assert_false(self->result.files_lie);
  assert_int_equal(self->result.files_count, 3);
  assert_int_equal(find_file(self, "rules/violence.lua")->change, PI_FILE_CHANGED);
  assert_int_equal(find_file(self, "markets/NL.lua")->change, PI_FILE_REMOVED);
  assert_int_equal(find_file(self, "lib/more.lua")->change, PI_FILE_ADDED);
}

static void test_verify_knows_another_policy_without_a_manifest(void **state) {
  rig *self = *state;
  change_policy(self);
  assert_int_equal(unlink(self->manifest), 0);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_OTHER_POLICY);
  assert_false(self->result.files_known);
  assert_int_equal(self->result.files_count, 4); /* what the loaded one is made of */
}

static void test_verify_does_not_believe_a_list_of_files_that_is_not_the_policys(void **state) {
  rig *self = *state;
  pi_buffer text;
  pi_buffer_init(&text, 1024 * 1024);
  read_file(self->manifest, &text);
  assert_non_null(pi_buffer_end(&text));
  char *path = strstr(text.data, "rules/violence.lua");
  assert_non_null(path);
  *path = 'R';
  files_write(self->manifest, text.data, text.len);
  pi_buffer_dispose(&text);
  change_policy(self);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_OTHER_POLICY);
  assert_true(self->result.files_lie);
}

static void test_verify_knows_another_version_of_the_program(void **state) {
  rig *self = *state;
  assert_int_equal(unlink(self->manifest), 0);
  pi_buffer bad;
  pi_buffer_init(&bad, 64 * 1024 * 1024);
  assert_non_null(pi_buffer_end(&self->good));
  for (const char *p = self->good.data; *p != '\0';) {
    const char *host = strstr(p, "\"host\":\"");
    size_t upto = host != NULL ? (size_t)(host - p) : strlen(p);
    pi_buffer_append(&bad, p, upto);
    p += upto;
    if (host == NULL) break;
    pi_buffer_text(&bad, "\"host\":\"99.");
    p += strlen("\"host\":\"");
  }
  files_write(self->evaluations, bad.data, bad.len);
  pi_buffer_dispose(&bad);
  assert_int_equal(verify(self, 1, 0), PI_VERIFY_OTHER_HOST);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      VERIFY_TEST(test_verify_accepts_what_a_batch_wrote),
      VERIFY_TEST(test_verify_samples_exactly_as_many_lines_as_asked),
      VERIFY_TEST(test_verify_rejects_every_single_byte_change_and_names_its_line),
      VERIFY_TEST(test_verify_tells_a_difference_field_by_field),
      VERIFY_TEST(test_verify_names_a_line_of_long_paths),
      VERIFY_TEST(test_verify_tells_the_same_values_in_other_bytes),
      VERIFY_TEST(test_verify_counts_lines_that_are_missing_or_too_many),
      VERIFY_TEST(test_verify_says_that_the_last_line_was_cut),
      VERIFY_TEST(test_verify_holds_the_manifest_to_the_files),
      VERIFY_TEST(test_verify_holds_every_part_of_the_manifest),
      VERIFY_TEST(test_verify_samples_prove_the_rest_by_the_manifest),
      VERIFY_TEST(test_verify_names_the_files_of_another_policy),
      VERIFY_TEST(test_verify_knows_another_policy_without_a_manifest),
      VERIFY_TEST(test_verify_does_not_believe_a_list_of_files_that_is_not_the_policys),
      VERIFY_TEST(test_verify_knows_another_version_of_the_program),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
