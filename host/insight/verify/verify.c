#include "verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pubint/engine.h>

#include "errors.h"
#include "line_reader.h"
#include "policy.h"

/* What stays the same over one run. `result` is written by the one thread that hands lines over. */
typedef struct verify {
  pi_verify_result *result;
  const pubint_policy *policy;
  pi_stop stop;       /* asked once a line differs */
  atomic_int ended;   /* the evaluations have ended: nothing more is recomputed */
  uint64_t threshold; /* of a sample: lines whose hash is at most this are chosen */
  pi_line_reader evaluations;
  bool no_excerpts;
  bool evaluated; /* an evaluation was compared already */
  pi_manifest was;
} verify;

const char *pi_verify_verdict_name(pi_verify_verdict verdict) {
  static const char *const NAMES[PI_VERIFY_VERDICTS] = {
      [PI_VERIFY_SAME] = "same",
      [PI_VERIFY_LINE_DIFFERS] = "line_differs",
      [PI_VERIFY_LINE_CUT] = "line_cut",
      [PI_VERIFY_LINES_MISSING] = "lines_missing",
      [PI_VERIFY_LINES_ADDED] = "lines_added",
      [PI_VERIFY_OTHER_POLICY] = "other_policy",
      [PI_VERIFY_OTHER_HOST] = "other_host",
      [PI_VERIFY_MANIFEST_DIFFERS] = "manifest_differs",
  };
  return NAMES[verdict];
}

/* ---- a line that differs ---- */

/* The bytes about the first that differs. */
static pi_slice part_of(pi_arena *arena, pi_slice line, size_t at) {
  enum { BEFORE = 24, BEHIND = 40 };
  size_t begin = at > BEFORE ? at - BEFORE : 0;
  size_t end = at + BEHIND < line.len ? at + BEHIND : line.len;
  if (begin > line.len) begin = line.len;
  while (begin > 0 && begin < line.len && (line.ptr[begin] & 0xC0) == 0x80) begin--;
  while (end < line.len && (line.ptr[end] & 0xC0) == 0x80) end++;
  return pi_arena_copy(arena, (pi_slice){line.ptr + begin, end - begin});
}

static bool copy_fields(pi_arena *arena, pi_field_differences *fields) {
  bool done = true;
  for (uint32_t i = 0; i < fields->shown; i++) {
    pi_slice *texts[] = {&fields->items[i].path, &fields->items[i].recorded, &fields->items[i].recomputed};
    for (size_t j = 0; j < sizeof texts / sizeof *texts; j++) {
      if (texts[j]->ptr == NULL) continue;
      *texts[j] = pi_arena_copy(arena, *texts[j]);
      done = done && texts[j]->ptr != NULL;
    }
  }
  return done;
}

/* The line's id, if it has one; false when memory ran out. */
static bool copy_id(pi_arena *arena, const pi_leaves *line, pi_slice *out) {
  pi_slice id = pi_fields_text(line, "/id");
  if (id.ptr == NULL) return true;
  *out = pi_arena_copy(arena, id);
  return out->ptr != NULL;
}

/* Whether the evaluations are of another policy, or of another version of the program: then the first of them
 * says so, and no line of them can be the same. */
static bool is_other(verify *self, const pi_leaves *recorded, const pi_leaves *recomputed) {
  static const struct {
    const char *path;
    pi_verify_verdict verdict;
  } WHOSE[] = {{"/policy", PI_VERIFY_OTHER_POLICY}, {"/host", PI_VERIFY_OTHER_HOST}};
  if (self->evaluated || self->result->has_manifest) return false;
  for (size_t i = 0; i < sizeof WHOSE / sizeof *WHOSE; i++) {
    pi_slice had = pi_fields_text(recorded, WHOSE[i].path), has = pi_fields_text(recomputed, WHOSE[i].path);
    if (had.ptr == NULL || has.ptr == NULL || pi_slice_equal(had, has)) continue;
    self->result->verdict = WHOSE[i].verdict;
    self->result->recorded_policy = pi_arena_copy(&self->result->arena, had);
    return true;
  }
  return false;
}

