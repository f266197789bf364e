#include "git_objects.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#if __has_include(<git2/sys/errors.h>) /* where git_error_set_str has gone */
#include <git2/sys/errors.h>
#endif

enum {
  PATH_BYTES = 4096,
  HEAD_BYTES = 64,                      /* "blob 123" and its NUL are shorter */
  OBJECT_BYTES_MAX = 256 * 1024 * 1024, /* whoever asks for less has looked at the size before */
  ALTERNATES_DEPTH_MAX = 5,
  PACKED_FIRST = 2,
  LOOSE_AFTER = 1,
};

/* The loose objects of one folder. */
typedef struct loose {
  git_odb_backend backend; /* first: what libgit2 knows of it */
  char folder[PATH_BYTES];
} loose;

static int fail(int code, const char *why) {
  git_error_set_str(GIT_ERROR_ODB, why);
  return code;
}

/* ---- one object ---- */

/* A file while it is inflated. */
typedef struct inflating {
  int fd;
  z_stream stream;
  bool ended;
  unsigned char in[16 * 1024];
} inflating;

/* Inflates until `out` is full, the stream has ended, or the file has; the bytes it gave, -1 where it cannot.
 */
static ssize_t inflate_some(inflating *self, unsigned char *out, size_t size) {
  self->stream.next_out = out;
  self->stream.avail_out = (unsigned)size;
  while (self->stream.avail_out > 0 && !self->ended) {
    if (self->stream.avail_in == 0) {
      ssize_t got = read(self->fd, self->in, sizeof self->in);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return got < 0 ? -1 : (ssize_t)(size - self->stream.avail_out);
      self->stream.next_in = self->in;
      self->stream.avail_in = (unsigned)got;
    }
    int done = inflate(&self->stream, Z_NO_FLUSH);
    self->ended = done == Z_STREAM_END;
    if (done != Z_OK && done != Z_STREAM_END) return -1;
  }
  return (ssize_t)(size - self->stream.avail_out);
}

/* "TYPE SIZE" and a NUL; the bytes they take, 0 where they are not that. */
static size_t read_head(const unsigned char *head, size_t length, size_t *size, git_object_t *type) {
  const char *text = (const char *)head, *end = memchr(text, '\0', length);
  const char *blank = end != NULL ? strchr(text, ' ') : NULL;
  char word[HEAD_BYTES];
  if (blank == NULL || blank[1] < '0' || blank[1] > '9') return 0;
  snprintf(word, sizeof word, "%.*s", (int)(blank - text), text);
  char *behind;
  errno = 0;
  unsigned long long number = strtoull(blank + 1, &behind, 10);
  *size = (size_t)number;
  *type = git_object_string2type(word);
  return errno == 0 && behind == end && git_object_typeisloose(*type) ? (size_t)(end - text) + 1 : 0;
}

/* The object's bytes and a final NUL, allocated for libgit2; exactly as many as its head says. */
static int read_body(loose *self, inflating *from, const unsigned char *head, size_t have, void **data,
                     size_t size) {
  if (size > OBJECT_BYTES_MAX || have > size)
    return fail(GIT_ERROR, "an object of another size than it says");
  unsigned char *body = git_odb_backend_data_alloc(&self->backend, size + 1);
  if (body == NULL) return GIT_ERROR;
  memcpy(body, head, have);
  ssize_t more = inflate_some(from, body + have, size + 1 - have); /* a byte too many would show */
  if (more < 0 || !from->ended || (size_t)more + have != size) {
    git_odb_backend_data_free(&self->backend, body);
    return fail(GIT_ERROR, "an object that is cut off or broken");
  }
  body[size] = '\0';
  *data = body;
  return 0;
}

