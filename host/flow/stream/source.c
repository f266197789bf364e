#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "file_error.h"

enum { IN_BYTES = 256 * 1024 };

/* ---- opening ---- */

static pubint_status cannot_read(const pi_source *self, int reason, pubint_error *error) {
  return pi_file_error(error, PI_E_CANNOT_READ, self->name, reason);
}

pubint_status pi_source_open(pi_source *self, const char *name, const pi_stop *stop, pubint_error *error) {
  *self = (pi_source){.name = pi_file_shown_name(name), .stop = stop};
  struct stat status;
  /* Without O_NONBLOCK the opening of a named pipe waits, deaf to a signal, until somebody writes. */
  self->fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat(self->fd, &status) != 0) return cannot_read(self, errno, error);
  self->waits = !S_ISREG(status.st_mode);
  return S_ISDIR(status.st_mode) ? cannot_read(self, EISDIR, error) : PUBINT_OK;
}

void pi_source_close(pi_source *self) {
  if (self->fd > STDIN_FILENO) close(self->fd);
  pi_unpack_free(self->unpack);
  free(self->in);
  *self = (pi_source){.fd = -1};
}

/* ---- the file itself ---- */

/* read() that waits; 0 at the end, or once it is to stop. */
static ssize_t read_some(const pi_source *self, char *out, size_t room) {
  for (;;) {
    if (pi_stop_asked(self->stop)) return 0;
    if (self->waits) {
      struct pollfd waited[] = {{.fd = self->fd, .events = POLLIN},
                                {.fd = self->stop != NULL ? self->stop->wake : -1, .events = POLLIN}};
      if (poll(waited, 2, -1) < 0 && errno != EINTR) return -1;
      if (waited[0].revents == 0) continue;
    }
    ssize_t got = read(self->fd, out, room);
    if (got >= 0 || (errno != EINTR && errno != EAGAIN)) return got;
  }
}

/* ---- what is packed ---- */

static pubint_status refuse_damage(const pi_source *self, const char *what, pubint_error *error) {
  unsigned long long at = self->bytes - self->ahead.len;
  pubint_status status = pi_error_setf(error, PI_E_PACKING_BROKEN, "what %s packed %s, at byte %llu",
                                       self->packing->name, what, at);
  if (error != NULL) pi_error_field(error->file, sizeof error->file, self->name, strlen(self->name));
  return status;
}

static pubint_status refuse(const pi_source *self, pubint_error *error) {
  switch (self->fault) {
  case PI_UNPACK_NO_MEMORY: return pi_error_set(error, PI_E_NO_MEMORY);
  case PI_UNPACK_FOLLOWED: return refuse_damage(self, "is followed by something else", error);
  case PI_UNPACK_TOO_WIDE:
    return refuse_damage(self, "needs more memory than zstd takes without --long", error);
  case PI_UNPACK_CUT: return refuse_damage(self, "is cut short", error);
  case PI_UNPACK_DAMAGED:
  case PI_UNPACK_SOUND: break;
  }
  return refuse_damage(self, "is damaged", error);
}

