#include "lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "file_error.h"
#include "packing.h"

/* ---- opening ---- */

static pubint_status cannot_read(const pi_input *input, int reason, pubint_error *error) {
  return pi_file_error(error, PI_E_CANNOT_READ, pi_file_shown_name(input->name), reason);
}

/* What can be said of a file without opening it: a pipe that is opened waits, and may be opened once. */
static pubint_status look_at(pi_input *input, pubint_error *error) {
  struct stat status;
  bool standard = strcmp(input->name, "-") == 0;
  if ((standard ? fstat(STDIN_FILENO, &status) : stat(input->name, &status)) != 0 ||
      (!standard && access(input->name, R_OK) != 0)) {
    return cannot_read(input, errno, error);
  }
  if (S_ISDIR(status.st_mode)) return cannot_read(input, EISDIR, error);
  input->sized = S_ISREG(status.st_mode);
  input->again = input->sized && !standard;
  if (!input->sized) return PUBINT_OK;
  const pi_packing *packing = pi_packing_of_file(input->name);
  if (packing != NULL && packing->kind == PI_PACKING_OTHER) {
    return pi_packing_refuse(packing, NULL, input->name, "here", error);
  }
  if (packing != NULL) input->again = false;
  off_t begin = standard ? lseek(STDIN_FILENO, 0, SEEK_CUR) : 0;
  input->size = begin < 0 || begin > status.st_size ? 0 : (uint64_t)(status.st_size - begin);
  return PUBINT_OK;
}

pubint_status pi_lines_open(pi_lines *lines, const char *const *names, size_t count, bool sha256,
                            const pi_stop *stop, pubint_error *error) {
  static const char *const STANDARD_INPUT[] = {"-"};
  if (count == 0) names = STANDARD_INPUT;
  *lines =
      (pi_lines){.source.fd = -1, .sha256 = sha256, .stop = stop, .inputs_count = count == 0 ? 1 : count};
  lines->inputs = calloc(lines->inputs_count, sizeof *lines->inputs);
  lines->carry = malloc(PI_READ_BYTES);
  bool room = lines->inputs != NULL && lines->carry != NULL;
  pubint_status status = room ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
  for (size_t i = 0; status == PUBINT_OK && i < lines->inputs_count; i++) {
    lines->inputs[i].name = names[i];
    status = look_at(&lines->inputs[i], error);
  }
  if (status != PUBINT_OK) pi_lines_close(lines);
  return status;
}

static void close_current(pi_lines *lines) {
  if (lines->source.fd >= 0) pi_digest_close(&lines->inputs[lines->current].digest);
  pi_source_close(&lines->source);
}

void pi_lines_close(pi_lines *lines) {
  close_current(lines);
  free(lines->inputs);
  free(lines->carry);
  *lines = (pi_lines){.source.fd = -1};
}

uint64_t pi_lines_bytes(const pi_lines *lines) {
  uint64_t total = 0;
  for (size_t i = 0; i < lines->inputs_count; i++) {
    if (!lines->inputs[i].sized) return 0;
    total += lines->inputs[i].size;
  }
  return total;
}

static pubint_status open_current(pi_lines *lines, pubint_error *error) {
  pi_input *input = &lines->inputs[lines->current];
  pubint_status status = pi_source_open(&lines->source, input->name, lines->stop, error);
  if (lines->source.fd < 0) return status;
  bool room = pi_digest_open(&input->digest, lines->sha256);
  lines->source.digest = &input->digest;
  return status != PUBINT_OK || room ? status : pi_error_set(error, PI_E_NO_MEMORY);
}

/* Counts bytes of the current file as read. Of one that is packed the file's own count, which its source
 * reads ahead. */
static void account(pi_lines *lines, const char *bytes, size_t count) {
  pi_input *input = &lines->inputs[lines->current];
  if (lines->source.packing != NULL) {
    input->bytes = lines->source.bytes;
    return;
  }
  input->bytes += count;
  pi_digest_add(&input->digest, bytes, count);
}

