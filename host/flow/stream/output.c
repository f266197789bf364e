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
#include "target.h"

static pubint_status cannot_write(const pi_output *output, int reason, pubint_error *error) {
  return pi_file_error(error, PI_E_CANNOT_WRITE, output->name != NULL ? output->name : "<stdout>", reason);
}

/* ---- opening ---- */

static pubint_status refuse(const pi_output *output, pi_code code, const char *message, pubint_error *error) {
  pubint_status status = pi_error_setf(error, code, "%s", message);
  if (error != NULL) pi_error_field(error->file, sizeof error->file, output->name, strlen(output->name));
  return status;
}

/* Two runs on one file would each take the other's lines for its own. Where a file system has no locks
 * there is nothing to be done. */
static pubint_status lock(const pi_output *output, pubint_error *error) {
  if (flock(output->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return PUBINT_OK;
  return refuse(output, PI_E_CANNOT_WRITE, "output cannot be written: another run is writing it", error);
}

/* What was looked at may be another file by now: it is opened as what it was. */
static pubint_status open_file(pi_output *output, pi_output_mode mode, pubint_error *error) {
  pi_target_there there;
  struct stat file;
  pi_target_over over = mode == PI_OUTPUT_NEW ? PI_TARGET_NAMED : PI_TARGET_FORCE;
  pubint_status status = pi_target_check(output->name, over, &there, error);
  if (status != PUBINT_OK) return status;
  output->existed = there.exists;
  output->kept = !there.direct;
  int flags =
      there.direct ? O_WRONLY | O_NOCTTY : O_RDWR | O_NOFOLLOW | (there.exists ? 0 : O_CREAT | O_EXCL);
  output->fd = open(output->name, flags | O_CLOEXEC, PI_TARGET_MODE);
  if (output->fd < 0) return cannot_write(output, errno, error);
  if (there.direct) return PUBINT_OK;
  if (fstat(output->fd, &file) != 0 || !S_ISREG(file.st_mode)) return cannot_write(output, EEXIST, error);
  return lock(output, error);
}

pubint_status pi_output_open(pi_output *output, const char *name, pi_output_mode mode, bool sha256,
                             pubint_error *error) {
  *output = (pi_output){.name = name, .fd = STDOUT_FILENO};
  if (name == NULL) return PUBINT_OK;
  output->fd = -1;
  if (!pi_digest_open(&output->digest, sha256)) return pi_error_set(error, PI_E_NO_MEMORY);
  return open_file(output, mode, error);
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

static pubint_status refuse_other(const pi_output *output, pubint_error *error) {
  return refuse(output, PI_E_NOT_THAT_RUN, "the output is not what the run wrote", error);
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
  return same ? PUBINT_OK : refuse_other(output, error);
}

pubint_status pi_output_doubt(pi_output *output, pubint_error *error) {
  return pi_output_size(output, &output->doubted, error);
}

/* Whether what stands in the file where the lines go is what they say, as far as it is doubted. */
static bool proves(const pi_output *output, const char *lines, size_t count) {
  char piece[16 * 1024];
  for (size_t done = 0; done < count && output->bytes + done < output->doubted;) {
    uint64_t at = output->bytes + done;
    size_t room = count - done < sizeof piece ? count - done : sizeof piece;
    if (room > output->doubted - at) room = (size_t)(output->doubted - at);
    ssize_t got = pread(output->fd, piece, room, (off_t)at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || memcmp(piece, lines + done, (size_t)got) != 0) return false;
    done += (size_t)got;
  }
  return true;
}

pubint_status pi_output_end(const pi_output *output, pubint_error *error) {
  return output->doubted > output->bytes ? refuse_other(output, error) : PUBINT_OK;
}

pubint_status pi_output_cut(const pi_output *output, pubint_error *error) {
  bool done = ftruncate(output->fd, (off_t)output->bytes) == 0 &&
              lseek(output->fd, (off_t)output->bytes, SEEK_SET) >= 0;
  return done ? PUBINT_OK : cannot_write(output, errno, error);
}

/* ---- writing ---- */

pubint_status pi_output_write(pi_output *output, const char *lines, size_t count, pubint_error *error) {
  size_t done = 0;
  if (!proves(output, lines, count)) return refuse_other(output, error);
  int reason = pi_file_write_all(output->fd, (pi_slice){lines, count}, &done);
  while (done > 0 && lines[done - 1] != '\n') done--;
  if (output->kept) pi_digest_add(&output->digest, lines, done);
  output->bytes += done;
  if (reason == 0) return PUBINT_OK;
  if (output->kept && output->doubted <= output->bytes)
    pi_output_cut(output, NULL); /* what cannot be cut either, resuming cuts */
  return cannot_write(output, reason, error);
}

pubint_status pi_output_close(pi_output *output, pubint_error *error) {
  int fd = output->fd;
  output->fd = -1;
  pi_digest_close(&output->digest);
  if (output->name == NULL || fd < 0 || close(fd) == 0) return PUBINT_OK;
  return cannot_write(output, errno, error);
}
