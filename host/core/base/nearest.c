#include "nearest.h"

#include <stdbool.h>

enum { NAME_BYTES_MAX = 64 };

static char lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Inserts, deletes, replacements and swaps of neighbours that turn `a` into `b`: the usual table, of which
 * only the last three rows are kept. */
static size_t distance_of(pi_slice a, pi_slice b) {
  size_t rows[3][NAME_BYTES_MAX + 1];
  for (size_t j = 0; j <= b.len; j++) rows[0][j] = j;
  for (size_t i = 1; i <= a.len; i++) {
    size_t *row = rows[i % 3];
    const size_t *above = rows[(i - 1) % 3];
    const size_t *above2 = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.len; j++) {
      char from = lower(a.ptr[i - 1]);
      char to = lower(b.ptr[j - 1]);
      row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + (from != to));
      bool swapped = i > 1 && j > 1 && from == lower(b.ptr[j - 2]) && to == lower(a.ptr[i - 2]);
      if (swapped) row[j] = least(row[j], above2[j - 2] + 1);
    }
  }
  return rows[a.len % 3][b.len];
}

void pi_nearest_init(pi_nearest *nearest, pi_slice wanted) {
  *nearest = (pi_nearest){.wanted = wanted};
}

void pi_nearest_offer(pi_nearest *nearest, pi_slice candidate) {
  pi_slice wanted = nearest->wanted;
  if (wanted.len > NAME_BYTES_MAX || candidate.len > NAME_BYTES_MAX) return;
  size_t longer = wanted.len > candidate.len ? wanted.len : candidate.len;
  size_t limit = longer / 3 > 1 ? longer / 3 : 1;
  size_t distance = distance_of(wanted, candidate);
  if (distance > limit || (distance > 0 && distance >= longer)) return;
  if (nearest->best.ptr != NULL && distance >= nearest->distance) return;
  nearest->best = candidate;
  nearest->distance = distance;
}