static void leave_current(pi_lines *lines) {
  pi_input *input = &lines->inputs[lines->current];
  account(lines, NULL, 0);
  pi_digest_now(&input->digest, &input->whole);
  close_current(lines);
  lines->bytes_before += input->bytes;
  lines->skipping = false;
  lines->current++;
}

/* ---- reading ---- */

/* Drops the rest of a line that was too long; returns how much of `data` is left, moved to its front. */
static size_t skip_rest(pi_lines *lines, char *data, size_t bytes) {
  const char *newline = memchr(data, '\n', bytes);
  size_t dropped = newline != NULL ? (size_t)(newline - data) + 1 : bytes;
  if (newline != NULL) lines->skipping = false;
  account(lines, data, dropped);
  memmove(data, data + dropped, bytes - dropped);
  return bytes - dropped;
}

/* Where the last whole line of data[from..bytes) ends; 0 where none does. */
static size_t end_of_lines(const char *data, size_t from, size_t bytes) {
  while (bytes > from && data[bytes - 1] != '\n') bytes--;
  return bytes > from ? bytes : 0;
}

/* Says of what is not whole at which line it breaks off. */
static pubint_status blame_line(const pi_lines *lines, pubint_status status, pubint_error *error) {
  if (error != NULL && error->code == PI_E_PACKING_BROKEN) {
    error->line = lines->inputs[lines->current].lines + (lines->skipping ? 0 : 1);
  }
  return status;
}

/* Reads until there is a whole line, or the end: *whole bytes of lines, and *bytes in all. */
static pubint_status read_block(pi_lines *lines, char *data, size_t *bytes, size_t *whole, bool *at_end,
                                pubint_error *error) {
  *bytes = lines->carry_bytes;
  *whole = 0;
  *at_end = false;
  memcpy(data, lines->carry, lines->carry_bytes);
  lines->carry_bytes = 0;
  while (*whole == 0) {
    size_t goal = (*bytes / PI_READ_BYTES + 1) * PI_READ_BYTES;
    size_t got;
    pubint_status status = pi_source_read(&lines->source, data + *bytes, goal - *bytes, &got, error);
    if (status != PUBINT_OK) return blame_line(lines, status, error);
    if (got == 0) {
      *at_end = !pi_stop_asked(lines->stop);
      *whole = *at_end ? *bytes : 0; /* what was begun when it was to stop stays unread */
      break;
    }
    size_t before = *bytes;
    *bytes += got;
    if (lines->skipping) *bytes = skip_rest(lines, data, *bytes);
    *whole = end_of_lines(data, before, *bytes);
    if (*whole == 0 && *bytes >= PI_LINE_KEPT) {
      lines->skipping = true;
      *whole = *bytes;
    }
  }
  return PUBINT_OK;
}

static uint64_t count_lines(const char *data, size_t bytes) {
  uint64_t count = 0;
  for (const char *p = data, *end = data + bytes; p < end; count++) {
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    p = newline != NULL ? newline + 1 : end;
  }
  return count;
}

/* Makes the block of data[0..whole), of which a line that was too long is kept as far as shows it. */
static void fill(pi_lines *lines, pi_block *block, size_t whole) {
  pi_input *input = &lines->inputs[lines->current];
  account(lines, block->data, whole);
  block->bytes = lines->skipping ? PI_LINE_KEPT : whole;
  block->first_line = input->lines + 1;
  input->lines += count_lines(block->data, block->bytes);
  block->end = (pi_place){.input = lines->current,
                          .bytes = input->bytes,
                          .lines = input->lines,
                          .all_bytes = lines->bytes_before + input->bytes,
                          .within_line = lines->skipping};
  pi_digest_now(&input->digest, &block->end.digest);
}

