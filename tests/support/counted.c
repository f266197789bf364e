#include "counted.h"

#include <malloc.h>
#include <stdlib.h>

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *block, size_t bytes);
void __real_free(void *block);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *block, size_t bytes);
void __wrap_free(void *block);

static size_t blocks, bytes_held, bytes_peak;
static uint64_t calls, first_failing = UINT64_MAX, failing;
static int failed;

size_t counted_blocks(void) {
  return blocks;
}

size_t counted_bytes(void) {
  return bytes_held;
}

size_t counted_peak_bytes(void) {
  return bytes_peak;
}

void counted_watch(void) {
  bytes_peak = bytes_held;
}

uint64_t counted_calls(void) {
  return calls;
}

void counted_fail_at(uint64_t n, uint64_t further) {
  calls = 0;
  failed = 0;
  first_failing = n;
  failing = further + 1;
}

void counted_fail_none(void) {
  first_failing = UINT64_MAX;
}

int counted_failed(void) {
  return failed;
}

static int fails(void) {
  uint64_t call = calls++;
  if (call < first_failing || call - first_failing >= failing) return 0;
  failed = 1;
  return 1;
}

static void *take(void *block) {
  if (block == NULL) return NULL;
  blocks++;
  bytes_held += malloc_usable_size(block);
  if (bytes_held > bytes_peak) bytes_peak = bytes_held;
  return block;
}

static void give(void *block) {
  if (block == NULL) return;
  blocks--;
  bytes_held -= malloc_usable_size(block);
}

void *__wrap_malloc(size_t bytes) {
  return fails() ? NULL : take(__real_malloc(bytes));
}

void *__wrap_calloc(size_t count, size_t bytes) {
  return fails() ? NULL : take(__real_calloc(count, bytes));
}

void *__wrap_realloc(void *block, size_t bytes) {
  if (fails()) return NULL;
  size_t held = block != NULL ? malloc_usable_size(block) : 0;
  void *moved = __real_realloc(block, bytes);
  if (moved == NULL) return NULL; /* nothing is asked for 0 bytes here */
  if (block != NULL) {
    blocks--;
    bytes_held -= held;
  }
  return take(moved);
}

void __wrap_free(void *block) {
  give(block);
  __real_free(block);
}
