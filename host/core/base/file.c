#include "file.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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