/* The next block, whose sequence is set; *more false, and nothing filled, where there is none. */
static pubint_status next_block(pi_lines *lines, pi_block *block, bool *more, pubint_error *error) {
  while (lines->current < lines->inputs_count && !pi_stop_asked(lines->stop)) {
    pubint_status status = lines->source.fd < 0 ? open_current(lines, error) : PUBINT_OK;
    size_t bytes, whole;
    bool at_end;
    if (status == PUBINT_OK) status = read_block(lines, block->data, &bytes, &whole, &at_end, error);
    if (status == PUBINT_OK && whole > 0) {
      *more = true;
      lines->carry_bytes = bytes - whole;
      memcpy(lines->carry, block->data + whole, lines->carry_bytes);
      fill(lines, block, whole);
    }
    if (status == PUBINT_OK && at_end) leave_current(lines);
    if (status != PUBINT_OK || *more) return status;
  }
  return PUBINT_OK;
}

pubint_status pi_lines_next(pi_lines *lines, pi_block *block, bool *more, pubint_error *error) {
  *more = false;
  if (lines->failed) return PUBINT_OK;
  block->sequence = lines->sequence;
  pubint_status status = next_block(lines, block, more, error);
  lines->failed = status != PUBINT_OK;
  if (lines->failed || *more) lines->sequence++;
  return status;
}

/* ---- going on where a run was interrupted ---- */

static pubint_status changed(const pi_lines *lines, pubint_error *error) {
  const char *name = lines->inputs[lines->current].name;
  pubint_status refused = pi_error_setf(error, PI_E_NOT_THAT_RUN, "the input is not what it was");
  if (error != NULL) pi_error_field(error->file, sizeof error->file, name, strlen(name));
  return refused;
}

/* Reads `bytes` bytes of the current file, or all of it, into its digest. */
static pubint_status read_over(pi_lines *lines, char *buffer, uint64_t bytes, pubint_error *error) {
  while (bytes > 0) {
    size_t room = bytes < PI_READ_BYTES ? (size_t)bytes : PI_READ_BYTES;
    size_t got;
    pubint_status status = pi_source_read(&lines->source, buffer, room, &got, error);
    if (status != PUBINT_OK) return status;
    if (got == 0)
      return bytes == UINT64_MAX || pi_stop_asked(lines->stop) ? PUBINT_OK : changed(lines, error);
    account(lines, buffer, got);
    if (bytes != UINT64_MAX) bytes -= got;
  }
  return PUBINT_OK;
}

static pubint_status check_digest(const pi_lines *lines, const pi_digest_value *wanted, pubint_error *error) {
  pi_digest_value now;
  const pi_input *input = &lines->inputs[lines->current];
  pi_digest_now(&input->digest, &now);
  if (pi_stop_asked(lines->stop)) return PUBINT_OK; /* not read over to its end */
  return strcmp(now.xxh3, wanted->xxh3) == 0 ? PUBINT_OK : changed(lines, error);
}

pubint_status pi_lines_seek(pi_lines *lines, const pi_place *place, const pi_digest_value *digests,
                            pubint_error *error) {
  char *buffer = malloc(PI_READ_BYTES);
  if (buffer == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = PUBINT_OK;
  while (status == PUBINT_OK && lines->current < place->input) {
    status = open_current(lines, error);
    if (status == PUBINT_OK) status = read_over(lines, buffer, UINT64_MAX, error);
    if (status == PUBINT_OK) status = check_digest(lines, &digests[lines->current], error);
    if (status == PUBINT_OK) leave_current(lines);
  }
  bool within = lines->current < lines->inputs_count; /* else everything was done */
  if (status == PUBINT_OK && within) status = open_current(lines, error);
  if (status == PUBINT_OK && within) status = read_over(lines, buffer, place->bytes, error);
  if (status == PUBINT_OK && within) status = check_digest(lines, &place->digest, error);
  if (status == PUBINT_OK && within) lines->inputs[lines->current].lines = place->lines;
  free(buffer);
  return status;
}
