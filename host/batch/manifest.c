#include "manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "file_error.h"
#include "json_write.h"
#include "totals_json.h"

enum { MANIFEST_MAX = 64 * 1024 * 1024, NAME_MAX_BYTES = 4096 };

/* ---- writing ---- */

static void put_digest(pi_buffer *out, const pi_digest_value *digest) {
  pi_buffer_text(out, ",\"xxh3_128\":\"");
  pi_buffer_text(out, digest->xxh3);
  pi_buffer_byte(out, '"');
  if (digest->sha256[0] == '\0') return;
  pi_buffer_text(out, ",\"sha256\":\"");
  pi_buffer_text(out, digest->sha256);
  pi_buffer_byte(out, '"');
}

static void put_count(pi_buffer *out, const char *key, uint64_t count) {
  pi_buffer_text(out, key);
  pi_json_write_decimal(out, (int64_t)count, 0);
}

static void put_checkpoint(pi_buffer *out, const pi_checkpoint *point) {
  put_count(out, "{\"input\":{\"file\":", point->input.input);
  put_count(out, ",\"bytes\":", point->input.bytes);
  put_count(out, ",\"lines\":", point->input.lines);
  put_digest(out, &point->input.digest);
  put_count(out, "},\"out\":{\"bytes\":", point->out_bytes);
  put_digest(out, &point->out_digest);
  pi_buffer_text(out, "},\"totals\":");
  pi_totals_write(out, &point->totals);
  pi_buffer_byte(out, '}');
}

static void put_manifest(pi_buffer *out, const pi_manifest *manifest) {
  pi_buffer_text(out, manifest->complete ? "{\"v\":1,\"state\":\"complete\",\"host\":"
                                         : "{\"v\":1,\"state\":\"running\",\"host\":");
  pi_json_write_string(out, manifest->host);
  pi_buffer_text(out, ",\"policy\":");
  pi_json_write_string(out, manifest->policy);
  pi_buffer_text(out, ",\n\"inputs\":[");
  for (size_t i = 0; i < manifest->names_count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    pi_json_write_string(out, manifest->names[i]);
  }
  pi_buffer_text(out, "],\n\"files\":[");
  for (size_t i = 0; i < manifest->files_count; i++) {
    pi_buffer_text(out, i > 0 ? ",\n{\"name\":" : "{\"name\":");
    pi_json_write_string(out, manifest->files[i].name);
    put_count(out, ",\"bytes\":", manifest->files[i].bytes);
    put_digest(out, &manifest->files[i].digest);
    pi_buffer_byte(out, '}');
  }
  pi_buffer_text(out, "],");
  if (manifest->complete) { /* the last checkpoint is the whole run */
    const pi_checkpoint *end = &manifest->checkpoints[manifest->checkpoints_count - 1];
    put_count(out, "\n\"out\":{\"bytes\":", end->out_bytes);
    put_digest(out, &end->out_digest);
    pi_buffer_text(out, "},\n\"totals\":");
    pi_totals_write(out, &end->totals);
    pi_buffer_byte(out, ',');
  }
  pi_buffer_text(out, "\n\"checkpoints\":[");
  for (size_t i = 0; i < manifest->checkpoints_count; i++) {
    if (i > 0) pi_buffer_text(out, ",\n");
    put_checkpoint(out, &manifest->checkpoints[i]);
  }
  pi_buffer_text(out, "]}\n");
}

/* write() until all of it is written. */
static bool write_all(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t done = write(fd, bytes, count);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes += done;
    count -= (size_t)done;
  }
  return true;
}

