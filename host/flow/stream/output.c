#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "file_error.h"

static pubint_status cannot_write(const pi_output *output, int reason, pubint_error *error) {
  return pi_file_error(error, PI_E_CANNOT_WRITE, output->name != NULL ? output->name : "<stdout>", reason);
}

/* ---- opening ---- */

static pubint_status refuse(const pi_output *output, pi_code code, const char *message, pubint_error *error) {
  pubint_status status =
      message != NULL ? pi_error_setf(error, code, "%s", message) : pi_error_set(error, code);
  if (error != NULL) pi_error_field(error->file, sizeof error->file, output->name, strlen(output->name));
  return status;
}

/* Two runs on one file would each take the other's lines for its own. Where a file system has no locks
 * there is nothing to be done. */
static pubint_status lock(const pi_output *output, pubint_error *error) {
  if (flock(output->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return PUBINT_OK;
  return refuse(output, PI_E_CANNOT_WRITE, "output cannot be written: another run is writing it", error);
}

static pubint_status open_file(pi_output *output, pi_output_mode mode, pubint_error *error) {
  struct stat status;
  output->existed = stat(output->name, &status) == 0;
  if (output->existed && S_ISDIR(status.st_mode)) return cannot_write(output, EISDIR, error);
  output->kept = !output->existed || S_ISREG(status.st_mode);
  int flags = output->kept ? O_CREAT | (mode == PI_OUTPUT_NEW ? O_EXCL : 0) | O_RDWR : O_WRONLY;
  output->fd = open(output->name, flags | O_CLOEXEC, 0666);
  if (output->fd < 0 && errno == EEXIST) {
    pubint_status refused = refuse(output, PI_E_OUTPUT_EXISTS, NULL, error);
    if (error != NULL) snprintf(error->hint, sizeof error->hint, "--force writes over it");
    return refused;
  }
  if (output->fd < 0) return cannot_write(output, errno, error);
  return output->kept ? lock(output, error) : PUBINT_OK;
}

pubint_status pi_output_open(pi_output *output, const char *name, pi_output_mode mode, bool sha256,
                             pubint_error *error) {
  *output = (pi_output){.name = name, .fd = STDOUT_FILENO};
  if (name == NULL) return PUBINT_OK;
  output->fd = -1;
  if (!pi_digest_open(&output->digest, sha256)) return pi_error_set(error, PI_E_NO_MEMORY);
  return open_file(output, mode, error);
}

bool pi_output_is_input(const char *name, const char *input) {
  struct stat out, in;
  if ((name != NULL ? stat(name, &out) : fstat(STDOUT_FILENO, &out)) != 0 || !S_ISREG(out.st_mode)) {
    return false;
  }
  return (strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &in) : stat(input, &in)) == 0 &&
         out.st_dev == in.st_dev && out.st_ino == in.st_ino;
}

/* ---- going on ---- */

pubint_status pi_output_size(const pi_output *output, uint64_t *bytes, pubint_error *error) {
  struct stat status;
  if (fstat(output->fd, &status) != 0) return cannot_write(output, errno, error);
  *bytes = (uint64_t)status.st_size;
  return PUBINT_OK;
}

/* Reads the first `bytes` bytes into the digest; false when there are fewer. */
static bool read_over(pi_output *output, uint64_t bytes, char *buffer, size_t room) {
  while (bytes > 0) {
    ssize_t got = read(output->fd, buffer, bytes < room ? (size_t)bytes : room);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    pi_digest_add(&output->digest, buffer, (size_t)got);
    output->bytes += (uint64_t)got;
    bytes -= (uint64_t)got;
  }
  return true;
}

pubint_status pi_output_seek(pi_output *output, uint64_t bytes, const pi_digest_value *digest,
                             pubint_error *error) {
  char *buffer = malloc(PI_READ_BYTES);
  if (buffer == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pi_digest_value now;
  bool same = read_over(output, bytes, buffer, PI_READ_BYTES);
  pi_digest_now(&output->digest, &now);
  same = same && strcmp(now.xxh3, digest->xxh3) == 0;
  free(buffer);
  if (!same) return refuse(output, PI_E_NOT_THAT_RUN, "the output is not what the run wrote", error);
  return PUBINT_OK;
}

pubint_status pi_output_cut(const pi_output *output, pubint_error *error) {
  bool done = ftruncate(output->fd, (off_t)output->bytes) == 0 &&
              lseek(output->fd, (off_t)output->bytes, SEEK_SET) >= 0;
  return done ? PUBINT_OK : cannot_write(output, errno, error);
}

/* ---- writing ---- */

pubint_status pi_output_write(pi_output *output, const char *lines, size_t count, pubint_error *error) {
  size_t done = 0;
  int reason = pi_file_write_all(output->fd, (pi_slice){lines, count}, &done);
  while (done > 0 && lines[done - 1] != '\n') done--;
  if (output->kept) pi_digest_add(&output->digest, lines, done);
  output->bytes += done;
  if (reason == 0) return PUBINT_OK;
  if (output->kept) pi_output_cut(output, NULL); /* what cannot be cut either, resuming cuts */
  return cannot_write(output, reason, error);
}

pubint_status pi_output_close(pi_output *output, pubint_error *error) {
  int fd = output->fd;
  output->fd = -1;
  pi_digest_close(&output->digest);
  if (output->name == NULL || fd < 0 || close(fd) == 0) return PUBINT_OK;
  return cannot_write(output, errno, error);
}
