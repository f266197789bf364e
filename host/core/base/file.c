#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file_error.h"

const char *pi_file_shown_name(const char *name) {
  return strcmp(name, "-") == 0 ? "<stdin>" : name;
}

int pi_file_read_all(pi_buffer *out, int fd) {
  char piece[32 * 1024];
  for (;;) {
    ssize_t got = read(fd, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return 0;
    pi_buffer_append(out, piece, (size_t)got);
    if (out->failed) return out->full ? EFBIG : ENOMEM;
  }
}

static pubint_status refuse_large(pubint_error *error, pi_code too_large, const char *name, size_t most) {
  pubint_status status = pi_error_set(error, too_large);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, name, strlen(name));
  snprintf(error->expected, sizeof error->expected, "at most %zu bytes", most);
  return status;
}

pubint_status pi_file_read(pi_buffer *out, const char *name, pi_code too_large, pubint_error *error) {
  bool standard = strcmp(name, "-") == 0;
  int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
  int reason = fd < 0 ? errno : pi_file_read_all(out, fd);
  if (fd >= 0 && !standard) close(fd);
  name = pi_file_shown_name(name);
  if (reason == 0) return PUBINT_OK;
  if (reason == ENOMEM) return pi_error_set(error, PI_E_NO_MEMORY);
  if (reason == EFBIG) return refuse_large(error, too_large, name, out->max);
  return pi_file_error(error, PI_E_CANNOT_READ, name, reason);
}

int pi_file_write_all(int fd, pi_slice text, size_t *done) {
  size_t written = 0;
  int reason = 0;
  while (written < text.len && reason == 0) {
    ssize_t more = write(fd, text.ptr + written, text.len - written);
    if (more > 0) written += (size_t)more;
    if (more == 0) reason = EIO;
    if (more < 0 && errno != EINTR) reason = errno;
  }
  if (done != NULL) *done = written;
  return reason;
}

int pi_file_close(int fd, int reason) {
  return close(fd) != 0 && reason == 0 ? errno : reason;
}