pubint_status pi_manifest_write(const pi_manifest *manifest, const char *out, int out_fd,
                                pubint_error *error) {
  char name[NAME_MAX_BYTES], other[NAME_MAX_BYTES];
  int n = snprintf(name, sizeof name, "%s.manifest.json", out);
  int m = snprintf(other, sizeof other, "%s.manifest.json.new", out);
  if (n < 0 || m < 0 || (size_t)m >= sizeof other)
    return pi_file_error(error, PI_E_CANNOT_WRITE, out, ENAMETOOLONG);
  pi_buffer text;
  pi_buffer_init(&text, MANIFEST_MAX);
  put_manifest(&text, manifest);
  if (text.failed) {
    pi_buffer_dispose(&text);
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  /* Pipes and devices cannot be synced, and need not be. */
  bool done = fdatasync(out_fd) == 0 || errno == EINVAL || errno == EROFS;
  int fd = done ? open(other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
  done = fd >= 0 && write_all(fd, text.data, text.len) && fsync(fd) == 0;
  int reason = errno;
  if (fd >= 0 && close(fd) != 0) done = false;
  if (done && rename(other, name) != 0) {
    done = false;
    reason = errno;
  }
  pi_buffer_dispose(&text);
  if (done) return PUBINT_OK;
  unlink(other);
  return pi_file_error(error, PI_E_CANNOT_WRITE, name, reason);
}

/* ---- reading ---- */

/* A text member copied into a field of `size` bytes; false where it is not there or longer. */
static bool take_text(const pi_tree *tree, uint32_t object, const char *key, char *out, size_t size) {
  uint32_t index = pi_tree_find(tree, object, pi_slice_of(key));
  if (index == UINT32_MAX || tree->nodes[index].kind != PI_NODE_STRING) return false;
  pi_slice text = tree->nodes[index].as.string;
  if (text.len >= size) return false;
  memcpy(out, text.ptr, text.len);
  out[text.len] = '\0';
  return true;
}

static bool take_digest(const pi_tree *tree, uint32_t object, pi_digest_value *out) {
  *out = (pi_digest_value){0};
  take_text(tree, object, "sha256", out->sha256, sizeof out->sha256);
  return take_text(tree, object, "xxh3_128", out->xxh3, sizeof out->xxh3);
}

static bool take_slice(const pi_tree *tree, uint32_t object, const char *key, pi_slice *out) {
  uint32_t index = pi_tree_find(tree, object, pi_slice_of(key));
  if (index == UINT32_MAX || tree->nodes[index].kind != PI_NODE_STRING) return false;
  *out = tree->nodes[index].as.string;
  return true;
}

/* The array `key`: index of its first item and their number; false where it is not there. */
static bool take_array(const pi_tree *tree, uint32_t object, const char *key, uint32_t *first,
                       uint32_t *count) {
  uint32_t index = pi_tree_find(tree, object, pi_slice_of(key));
  if (index == UINT32_MAX || tree->nodes[index].kind != PI_NODE_ARRAY) return false;
  *count = tree->nodes[index].count;
  *first = *count > 0 ? tree->nodes[index].as.first : 0;
  return true;
}

static bool take_checkpoint(const pi_tree *tree, uint32_t object, pi_checkpoint *out) {
  uint64_t file = 0;
  uint32_t input, written, totals;
  return pi_tree_object(tree, object, "input", &input) && pi_tree_object(tree, object, "out", &written) &&
         pi_tree_object(tree, object, "totals", &totals) && pi_tree_count(tree, input, "file", &file) &&
         (out->input.input = (size_t)file, true) && pi_tree_count(tree, input, "bytes", &out->input.bytes) &&
         pi_tree_count(tree, input, "lines", &out->input.lines) &&
         take_digest(tree, input, &out->input.digest) &&
         pi_tree_count(tree, written, "bytes", &out->out_bytes) &&
         take_digest(tree, written, &out->out_digest) && pi_totals_read(tree, totals, &out->totals);
}

static bool take_lists(const pi_tree *tree, pi_manifest *manifest, pi_arena *arena) {
  uint32_t root = pi_tree_root(tree), names, files, points, n_names, n_files, n_points;
  if (!take_array(tree, root, "inputs", &names, &n_names) ||
      !take_array(tree, root, "files", &files, &n_files) ||
      !take_array(tree, root, "checkpoints", &points, &n_points)) {
    return false;
  }
  manifest->names = pi_arena_alloc(arena, (n_names + 1) * sizeof *manifest->names);
  manifest->files = pi_arena_alloc(arena, (n_files + 1) * sizeof *manifest->files);
  manifest->checkpoints = pi_arena_alloc(arena, (n_points + 1) * sizeof *manifest->checkpoints);
  if (manifest->names == NULL || manifest->files == NULL || manifest->checkpoints == NULL) return false;
  for (uint32_t i = 0; i < n_names; i++) {
    if (tree->nodes[names + i].kind != PI_NODE_STRING) return false;
    manifest->names[manifest->names_count++] = tree->nodes[names + i].as.string;
  }
  for (uint32_t i = 0; i < n_files; i++) {
    pi_manifest_file *file = &manifest->files[manifest->files_count++];
    if (!take_slice(tree, files + i, "name", &file->name) ||
        !pi_tree_count(tree, files + i, "bytes", &file->bytes) ||
        !take_digest(tree, files + i, &file->digest)) {
      return false;
    }
  }
  for (uint32_t i = 0; i < n_points; i++) {
    pi_checkpoint *point = &manifest->checkpoints[manifest->checkpoints_count++];
    *point = (pi_checkpoint){0};
    if (!take_checkpoint(tree, points + i, point)) return false;
  }
  return true;
}

static bool parse(pi_manifest *manifest, pi_slice text, pi_arena *arena) {
  const pi_json_tree_limits limits = {MANIFEST_MAX, 8, PI_E_LINE_TOO_LONG, PI_E_TOO_DEEP};
  pi_json json;
  pi_tree tree;
  char state[16];
  if (pi_json_init(&json, text, 1, arena, 8, NULL) != PUBINT_OK || pi_json_peek(&json) != PI_JSON_OBJECT ||
      pi_json_tree(&json, &limits, &tree) != PUBINT_OK || pi_json_finish(&json) != PUBINT_OK) {
    return false;
  }
  if (!take_text(&tree, pi_tree_root(&tree), "state", state, sizeof state)) return false;
  manifest->complete = strcmp(state, "complete") == 0;
  return take_slice(&tree, pi_tree_root(&tree), "host", &manifest->host) &&
         take_slice(&tree, pi_tree_root(&tree), "policy", &manifest->policy) &&
         take_lists(&tree, manifest, arena);
}

pubint_status pi_manifest_read(pi_manifest *manifest, const char *out, pi_arena *arena, pubint_error *error) {
  char name[NAME_MAX_BYTES];
  *manifest = (pi_manifest){0};
  int n = snprintf(name, sizeof name, "%s.manifest.json", out);
  if (n < 0 || (size_t)n >= sizeof name) return pi_file_error(error, PI_E_CANNOT_READ, out, ENAMETOOLONG);
  FILE *stream = fopen(name, "rb");
  if (stream == NULL) return pi_file_error(error, PI_E_CANNOT_READ, name, errno);
  pi_buffer text;
  pi_buffer_init(&text, MANIFEST_MAX);
  char piece[16384];
  for (size_t got; (got = fread(piece, 1, sizeof piece, stream)) > 0;) pi_buffer_append(&text, piece, got);
  bool read = ferror(stream) == 0 && !text.failed;
  fclose(stream);
  pi_slice kept = read ? pi_arena_copy(arena, (pi_slice){text.data, text.len}) : (pi_slice){NULL, 0};
  pi_buffer_dispose(&text);
  if (kept.ptr == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  if (parse(manifest, kept, arena)) return PUBINT_OK;
  pubint_status status = pi_error_setf(error, PI_E_NOT_THAT_RUN, "the manifest cannot be read");
  if (error != NULL) pi_error_field(error->file, sizeof error->file, name, strlen(name));
  return status;
}
