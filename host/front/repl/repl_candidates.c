#define _GNU_SOURCE /* memmem */
#include "repl_candidates.h"

#include <stdlib.h>
#include <string.h>

#define NAMES_BYTES_MAX ((size_t)4 * 1024 * 1024)

enum { RANK_BEGINS, RANK_PART, RANK_WITHIN, RANK_NONE };

void pi_repl_candidates_init(pi_repl_candidates *out) {
  *out = (pi_repl_candidates){.word = {"", 0}, .after = " ", .rank = RANK_NONE};
  pi_buffer_init(&out->names, NAMES_BYTES_MAX);
}

void pi_repl_candidates_dispose(pi_repl_candidates *out) {
  pi_buffer_dispose(&out->names);
}

/* A name that begins with the word is better than one of which a part does, as in "offline" for
 * context.offline_harm, and that than one which has it anywhere. */
static unsigned rank_of(pi_slice name, pi_slice word) {
  if (word.len == 0) return RANK_BEGINS;
  unsigned rank = RANK_NONE;
  for (size_t i = 0; i + word.len <= name.len; i++) {
    if (memcmp(name.ptr + i, word.ptr, word.len) != 0) continue;
    if (i == 0) return RANK_BEGINS;
    if (name.ptr[i - 1] == '.') return RANK_PART;
    rank = RANK_WITHIN;
  }
  return rank;
}

static void add(pi_repl_candidates *self, pi_slice name) {
  if (self->count >= PI_REPL_CANDIDATES_MAX) return;
  pi_buffer_slice(&self->names, name);
  pi_buffer_byte(&self->names, '\0');
  self->count++;
}

void pi_repl_candidates_put(pi_repl_candidates *self, pi_slice name) {
  unsigned rank = rank_of(name, self->word);
  if (rank == RANK_NONE || rank > self->rank || (rank > RANK_BEGINS && !self->anywhere)) return;
  if (rank < self->rank) {
    pi_buffer_reset(&self->names);
    self->count = 0;
    self->rank = rank;
  }
  add(self, name);
}

void pi_repl_candidates_take(pi_repl_candidates *self, pi_slice name) {
  self->rank = RANK_BEGINS;
  add(self, name);
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, and each once. */
static void sort(pi_repl_candidates *self) {
  const char *names[PI_REPL_CANDIDATES_MAX];
  unsigned count = 0;
  pi_buffer sorted;
  if (self->names.failed) self->count = 0; /* the last may be cut short */
  if (self->count == 0) return;
  for (size_t at = 0; at < self->names.len; at += strlen(self->names.data + at) + 1) {
    names[count++] = self->names.data + at;
  }
  qsort(names, count, sizeof names[0], compare_names);
  pi_buffer_init(&sorted, self->names.max);
  self->count = 0;
  for (unsigned i = 0; i < count; i++) {
    if (i > 0 && strcmp(names[i], names[i - 1]) == 0) continue;
    pi_buffer_append(&sorted, names[i], strlen(names[i]) + 1);
    self->count++;
  }
  if (sorted.failed) self->count = 0;
  pi_buffer_dispose(&self->names);
  self->names = sorted;
}

/* How many bytes all have in common. */
static size_t common_bytes(const pi_repl_candidates *self) {
  size_t common = strlen(self->names.data);
  for (size_t at = 0; at < self->names.len; at += strlen(self->names.data + at) + 1) {
    size_t same = 0;
    while (same < common && self->names.data[at + same] == self->names.data[same]) same++;
    common = same;
  }
  /* Only whole characters: names can differ in the last byte of one. */
  while (common > 0 && ((unsigned char)self->names.data[common] & 0xc0) == 0x80) common--;
  return common;
}

void pi_repl_candidates_end(pi_repl_candidates *self) {
  sort(self);
  self->insert = 0;
  if (self->count == 0 || (self->partial && self->count > 1)) return;
  size_t common = common_bytes(self);
  bool has_word = memmem(self->names.data, common, self->word.ptr, self->word.len) != NULL;
  bool more = has_word ? common > self->word.len : self->replaces && common > 0;
  if (self->count == 1 || more) self->insert = common;
}