/* Leaves out what the lines say; where they differ stays. False when memory ran out. */
static bool leave_out(pi_verify_result *out) {
  bool done = true;
  out->recorded_part = out->recomputed_part = (pi_slice){NULL, 0};
  for (uint32_t i = 0; i < out->fields.shown; i++) {
    pi_field_difference *field = &out->fields.items[i];
    pubint_error place = {.status = PUBINT_E_INPUT};
    pi_error_field(place.path, sizeof place.path, field->path.ptr, field->path.len);
    pi_error_unquote(&place);
    *field = (pi_field_difference){.path = pi_arena_copy(&out->arena, pi_slice_of(place.path))};
    done = done && field->path.ptr != NULL;
  }
  return done;
}

/* Says of the line where it differs, and how. */
static pubint_status explain(verify *self, pi_slice recorded, pi_slice recomputed, pubint_error *error) {
  pi_verify_result *out = self->result;
  pi_leaves had, has;
  size_t at = 0, least = recorded.len < recomputed.len ? recorded.len : recomputed.len;
  while (at < least && recorded.ptr[at] == recomputed.ptr[at]) at++;
  out->verdict = PI_VERIFY_LINE_DIFFERS;
  out->line = out->lines;
  out->column = at + 1;
  out->recorded_part = part_of(&out->arena, recorded, at);
  out->recomputed_part = part_of(&out->arena, recomputed, at);
  if (out->recorded_part.ptr == NULL || out->recomputed_part.ptr == NULL) {
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  pubint_status status = pi_fields_read(&has, recomputed, &out->arena, error);
  if (status == PUBINT_OK && !copy_id(&out->arena, &has, &out->id)) {
    status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (status != PUBINT_OK) return status;
  status = pi_fields_read(&had, recorded, &out->arena, &out->syntax);
  out->unreadable = status == PUBINT_E_INPUT;
  if (out->unreadable && self->no_excerpts) leave_out(out);
  if (out->unreadable) return PUBINT_OK;
  if (status != PUBINT_OK || !copy_id(&out->arena, &had, &out->recorded_id)) {
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (is_other(self, &had, &has)) {
    bool done = out->recorded_policy.ptr != NULL &&
                pi_verify_policy_files(out, self->policy, self->was.policy_sums, out->recorded_policy);
    return done ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
  }
  pi_fields_compare(&out->fields, &had, &has);
  if (self->no_excerpts && !leave_out(out)) return pi_error_set(error, PI_E_NO_MEMORY);
  return copy_fields(&out->arena, &out->fields) ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

static void end_here(verify *self) {
  atomic_store(&self->stop.asked, 1);
}

/* ---- what a batch hands over ---- */

static bool is_refusal(pi_slice line) {
  static const char EVALUATED[] = "{\"v\":1,\"id\":";
  if (line.len < sizeof EVALUATED || memcmp(line.ptr, EVALUATED, sizeof EVALUATED - 1) != 0) return true;
  return false; /* a refused line has its file or its number before its id */
}

/* One line: empty where it was not to be recomputed. */
static pubint_status compare(verify *self, pi_slice recomputed, pubint_error *error) {
  pi_verify_result *out = self->result;
  pi_read_line recorded = {0};
  bool there;
  pubint_status status = pi_line_reader_next(&self->evaluations, &recorded, &there, error);
  if (status != PUBINT_OK) return status;
  if (!there) {
    if (out->verdict == PI_VERIFY_SAME) out->line = out->lines + 1;
    out->verdict = PI_VERIFY_LINES_MISSING;
    out->missing++;
    atomic_store(&self->ended, 1);
    return PUBINT_OK;
  }
  out->lines++;
  bool same = recomputed.len == 0 || pi_slice_equal(recorded.text, recomputed);
  if (same && recorded.newline) {
    if (recomputed.len == 0) return PUBINT_OK;
    out->recomputed++;
    if (is_refusal(recomputed))
      out->refused++;
    else
      self->evaluated = true;
    return PUBINT_OK;
  }
  end_here(self);
  if (!same) return explain(self, recorded.text, recomputed, error);
  out->verdict = PI_VERIFY_LINE_CUT;
  out->line = out->lines;
  return PUBINT_OK;
}

static pubint_status take(void *context, const char *lines, size_t count, pubint_error *error) {
  verify *self = context;
  pubint_status status = PUBINT_OK;
  for (const char *p = lines, *end = lines + count; p < end && status == PUBINT_OK;) {
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    if (pi_stop_asked(&self->stop)) break;
    status = compare(self, (pi_slice){p, (size_t)(newline - p)}, error);
    p = newline + 1;
  }
  return status;
}

/* splitmix64's last step: no two numbers have one value, so the smallest of them are as many as one asks. */
static uint64_t hash_line(uint64_t number) {
  uint64_t z = number * UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static bool wants(void *context, uint64_t line) {
  verify *self = context;
  return atomic_load_explicit(&self->ended, memory_order_relaxed) == 0 && hash_line(line) <= self->threshold;
}

/* Behind the last case: the evaluations are to end here too, and the manifest is to say the same. */
static pubint_status end(void *context, const pi_manifest *is, pubint_error *error) {
  verify *self = context;
  pi_verify_result *out = self->result;
  pi_read_line line = {0};
  bool there = true;
  pubint_status status = PUBINT_OK;
  if (out->verdict != PI_VERIFY_SAME) return PUBINT_OK;
  while (there && status == PUBINT_OK) {
    status = pi_line_reader_next(&self->evaluations, &line, &there, error);
    if (!there) break;
    if (out->verdict == PI_VERIFY_SAME) out->line = out->lines + 1;
    out->verdict = PI_VERIFY_LINES_ADDED;
    out->missing++;
  }
  if (status != PUBINT_OK || out->verdict != PI_VERIFY_SAME || !out->has_manifest) return status;
  if (!pi_verify_manifest(out, &self->was, is, &self->evaluations.lines.inputs[0])) {
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (out->findings_count > 0) out->verdict = PI_VERIFY_MANIFEST_DIFFERS;
  return PUBINT_OK;
}

/* ---- a sample ---- */

static void sink(uint64_t *heap, size_t count, size_t at) {
  for (;;) {
    size_t child = 2 * at + 1;
    if (child >= count) return;
    if (child + 1 < count && heap[child + 1] > heap[child]) child++;
    if (heap[at] >= heap[child]) return;
    uint64_t hash = heap[at];
    heap[at] = heap[child];
    heap[child] = hash;
    at = child;
  }
}

/* Counts the lines of the evaluations, and finds the hash at or below which exactly `sample` of their numbers
 * lie. */
static pubint_status choose(verify *self, const char *name, uint64_t sample, pubint_error *error) {
  pi_line_reader reader;
  pi_read_line line = {0};
  bool there = true;
  pubint_status status = pi_line_reader_open(&reader, &name, 1, false, NULL, error);
  if (status == PUBINT_OK && !reader.lines.inputs[0].again) {
    status = pi_error_set(error, PI_E_RECORD_IS_NO_FILE);
  }
  while (there && status == PUBINT_OK) status = pi_line_reader_next(&reader, &line, &there, error);
  uint64_t count = status == PUBINT_OK ? reader.lines.inputs[0].lines : 0;
  pi_line_reader_close(&reader);
  self->threshold = UINT64_MAX;
  if (status != PUBINT_OK || count <= sample) return status;
  uint64_t *heap = malloc((size_t)sample * sizeof *heap); /* the smallest so far, the greatest on top */
  if (heap == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  for (uint64_t i = 0; i < sample; i++) heap[i] = hash_line(i + 1);
  for (size_t i = (size_t)sample / 2; i > 0; i--) sink(heap, (size_t)sample, i - 1);
  for (uint64_t number = sample + 1; number <= count; number++) {
    uint64_t hash = hash_line(number);
    if (hash >= heap[0]) continue;
    heap[0] = hash;
    sink(heap, (size_t)sample, 0);
  }
  self->threshold = heap[0];
  free(heap);
  return PUBINT_OK;
}

/* What is packed can only be read from its beginning to its end, which is what a sample saves. */
static pubint_status refuse_packed(const pi_verify_options *options, pubint_error *error) {
  static const char WHO[] = "by --sample";
  pubint_status status = pi_packing_refuse_file(options->evaluations, WHO, error);
  for (size_t i = 0; i < options->cases_count && status == PUBINT_OK; i++) {
    status = pi_packing_refuse_file(options->cases[i], WHO, error);
  }
  if (status != PUBINT_OK && error != NULL)
    snprintf(error->hint, sizeof error->hint, "without --sample all of it is evaluated anew");
  return status;
}

/* ---- the whole ---- */

/* What the manifest says of policy and program, before anything is compared; *other when it is another. */
static pubint_status look_at_manifest(verify *self, const char *evaluations, bool *other,
                                      pubint_error *error) {
  pi_verify_result *out = self->result;
  pi_slice policy = pi_slice_of(pubint_policy_id(self->policy)), host = pi_slice_of(pubint_version());
  pubint_status status = PUBINT_OK;
  if (strcmp(evaluations, "-") != 0) {
    status = pi_manifest_read(&self->was, evaluations, &out->has_manifest, &out->arena, error);
  }
  if (status != PUBINT_OK || !out->has_manifest) return status;
  *other = true;
  if (!pi_slice_equal(self->was.policy, policy)) {
    out->verdict = PI_VERIFY_OTHER_POLICY;
    out->recorded_policy = self->was.policy;
    bool done = pi_verify_policy_files(out, self->policy, self->was.policy_sums, self->was.policy);
    return done ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
  }
  if (!pi_slice_equal(self->was.host, host)) {
    out->verdict = PI_VERIFY_OTHER_HOST;
    out->recorded_policy = self->was.host;
    return PUBINT_OK;
  }
  *other = false;
  return PUBINT_OK;
}

/* Refused lines name their file, as the run that wrote them did. */
static bool take_names(verify *self, size_t count, const char ***out) {
  *out = NULL;
  if (!self->result->has_manifest || self->was.files_count != count) return true;
  const char **names = pi_arena_alloc(&self->result->arena, count * sizeof *names);
  if (names == NULL) return false;
  for (size_t i = 0; i < count; i++) {
    names[i] = pi_arena_copy(&self->result->arena, self->was.files[i].name).ptr;
    if (names[i] == NULL) return false;
  }
  *out = names;
  return true;
}

static bool has_sha256(const pi_manifest *was) {
  return was->complete && was->whole.digest.sha256[0] != '\0';
}

static pubint_status recompute(verify *self, const pi_verify_options *options, pubint_error *error) {
  const pi_batch_taker taker = {.take = take, .wants = wants, .end = end, .context = self};
  bool sha256 = self->result->has_manifest && has_sha256(&self->was);
  const char **names;
  size_t inputs = options->cases_count > 0 ? options->cases_count : 1;
  if (!take_names(self, inputs, &names)) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status =
      pi_line_reader_open(&self->evaluations, &options->evaluations, 1, sha256, &self->stop, error);
  const pi_batch_options batch = {.no_excerpts = options->no_excerpts,
                                  .files = options->cases,
                                  .files_count = options->cases_count,
                                  .names = names,
                                  .taker = &taker,
                                  .threads = options->threads,
                                  .sha256 = sha256,
                                  .stop = &self->stop,
                                  .progress = options->progress,
                                  .context = options->context};
  pi_batch_result done;
  if (status == PUBINT_OK) status = pi_batch_run(self->policy, &batch, &done, error);
  pi_line_reader_close(&self->evaluations);
  return status;
}

pubint_status pi_verify_run(pi_verify_result *out, const pubint_policy *policy,
                            const pi_verify_options *options, pubint_error *error) {
  enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 256 * 1024 * 1024 };
  *out = (pi_verify_result){0};
  pi_arena_init(&out->arena, ARENA_BLOCK, ARENA_MAX);
  verify self = {.result = out,
                 .policy = policy,
                 .no_excerpts = options->no_excerpts,
                 .stop = {.wake = -1},
                 .threshold = UINT64_MAX};
  bool other = false;
  pubint_status status = look_at_manifest(&self, options->evaluations, &other, error);
  if (status == PUBINT_OK && !other && options->sample > 0) status = refuse_packed(options, error);
  if (status == PUBINT_OK && !other && options->sample > 0) {
    status = choose(&self, options->evaluations, options->sample, error);
  }
  if (status == PUBINT_OK && !other) status = recompute(&self, options, error);
  pi_manifest_dispose(&self.was);
  return status;
}

void pi_verify_dispose(pi_verify_result *result) {
  pi_arena_dispose(&result->arena);
}
