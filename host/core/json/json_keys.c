#include "json_keys.h"

enum {
  INSERT_MAX = 12, /* so many are sorted faster by insertion */
  PAIRS_MAX = 48,  /* so many are compared each with each faster than sorted */
};

static bool comes_before(const pi_json_member *a, const pi_json_member *b) {
  int order = pi_slice_compare(a->key, b->key);
  return order != 0 ? order < 0 : a->at < b->at;
}

static void insertion_sort(pi_json_member *members, size_t count) {
  for (size_t i = 1; i < count; i++) {
    pi_json_member moved = members[i];
    size_t j = i;
    for (; j > 0 && comes_before(&moved, &members[j - 1]); j--) members[j] = members[j - 1];
    members[j] = moved;
  }
}

/* Lets `moved` sink from `hole` to where both children come before it. */
static void sink(pi_json_member *heap, size_t count, size_t hole, pi_json_member moved) {
  for (;;) {
    size_t child = 2 * hole + 1;
    if (child >= count) break;
    if (child + 1 < count && comes_before(&heap[child], &heap[child + 1])) child++;
    if (!comes_before(&moved, &heap[child])) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = moved;
}

/* A heap sort: in place, and no choice of keys makes it slow. */
void pi_json_keys_sort(pi_json_member *members, size_t count) {
  if (count <= INSERT_MAX) {
    insertion_sort(members, count);
    return;
  }
  for (size_t i = count / 2; i-- > 0;) sink(members, count, i, members[i]);
  for (size_t left = count - 1; left > 0; left--) {
    pi_json_member last = members[left];
    members[left] = members[0];
    sink(members, left, 0, last);
  }
}

bool pi_json_keys_unique(pi_json_member *members, size_t count) {
  if (count > PAIRS_MAX) {
    const pi_json_member *first;
    pi_json_keys_sort(members, count);
    return pi_json_keys_repeat(members, count, &first) == NULL;
  }
  for (size_t i = 1; i < count; i++) {
    for (size_t j = 0; j < i; j++) {
      if (members[i].tag == members[j].tag && pi_slice_equal(members[i].key, members[j].key)) return false;
    }
  }
  return true;
}

const pi_json_member *pi_json_keys_repeat(const pi_json_member *members, size_t count,
                                          const pi_json_member **first) {
  const pi_json_member *repeat = NULL;
  for (size_t i = 1; i < count; i++) {
    if (!pi_slice_equal(members[i].key, members[i - 1].key)) continue;
    if (repeat != NULL && repeat->at < members[i].at) continue;
    repeat = &members[i];
    *first = &members[i - 1];
  }
  return repeat;
}

size_t pi_json_keys_find(const pi_json_member *members, size_t count, pi_slice key, size_t *first) {
  size_t low = 0;
  size_t high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (pi_slice_compare(members[middle].key, key) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  *first = low;
  while (high < count && pi_slice_equal(members[high].key, key)) high++;
  return high - low;
}
