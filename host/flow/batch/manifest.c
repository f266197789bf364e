#include "manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "file.h"
#include "file_error.h"
#include "policy_files.h"
#include "sha256.h"
#include "target.h"
#include "totals_json.h"

enum { MANIFEST_MAX = 64 * 1024 * 1024, DEPTH_MAX = 8 };

bool pi_manifest_name(char name[PI_MANIFEST_NAME_BYTES], const char *out) {
  int length = snprintf(name, PI_MANIFEST_NAME_BYTES, "%s.manifest.json", out);
  return length > 0 && length < PI_MANIFEST_NAME_BYTES;
}

void pi_manifest_dispose(pi_manifest *manifest) {
  pi_checkpoints_dispose(&manifest->checkpoints);
}

/* ---- writing ---- */

static void put_digest(pi_outline *out, const pi_digest_value *digest) {
  pi_outline_text(out, "xxh3_128", digest->xxh3);
  if (digest->sha256[0] != '\0') pi_outline_text(out, "sha256", digest->sha256);
}

static void put_file(pi_outline *out, const pi_manifest_file *file) {
  pi_outline_open(out, NULL, '{');
  pi_outline_string(out, "name", file->name);
  if (file->sized || file->done) pi_outline_count(out, "bytes", file->bytes);
  if (file->done) {
    pi_outline_count(out, "lines", file->lines);
    put_digest(out, &file->digest);
  }
  pi_outline_close(out, '}');
}

static void put_checkpoint(pi_outline *out, const pi_checkpoint *point) {
  pi_outline_open(out, NULL, '{');
  pi_outline_open(out, "input", '{');
  pi_outline_count(out, "file", point->input.input);
  pi_outline_count(out, "bytes", point->input.bytes);
  pi_outline_count(out, "lines", point->input.lines);
  pi_outline_count(out, "all_bytes", point->input.all_bytes);
  pi_outline_count(out, "before", point->before);
  put_digest(out, &point->input.digest);
  pi_outline_close(out, '}');
  pi_outline_open(out, "out", '{');
  pi_outline_count(out, "bytes", point->out_bytes);
  put_digest(out, &point->out_digest);
  pi_outline_close(out, '}');
  if (point->passing) pi_outline_bool(out, "passing", true);
  pi_totals_write(out, "totals", &point->totals);
  pi_outline_close(out, '}');
}