/* Reads an object, or with `data` NULL its head alone. */
static int read_object(loose *self, const git_oid *id, void **data, size_t *size, git_object_t *type) {
  char path[PATH_BYTES + GIT_OID_HEXSZ + 3], name[GIT_OID_HEXSZ + 2];
  unsigned char head[HEAD_BYTES];
  git_oid_pathfmt(name, id);
  name[GIT_OID_HEXSZ + 1] = '\0';
  snprintf(path, sizeof path, "%s/%s", self->folder, name);
  inflating from = {.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (from.fd < 0) return fail(GIT_ENOTFOUND, "an object is not there");
  int result = GIT_ERROR;
  if (inflateInit(&from.stream) == Z_OK) {
    ssize_t got = inflate_some(&from, head, sizeof head);
    size_t begin = got > 0 ? read_head(head, (size_t)got, size, type) : 0;
    if (begin == 0) {
      fail(GIT_ERROR, "an object that is cut off or broken");
    } else {
      result = data == NULL ? 0 : read_body(self, &from, head + begin, (size_t)got - begin, data, *size);
    }
    inflateEnd(&from.stream);
  }
  close(from.fd);
  return result;
}

/* ---- what libgit2 asks of a backend ---- */

static int backend_read(void **data, size_t *size, git_object_t *type, git_odb_backend *self,
                        const git_oid *id) {
  return read_object((loose *)self, id, data, size, type);
}

static int backend_read_header(size_t *size, git_object_t *type, git_odb_backend *self, const git_oid *id) {
  return read_object((loose *)self, id, NULL, size, type);
}

static int backend_exists(git_odb_backend *self, const git_oid *id) {
  size_t size;
  git_object_t type;
  return read_object((loose *)self, id, NULL, &size, &type) == 0;
}

/* The one object whose name begins with `length` digits of `start`. */
static int backend_exists_prefix(git_oid *out, git_odb_backend *self, const git_oid *start, size_t length) {
  char hex[GIT_OID_HEXSZ + 1], path[PATH_BYTES + 4];
  git_oid_tostr(hex, sizeof hex, start);
  snprintf(path, sizeof path, "%s/%.2s", ((loose *)self)->folder, hex);
  DIR *folder = opendir(path);
  int result = GIT_ENOTFOUND;
  for (const struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
    if (strlen(entry->d_name) != GIT_OID_HEXSZ - 2 || strncmp(entry->d_name, hex + 2, length - 2) != 0)
      continue;
    char full[GIT_OID_HEXSZ + 1];
    snprintf(full, sizeof full, "%.2s%.38s", hex, entry->d_name);
    if (result == GIT_ENOTFOUND)
      result = git_oid_fromstr(out, full);
    else
      result = GIT_EAMBIGUOUS;
  }
  if (folder != NULL) closedir(folder);
  return result == 0
             ? 0
             : fail(result, result == GIT_EAMBIGUOUS ? "more than one object begins so" : "none begins so");
}

static int backend_read_prefix(git_oid *out, void **data, size_t *size, git_object_t *type,
                               git_odb_backend *self, const git_oid *start, size_t length) {
  int result = backend_exists_prefix(out, self, start, length);
  return result == 0 ? read_object((loose *)self, out, data, size, type) : result;
}

static void backend_free(git_odb_backend *self) {
  free(self);
}

/* ---- folders of objects ---- */

static int add_loose(git_odb *objects, const char *folder) {
  loose *self = calloc(1, sizeof *self);
  if (self == NULL) return fail(GIT_ERROR, "no memory");
  snprintf(self->folder, sizeof self->folder, "%s", folder);
  int result = git_odb_init_backend(&self->backend, GIT_ODB_BACKEND_VERSION);
  self->backend.read = backend_read;
  self->backend.read_header = backend_read_header;
  self->backend.read_prefix = backend_read_prefix;
  self->backend.exists = backend_exists;
  self->backend.exists_prefix = backend_exists_prefix;
  self->backend.free = backend_free;
  if (result == 0) result = git_odb_add_backend(objects, &self->backend, LOOSE_AFTER);
  if (result != 0) free(self);
  return result;
}

/* A folder of objects and, `depth` deep, those it borrows from: a line each in info/alternates. */
static int add_folder(git_odb *objects, const char *folder, unsigned depth) {
  git_odb_backend *packs;
  char path[PATH_BYTES], line[PATH_BYTES];
  int result = git_odb_backend_pack(&packs, folder);
  if (result == 0) result = git_odb_add_backend(objects, packs, PACKED_FIRST);
  if (result == 0) result = add_loose(objects, folder);
  if (result != 0 || depth == ALTERNATES_DEPTH_MAX) return result;
  if (snprintf(path, sizeof path, "%s/info/alternates", folder) >= PATH_BYTES) return 0;
  FILE *alternates = fopen(path, "re");
  while (alternates != NULL && result == 0 && fgets(line, sizeof line, alternates) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    bool whole = line[0] == '/';
    if (line[0] == '\0' || line[0] == '#') continue;
    int length = snprintf(path, sizeof path, "%s%s%s", whole ? "" : folder, whole ? "" : "/", line);
    if (length < PATH_BYTES) result = add_folder(objects, path, depth + 1);
  }
  if (alternates != NULL) fclose(alternates);
  return result;
}

static int add_all(git_odb *objects, git_repository *repository) {
  char path[PATH_BYTES];
  const char *own = getenv("GIT_OBJECT_DIRECTORY"), *others = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
  if (own == NULL) snprintf(path, sizeof path, "%sobjects", git_repository_commondir(repository));
  int result = add_folder(objects, own != NULL ? own : path, 0);
  while (others != NULL && *others != '\0' && result == 0) {
    size_t length = strcspn(others, ":");
    snprintf(path, sizeof path, "%.*s", (int)length, others);
    if (length > 0) result = add_folder(objects, path, 0);
    others += length + (others[length] == ':');
  }
  return result;
}

int pi_git_objects_open(git_odb **out, git_repository *repository) {
  git_odb *objects;
  int result = git_odb_new(&objects);
  if (result != 0) return result;
  result = add_all(objects, repository);
  if (result == 0) result = git_repository_set_odb(repository, objects);
  if (result == 0)
    *out = objects;
  else
    git_odb_free(objects);
  return result;
}
