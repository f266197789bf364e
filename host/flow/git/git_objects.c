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
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#if __has_include(<git2/sys/errors.h>) /* where git_error_set_str has gone */
#include <git2/sys/errors.h>
#endif

enum {
  PATH_BYTES = 4096,
  HEAD_BYTES = 64,                    /* "blob 123" and its NUL are shorter */
  BLOB_BYTES_MAX = 256 * 1024 * 1024, /* whoever asks for less has looked at the size before */
  OTHER_BYTES_MAX = 4 * 1024 * 1024,  /* libgit2 reads commits, tags and trees on the way without looking */
  ALTERNATES_DEPTH_MAX = 5,
  FOLDERS_MAX = 64,
  PACKED_FIRST = 2,
  LOOSE_AFTER = 1,
};

#define TOO_LONG "a path of objects that is too long"

/* The loose objects of one folder. */
typedef struct loose {
  git_odb_backend backend; /* first: what libgit2 knows of it */
  char folder[PATH_BYTES];
} loose;

/* The folders that objects are read from, each once whatever paths lead to it. */
typedef struct folders {
  git_odb *objects;
  size_t count;
  struct stat known[FOLDERS_MAX];
} folders;

static int fail(int code, const char *why) {
  git_error_set_str(GIT_ERROR_ODB, why);
  return code;
}

FILE *pi_git_objects_file(const char *path) {
  struct stat about;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return NULL;
  FILE *file = fstat(fd, &about) == 0 && S_ISREG(about.st_mode) ? fdopen(fd, "r") : NULL;
  if (file == NULL) close(fd);
  return file;
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
                     size_t size, git_object_t type) {
  if (size > (type == GIT_OBJECT_BLOB ? BLOB_BYTES_MAX : OTHER_BYTES_MAX))
    return fail(GIT_ERROR, "an object that is too large");
  if (have > size) return fail(GIT_ERROR, "an object of another size than it says");
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
      result =
          data == NULL ? 0 : read_body(self, &from, head + begin, (size_t)got - begin, data, *size, *type);
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

static int add_packed(git_odb *objects, const char *folder) {
  git_odb_backend *packs;
  int result = git_odb_backend_pack(&packs, folder);
  if (result != 0) return result;
  result = git_odb_add_backend(objects, packs, PACKED_FIRST);
  if (result != 0) packs->free(packs);
  return result;
}

/* The folder's path is not longer than PATH_BYTES. */
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

static bool is_known(const folders *self, const struct stat *about) {
  for (size_t i = 0; i < self->count; i++)
    if (self->known[i].st_dev == about->st_dev && self->known[i].st_ino == about->st_ino) return true;
  return false;
}

static int add_folder(folders *self, const char *folder, unsigned depth);

/* Those that the folder borrows from: a line each in info/alternates. */
static int add_alternates(folders *self, const char *folder, unsigned depth) {
  char path[PATH_BYTES], line[PATH_BYTES];
  int result = 0;
  if (snprintf(path, sizeof path, "%s/info/alternates", folder) >= PATH_BYTES)
    return fail(GIT_ERROR, TOO_LONG);
  FILE *alternates = pi_git_objects_file(path);
  while (alternates != NULL && result == 0 && fgets(line, sizeof line, alternates) != NULL) {
    size_t length = strcspn(line, "\n");
    bool whole = line[0] == '/', cut = line[length] != '\n' && !feof(alternates);
    line[length] = '\0';
    if (!cut && (line[0] == '\0' || line[0] == '#')) continue;
    int bytes = snprintf(path, sizeof path, "%s%s%s", whole ? "" : folder, whole ? "" : "/", line);
    result = cut || bytes >= PATH_BYTES ? fail(GIT_ERROR, TOO_LONG) : add_folder(self, path, depth);
  }
  if (alternates != NULL) fclose(alternates);
  return result;
}

/* A folder of objects and, `depth` deep, those it borrows from. One that is not there has none. */
static int add_folder(folders *self, const char *folder, unsigned depth) {
  struct stat about;
  if (strlen(folder) >= PATH_BYTES) return fail(GIT_ERROR, TOO_LONG);
  if (stat(folder, &about) != 0 || is_known(self, &about)) return 0;
  if (self->count == FOLDERS_MAX) return fail(GIT_ERROR, "objects in more than 64 folders");
  self->known[self->count++] = about;
  int result = add_packed(self->objects, folder);
  if (result == 0) result = add_loose(self->objects, folder);
  return result != 0 || depth == ALTERNATES_DEPTH_MAX ? result : add_alternates(self, folder, depth + 1);
}

static int add_all(git_odb *objects, git_repository *repository) {
  char path[PATH_BYTES];
  folders all = {.objects = objects};
  const char *own = getenv("GIT_OBJECT_DIRECTORY"), *others = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
  if (own == NULL) {
    if (snprintf(path, sizeof path, "%sobjects", git_repository_commondir(repository)) >= PATH_BYTES)
      return fail(GIT_ERROR, TOO_LONG);
    own = path;
  }
  int result = add_folder(&all, own, 0);
  while (others != NULL && *others != '\0' && result == 0) {
    size_t length = strcspn(others, ":");
    if (snprintf(path, sizeof path, "%.*s", (int)length, others) >= PATH_BYTES)
      return fail(GIT_ERROR, TOO_LONG);
    if (length > 0) result = add_folder(&all, path, 0);
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
