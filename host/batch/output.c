#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_error.h"

static const char *shown_name(const pi_output *output) {
  return output->name != NULL ? output->name : "standard output";
}

pubint_status pi_output_write(pi_output *output, const char *bytes, size_t count, pubint_error *error) {
  while (count > 0) {
    ssize_t done = write(output->fd, bytes, count);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return pi_file_error(error, PI_E_CANNOT_WRITE, shown_name(output), done < 0 ? errno : EIO);
    if (output->name != NULL) pi_digest_add(&output->digest, bytes, (size_t)done);
    output->bytes += (uint64_t)done;
    bytes += done;
    count -= (size_t)done;
  }
  return PUBINT_OK;
}

pubint_status pi_output_create(pi_output *output, const char *name, bool force, bool sha256,
                               pubint_error *error) {
  *output = (pi_output){.name = name, .fd = STDOUT_FILENO};
  if (!pi_digest_open(&output->digest, sha256)) return pi_error_set(error, PI_E_NO_MEMORY);
  if (name == NULL) return PUBINT_OK;
  int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL);
  output->fd = open(name, flags, 0666);
  if (output->fd < 0 && errno == EEXIST) {
    pubint_status status = pi_error_set(error, PI_E_OUTPUT_EXISTS);
    if (error != NULL) pi_error_field(error->file, sizeof error->file, name, strlen(name));
    return status;
  }
  return output->fd >= 0 ? PUBINT_OK : pi_file_error(error, PI_E_CANNOT_WRITE, name, errno);
}

pubint_status pi_output_size(const char *name, uint64_t *bytes, pubint_error *error) {
  struct stat status;
  if (stat(name, &status) != 0) return pi_file_error(error, PI_E_CANNOT_READ, name, errno);
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

pubint_status pi_output_reopen(pi_output *output, const char *name, const pi_checkpoint *point, bool sha256,
                               pubint_error *error) {
  *output = (pi_output){.name = name, .fd = -1};
  if (!pi_digest_open(&output->digest, sha256)) return pi_error_set(error, PI_E_NO_MEMORY);
  output->fd = open(name, O_RDWR | O_CLOEXEC);
  if (output->fd < 0) return pi_file_error(error, PI_E_CANNOT_WRITE, name, errno);
  if (point != NULL) {
    char *buffer = malloc(PI_READ_BYTES);
    if (buffer == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
    pi_digest_value now;
    bool same = read_over(output, point->out_bytes, buffer, PI_READ_BYTES) &&
                pi_digest_now(&output->digest, &now) && strcmp(now.xxh3, point->out_digest.xxh3) == 0;
    free(buffer);
    if (!same) {
      pubint_status status = pi_error_setf(error, PI_E_NOT_THAT_RUN, "the output is not what the run wrote");
      if (error != NULL) pi_error_field(error->file, sizeof error->file, name, strlen(name));
      return status;
    }
    output->totals = point->totals;
  }
  if (ftruncate(output->fd, (off_t)output->bytes) != 0 || lseek(output->fd, 0, SEEK_END) < 0) {
    return pi_file_error(error, PI_E_CANNOT_WRITE, name, errno);
  }
  return PUBINT_OK;
}

pubint_status pi_output_close(pi_output *output, pubint_error *error) {
  int fd = output->fd;
  output->fd = -1;
  pi_digest_close(&output->digest);
  if (output->name == NULL || fd < 0 || close(fd) == 0) return PUBINT_OK;
  return pi_file_error(error, PI_E_CANNOT_WRITE, output->name, errno);
}