/* Takes the file, whose first `count` bytes were read, for a packed one. */
static pubint_status begin_unpacking(pi_source *self, const char *begin, size_t count, pubint_error *error) {
  self->unpack = pi_unpack_new(self->packing);
  self->in = malloc(IN_BYTES);
  if (self->unpack == NULL || self->in == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  memcpy(self->in, begin, count);
  self->ahead = (pi_slice){self->in, count};
  self->bytes = count;
  if (self->digest != NULL) pi_digest_add(self->digest, begin, count);
  return PUBINT_OK;
}

/* Reads on in the file; *more is false at its end, and once it is to stop. */
static pubint_status read_ahead(pi_source *self, bool *more, pubint_error *error) {
  size_t kept = self->ahead.len; /* a mark that is not whole */
  memmove(self->in, self->ahead.ptr, kept);
  ssize_t got = read_some(self, self->in + kept, IN_BYTES - kept);
  if (got < 0) return cannot_read(self, errno, error);
  *more = got > 0;
  self->ahead = (pi_slice){self->in, kept + (size_t)got};
  self->bytes += (uint64_t)got;
  if (self->digest != NULL) pi_digest_add(self->digest, self->in + kept, (size_t)got);
  return PUBINT_OK;
}

/* What was packed may itself be packed, once more or as an archive. */
static pubint_status look_within(pi_source *self, pi_slice begin, pubint_error *error) {
  self->looked = true;
  const pi_packing *packing = pi_packing_of(begin);
  return packing == NULL ? PUBINT_OK : pi_packing_refuse(packing, self->packing, self->name, "here", error);
}

static pubint_status read_packed(pi_source *self, char *out, size_t room, size_t *got, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  bool more = true;
  while (*got < room && more && status == PUBINT_OK && self->fault == PI_UNPACK_SOUND) {
    size_t made, before = self->ahead.len;
    self->fault = pi_unpack_step(self->unpack, &self->ahead, out + *got, room - *got, &made);
    *got += made;
    if (made > 0 || self->ahead.len < before || self->fault != PI_UNPACK_SOUND) continue;
    bool enough = self->looked || !pi_packing_undecided((pi_slice){out, *got});
    if (self->waits && *got > 0 && enough) break; /* what has come by now */
    status = read_ahead(self, &more, error);
    bool ends = status == PUBINT_OK && !more && !pi_stop_asked(self->stop);
    if (ends && !pi_unpack_between(self->unpack)) self->fault = PI_UNPACK_CUT;
    if (ends && self->ahead.len > 0) self->fault = PI_UNPACK_FOLLOWED;
  }
  if (status == PUBINT_OK && !self->looked && *got > 0) {
    status = look_within(self, (pi_slice){out, *got}, error);
  }
  if (status == PUBINT_OK && *got == 0 && self->fault != PI_UNPACK_SOUND) status = refuse(self, error);
  if (status != PUBINT_OK) *got = 0;
  return status;
}

/* ---- both ---- */

/* The first bytes: enough of them to tell what the file is. */
static pubint_status read_first(pi_source *self, char *out, size_t room, size_t *got, pubint_error *error) {
  if (room > IN_BYTES) room = IN_BYTES;
  do {
    ssize_t some = read_some(self, out + *got, room - *got);
    if (some < 0) return cannot_read(self, errno, error);
    if (some == 0) break;
    *got += (size_t)some;
  } while (pi_packing_undecided((pi_slice){out, *got}));
  self->begun = true;
  self->packing = pi_packing_of((pi_slice){out, *got});
  if (self->packing == NULL) return PUBINT_OK;
  size_t count = *got;
  *got = 0;
  if (self->packing->kind == PI_PACKING_OTHER) {
    return pi_packing_refuse(self->packing, NULL, self->name, "here", error);
  }
  pubint_status status = begin_unpacking(self, out, count, error);
  return status == PUBINT_OK ? read_packed(self, out, room, got, error) : status;
}

pubint_status pi_source_read(pi_source *self, char *out, size_t room, size_t *got, pubint_error *error) {
  *got = 0;
  if (!self->begun) return read_first(self, out, room, got, error);
  if (self->packing != NULL) return read_packed(self, out, room, got, error);
  ssize_t some = read_some(self, out, room);
  if (some < 0) return cannot_read(self, errno, error);
  *got = (size_t)some;
  return PUBINT_OK;
}

static pubint_status refuse_large(const pi_source *self, pi_code code, size_t most, pubint_error *error) {
  pubint_status status = pi_error_set(error, code);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, self->name, strlen(self->name));
  snprintf(error->expected, sizeof error->expected, "at most %zu bytes", most);
  return status;
}

pubint_status pi_source_read_file(pi_buffer *out, const char *name, pi_code too_large, pubint_error *error) {
  pi_source source;
  char piece[32 * 1024];
  size_t got = 1;
  pubint_status status = pi_source_open(&source, name, NULL, error);
  while (status == PUBINT_OK && got > 0) {
    status = pi_source_read(&source, piece, sizeof piece, &got, error);
    if (status != PUBINT_OK) break;
    pi_buffer_append(out, piece, got);
    if (out->failed && out->full) status = refuse_large(&source, too_large, out->max, error);
    if (out->failed && !out->full) status = pi_error_set(error, PI_E_NO_MEMORY);
  }
  pi_source_close(&source);
  return status;
}
