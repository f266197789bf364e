#include <stdio.h>
#include <string.h>

#include "policy_files.h"
#include "sha256.h"
#include "totals_json.h"
#include "verify.h"

/* ---- the manifest ---- */

static bool find(pi_verify_result *out, const char *what, pi_slice recorded, pi_slice found) {
  if (pi_slice_equal(recorded, found) || out->findings_count == PI_VERIFY_FINDINGS_MAX) return true;
  pi_verify_finding *finding = &out->findings[out->findings_count++];
  *finding = (pi_verify_finding){.what = pi_arena_copy(&out->arena, pi_slice_of(what)),
                                 .recorded = pi_arena_copy(&out->arena, recorded),
                                 .found = pi_arena_copy(&out->arena, found)};
  return finding->what.ptr != NULL && finding->recorded.ptr != NULL && finding->found.ptr != NULL;
}

static bool find_count(pi_verify_result *out, const char *what, uint64_t recorded, uint64_t found) {
  char was[24], is[24];
  snprintf(was, sizeof was, "%llu", (unsigned long long)recorded);
  snprintf(is, sizeof is, "%llu", (unsigned long long)found);
  return find(out, what, pi_slice_of(was), pi_slice_of(is));
}

static bool find_digest(pi_verify_result *out, const char *what, const pi_digest_value *recorded,
                        const pi_digest_value *found) {
  bool done = find(out, what, pi_slice_of(recorded->xxh3), pi_slice_of(found->xxh3));
  if (recorded->sha256[0] == '\0' || found->sha256[0] == '\0') return done;
  return done && find(out, what, pi_slice_of(recorded->sha256), pi_slice_of(found->sha256));
}

static bool compare_file(pi_verify_result *out, const pi_manifest_file *was, const pi_manifest_file *is) {
  char what[256];
  snprintf(what, sizeof what, "bytes of %.*s", (int)(is->name.len < 200 ? is->name.len : 200), is->name.ptr);
  bool done = find_count(out, what, was->bytes, is->bytes);
  memcpy(what, "lines", sizeof "lines" - 1);
  done = done && find_count(out, what, was->lines, is->lines);
  snprintf(what, sizeof what, "digest of %.*s", (int)(is->name.len < 200 ? is->name.len : 200), is->name.ptr);
  return done && find_digest(out, what, &was->digest, &is->digest);
}

/* What was counted, as JSON: it is one text where the counts are the same. */
static bool compare_totals(pi_verify_result *out, const char *what, const pi_totals *was,
                           const pi_totals *is) {
  pi_buffer recorded, found;
  pi_buffer_init(&recorded, 1024 * 1024);
  pi_buffer_init(&found, 1024 * 1024);
  pi_totals_write(&(pi_outline){.out = &recorded, .compact = true}, NULL, was);
  pi_totals_write(&(pi_outline){.out = &found, .compact = true}, NULL, is);
  bool done = !recorded.failed && !found.failed &&
              find(out, what, (pi_slice){recorded.data, recorded.len}, (pi_slice){found.data, found.len});
  pi_buffer_dispose(&recorded);
  pi_buffer_dispose(&found);
  return done;
}

/* The list of the policy's files, by its digest, which the policy's id ends in. */
static bool compare_sums(pi_verify_result *out, pi_slice was, pi_slice is) {
  char recorded[PI_SHA256_HEX + 1], found[PI_SHA256_HEX + 1];
  if (was.ptr == NULL) return true; /* not recorded */
  pi_sha256_of(was, recorded);
  pi_sha256_of(is, found);
  return find(out, "digest of policy_files", pi_slice_of(recorded), pi_slice_of(found));
}

/* The last checkpoint says the same as the whole, once that is what is. */
static bool compare_last(pi_verify_result *out, const pi_checkpoint *last, const pi_manifest_whole *whole) {
  return find_count(out, "bytes of the last checkpoint", last->out_bytes, whole->bytes) &&
         find_digest(out, "digest of the last checkpoint", &last->out_digest, &whole->digest) &&
         compare_totals(out, "totals of the last checkpoint", &last->totals, &whole->totals);
}

bool pi_verify_manifest(pi_verify_result *out, const pi_manifest *was, const pi_manifest *is,
                        const pi_input *evaluations) {
  if (!was->complete) return find(out, "state", PI_SLICE("running"), PI_SLICE("complete"));
  const pi_manifest_whole *whole = &was->whole;
  const pi_checkpoint *now = &is->checkpoints.points[is->checkpoints.count - 1];
  bool done = find_count(out, "number of inputs", was->files_count, is->files_count);
  for (size_t i = 0; done && i < was->files_count && i < is->files_count; i++) {
    done = compare_file(out, &was->files[i], &is->files[i]);
  }
  done = done && compare_sums(out, was->policy_sums, is->policy_sums) &&
         find_count(out, "bytes of evaluations", whole->bytes, evaluations->bytes) &&
         find_count(out, "lines of evaluations", whole->lines, evaluations->lines) &&
         find_count(out, "lines of totals", whole->totals.lines, evaluations->lines) &&
         find_digest(out, "digest of evaluations", &whole->digest, &evaluations->whole);
  /* A sample counts only what it chose. */
  bool all = now->totals.lines == evaluations->lines;
  if (done && all) done = compare_totals(out, "totals", &whole->totals, &now->totals);
  if (!done || out->findings_count > 0) return done;
  return compare_last(out, &was->checkpoints.points[was->checkpoints.count - 1], whole);
}

/* ---- the policy's files ---- */

static uint32_t count_lines(pi_slice sums) {
  pi_slice hex, path;
  uint32_t count = 0;
  while (pi_policy_digest_next_line(&sums, &hex, &path)) count++;
  return count;
}

static bool ends_in_digest_of(pi_slice id, pi_slice sums) {
  char hex[PI_SHA256_HEX + 1];
  pi_sha256_of(sums, hex);
  return id.len > PI_SHA256_HEX && memcmp(id.ptr + id.len - PI_SHA256_HEX, hex, PI_SHA256_HEX) == 0;
}

static void add_file(void *context, pi_slice path, pi_policy_file_change change) {
  pi_verify_result *out = context;
  out->files[out->files_count++] = (pi_verify_file){pi_arena_copy(&out->arena, path), change};
}

bool pi_verify_policy_files(pi_verify_result *out, const pubint_policy *policy, pi_slice sums, pi_slice id) {
  out->files_known = sums.ptr != NULL;
  out->files_lie = out->files_known && !ends_in_digest_of(id, sums);
  out->files =
      pi_arena_alloc(&out->arena, (count_lines(sums) + count_lines(policy->sums) + 1) * sizeof *out->files);
  if (out->files == NULL) return false;
  pi_policy_digest_compare(sums, policy->sums, add_file, out);
  for (uint32_t i = 0; i < out->files_count; i++) {
    if (out->files[i].path.ptr == NULL) return false;
  }
  return true;
}