/* The policy's files, so that whoever finds another policy can tell which of them are others. */
static void put_sums(pi_outline *out, pi_slice sums) {
  pi_slice hex, path;
  if (sums.len == 0) return;
  pi_outline_break(out);
  pi_outline_open(out, "policy_files", '[');
  while (pi_policy_digest_next_line(&sums, &hex, &path)) {
    pi_outline_break(out);
    pi_outline_open(out, NULL, '{');
    pi_outline_string(out, "path", path);
    pi_outline_string(out, "sha256", hex);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
}

static void put_end(pi_outline *out, const pi_checkpoint *end) {
  pi_outline_break(out);
  pi_outline_open(out, "out", '{');
  pi_outline_count(out, "bytes", end->out_bytes);
  pi_outline_count(out, "lines", end->totals.lines);
  put_digest(out, &end->out_digest);
  pi_outline_close(out, '}');
  pi_outline_break(out);
  pi_totals_write(out, "totals", &end->totals);
}

/* A line for each file and each checkpoint. */
void pi_manifest_put(pi_buffer *buffer, const pi_manifest *manifest) {
  const pi_checkpoints *list = &manifest->checkpoints;
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  pi_outline_text(out, "state", manifest->complete ? "complete" : "running");
  pi_outline_string(out, "host", manifest->host);
  pi_outline_string(out, "policy", manifest->policy);
  pi_outline_given(out, "rows", manifest->rows);
  put_sums(out, manifest->policy_sums);
  pi_outline_break(out);
  pi_outline_open(out, "files", '[');
  for (size_t i = 0; i < manifest->files_count; i++) {
    pi_outline_break(out);
    put_file(out, &manifest->files[i]);
  }
  pi_outline_close(out, ']');
  if (manifest->complete) put_end(out, &list->points[list->count - 1]);
  pi_outline_break(out);
  pi_outline_count(out, "interval", list->interval);
  pi_outline_break(out);
  pi_outline_open(out, "checkpoints", '[');
  for (size_t i = 0; i < list->count; i++) {
    pi_outline_break(out);
    put_checkpoint(out, &list->points[i]);
  }
  pi_outline_close(out, ']');
  pi_outline_end(out);
}

pubint_status pi_manifest_write(pi_manifest *manifest, const char *out, int out_fd, pubint_error *error) {
  char name[PI_MANIFEST_NAME_BYTES];
  if (!pi_manifest_name(name, out)) return pi_file_error(error, PI_E_CANNOT_WRITE, out, ENAMETOOLONG);
  pi_buffer text;
  pi_buffer_init(&text, MANIFEST_MAX);
  pi_manifest_put(&text, manifest);
  pubint_status status = text.failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
  /* What the manifest says of the output must be true after a power cut too. */
  if (status == PUBINT_OK && fdatasync(out_fd) != 0 && errno != EINVAL && errno != EROFS) {
    status = pi_file_error(error, PI_E_CANNOT_WRITE, out, errno);
  }
  if (status == PUBINT_OK) {
    pi_target_over over = manifest->own ? PI_TARGET_FORCE : PI_TARGET_NEW;
    status = pi_target_write(name, (pi_slice){text.data, text.len}, over, error);
  }
  if (status == PUBINT_OK) manifest->own = true;
  pi_buffer_dispose(&text);
  return status;
}

/* ---- reading ---- */

static bool take_slice(const pi_tree *tree, uint32_t object, const char *key, pi_slice *out) {
  uint32_t index = pi_tree_find(tree, object, pi_slice_of(key));
  if (index == UINT32_MAX || tree->nodes[index].kind != PI_NODE_STRING) return false;
  *out = tree->nodes[index].as.string;
  return true;
}

/* A text member copied into a field of `size` bytes; false where it is not there or longer. */
static bool take_text(const pi_tree *tree, uint32_t object, const char *key, char *out, size_t size) {
  pi_slice text;
  if (!take_slice(tree, object, key, &text) || text.len >= size) return false;
  memcpy(out, text.ptr, text.len);
  out[text.len] = '\0';
  return true;
}

static bool take_digest(const pi_tree *tree, uint32_t object, pi_digest_value *out) {
  *out = (pi_digest_value){0};
  take_text(tree, object, "sha256", out->sha256, sizeof out->sha256);
  return take_text(tree, object, "xxh3_128", out->xxh3, sizeof out->xxh3);
}

/* The array `key`: index of its first item and their number, which are objects all. */
static bool take_objects(const pi_tree *tree, uint32_t object, const char *key, uint32_t *first,
                         uint32_t *count) {
  uint32_t index = pi_tree_find(tree, object, pi_slice_of(key));
  if (index == UINT32_MAX || tree->nodes[index].kind != PI_NODE_ARRAY) return false;
  *count = tree->nodes[index].count;
  *first = *count > 0 ? tree->nodes[index].as.first : 0;
  for (uint32_t i = 0; i < *count; i++) {
    if (tree->nodes[*first + i].kind != PI_NODE_OBJECT) return false;
  }
  return true;
}

static bool take_checkpoint(const pi_tree *tree, uint32_t object, pi_checkpoint *out) {
  uint64_t file = 0;
  uint32_t input, written, totals;
  *out = (pi_checkpoint){.passing = pi_tree_find(tree, object, PI_SLICE("passing")) != UINT32_MAX};
  bool whole = pi_totals_tree_object(tree, object, "input", &input) &&
               pi_totals_tree_object(tree, object, "out", &written) &&
               pi_totals_tree_object(tree, object, "totals", &totals) &&
               pi_totals_tree_count(tree, input, "file", &file) &&
               pi_totals_tree_count(tree, input, "bytes", &out->input.bytes) &&
               pi_totals_tree_count(tree, input, "lines", &out->input.lines) &&
               pi_totals_tree_count(tree, input, "all_bytes", &out->input.all_bytes) &&
               pi_totals_tree_count(tree, input, "before", &out->before) &&
               take_digest(tree, input, &out->input.digest) &&
               pi_totals_tree_count(tree, written, "bytes", &out->out_bytes) &&
               take_digest(tree, written, &out->out_digest) && pi_totals_read(tree, totals, &out->totals);
  out->input.input = (size_t)file;
  return whole;
}

static bool take_checkpoints(const pi_tree *tree, pi_checkpoints *out) {
  uint32_t first, count;
  uint64_t interval;
  if (!take_objects(tree, pi_tree_root(tree), "checkpoints", &first, &count) ||
      !pi_totals_tree_count(tree, pi_tree_root(tree), "interval", &interval) ||
      count > PI_CHECKPOINTS_MAX + 1 || !pi_checkpoints_init(out, interval)) {
    return false;
  }
  uint64_t reached = 0;
  for (; out->count < count; out->count++) {
    pi_checkpoint *point = &out->points[out->count];
    if (!take_checkpoint(tree, first + (uint32_t)out->count, point)) return false;
    if (point->before < reached || point->input.all_bytes < point->before) return false; /* they ascend */
    reached = point->input.all_bytes;
  }
  return true;
}

static bool take_files(const pi_tree *tree, pi_manifest *manifest, pi_arena *arena) {
  uint32_t first, count;
  if (!take_objects(tree, pi_tree_root(tree), "files", &first, &count)) return false;
  manifest->files = pi_arena_alloc(arena, (count + 1) * sizeof *manifest->files);
  if (manifest->files == NULL) return false;
  for (uint32_t i = 0; i < count; i++) {
    pi_manifest_file *file = &manifest->files[manifest->files_count++];
    *file = (pi_manifest_file){0};
    if (!take_slice(tree, first + i, "name", &file->name)) return false;
    file->sized = pi_totals_tree_count(tree, first + i, "bytes", &file->bytes);
    file->done = pi_totals_tree_count(tree, first + i, "lines", &file->lines) &&
                 take_digest(tree, first + i, &file->digest);
  }
  return true;
}

/* The policy's files as sha256sum prints them; a manifest without them is right too. */
static bool take_sums(const pi_tree *tree, pi_manifest *manifest, pi_arena *arena) {
  uint32_t first, count;
  if (pi_tree_find(tree, pi_tree_root(tree), PI_SLICE("policy_files")) == UINT32_MAX) return true;
  if (!take_objects(tree, pi_tree_root(tree), "policy_files", &first, &count)) return false;
  pi_buffer lines;
  pi_buffer_init(&lines, MANIFEST_MAX);
  bool whole = true;
  for (uint32_t i = 0; i < count && whole; i++) {
    pi_slice path, hex;
    whole = take_slice(tree, first + i, "path", &path) && take_slice(tree, first + i, "sha256", &hex) &&
            path.len > 0 && memchr(path.ptr, '\n', path.len) == NULL && hex.len == PI_SHA256_HEX;
    if (whole) pi_buffer_printf(&lines, "%.*s  ", (int)hex.len, hex.ptr);
    if (whole) pi_buffer_slice(&lines, path);
    pi_buffer_byte(&lines, '\n');
  }
  if (whole && !lines.failed && lines.len > 0) {
    manifest->policy_sums = pi_arena_copy(arena, (pi_slice){lines.data, lines.len});
    whole = manifest->policy_sums.ptr != NULL;
  }
  pi_buffer_dispose(&lines);
  return whole;
}

static bool take_whole(const pi_tree *tree, pi_manifest_whole *out) {
  uint32_t root = pi_tree_root(tree), written, totals;
  return pi_totals_tree_object(tree, root, "out", &written) &&
         pi_totals_tree_object(tree, root, "totals", &totals) &&
         pi_totals_tree_count(tree, written, "bytes", &out->bytes) &&
         pi_totals_tree_count(tree, written, "lines", &out->lines) &&
         take_digest(tree, written, &out->digest) && pi_totals_read(tree, totals, &out->totals);
}

bool pi_manifest_parse(pi_manifest *manifest, pi_slice text, pi_arena *arena) {
  const pi_json_tree_limits limits = {MANIFEST_MAX, DEPTH_MAX, PI_E_LINE_TOO_LONG, PI_E_TOO_DEEP};
  pi_json json;
  pi_tree tree;
  char state[16];
  *manifest = (pi_manifest){0};
  if (pi_json_init(&json, text, 1, arena, DEPTH_MAX, NULL) != PUBINT_OK ||
      pi_json_peek(&json) != PI_JSON_OBJECT || pi_json_tree(&json, &limits, &tree) != PUBINT_OK ||
      pi_json_finish(&json) != PUBINT_OK) {
    return false;
  }
  uint32_t root = pi_tree_root(&tree);
  if (!take_text(&tree, root, "state", state, sizeof state)) return false;
  manifest->complete = strcmp(state, "complete") == 0;
  take_slice(&tree, root, "rows", &manifest->rows); /* there where rows were written */
  return take_slice(&tree, root, "host", &manifest->host) &&
         take_slice(&tree, root, "policy", &manifest->policy) && take_sums(&tree, manifest, arena) &&
         take_files(&tree, manifest, arena) && take_checkpoints(&tree, &manifest->checkpoints) &&
         (!manifest->complete || (manifest->checkpoints.count > 0 && take_whole(&tree, &manifest->whole)));
}

/* What `fd` gives, in the arena; .ptr NULL, and the error filled, when it cannot be read. */
static pi_slice read_file(int fd, const char *name, pi_arena *arena, pubint_error *error) {
  pi_buffer text;
  pi_buffer_init(&text, MANIFEST_MAX);
  pi_slice kept = {NULL, 0};
  int reason = pi_file_read_all(&text, fd);
  if (reason == 0) kept = pi_arena_copy(arena, (pi_slice){text.len > 0 ? text.data : "", text.len});
  if (reason != 0 && reason != ENOMEM) {
    pi_file_error(error, PI_E_CANNOT_READ, name, reason);
  } else if (kept.ptr == NULL) {
    pi_error_set(error, PI_E_NO_MEMORY);
  }
  pi_buffer_dispose(&text);
  return kept;
}

pubint_status pi_manifest_read(pi_manifest *manifest, const char *out, bool *exists, pi_arena *arena,
                               pubint_error *error) {
  char name[PI_MANIFEST_NAME_BYTES];
  *manifest = (pi_manifest){0};
  *exists = true;
  if (!pi_manifest_name(name, out)) return pi_file_error(error, PI_E_CANNOT_READ, out, ENAMETOOLONG);
  int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* nobody waits for a pipe's other end */
  if (fd < 0) {
    *exists = errno != ENOENT;
    return *exists ? pi_file_error(error, PI_E_CANNOT_READ, name, errno) : PUBINT_OK;
  }
  pi_slice text = read_file(fd, name, arena, error);
  close(fd);
  if (text.ptr == NULL) return PUBINT_E_SYSTEM;
  if (pi_manifest_parse(manifest, text, arena)) return PUBINT_OK;
  pi_manifest_dispose(manifest);
  pubint_status refused = pi_error_setf(error, PI_E_NOT_THAT_RUN, "the manifest cannot be understood");
  if (error != NULL) pi_error_field(error->file, sizeof error->file, name, strlen(name));
  return refused;
}
