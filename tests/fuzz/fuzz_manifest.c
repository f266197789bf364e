/* Manifests of any bytes: what is taken for one is written again, and read again to the same bytes. */
#include <string.h>

#include "fuzz_target.h"
#include "manifest.h"

enum { BLOCK = 4096, TEXT_MAX = 64 << 20 };

static void check(const pi_manifest *manifest) {
  const pi_checkpoints *list = &manifest->checkpoints;
  FUZZ_CHECK(list->count <= PI_CHECKPOINTS_MAX + 1 && (!manifest->complete || list->count > 0));
  for (size_t i = 0; i < list->count; i++) {
    const pi_checkpoint *point = &list->points[i];
    FUZZ_CHECK(point->input.all_bytes >= point->before);
    FUZZ_CHECK(i == 0 || point->before >= list->points[i - 1].input.all_bytes);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pi_manifest first, second;
  pi_buffer once, again;
  pi_arena arena;
  pi_arena_init(&arena, BLOCK, TEXT_MAX);
  pi_buffer_init(&once, TEXT_MAX);
  pi_buffer_init(&again, TEXT_MAX);
  if (pi_manifest_parse(&first, (pi_slice){(const char *)data, size}, &arena)) {
    check(&first);
    pi_manifest_put(&once, &first);
    FUZZ_CHECK(!once.failed);
    FUZZ_CHECK(pi_manifest_parse(&second, (pi_slice){once.data, once.len}, &arena));
    pi_manifest_put(&again, &second);
    FUZZ_CHECK(!again.failed && again.len == once.len && memcmp(again.data, once.data, once.len) == 0);
    pi_manifest_dispose(&second);
  }
  pi_manifest_dispose(&first);
  pi_buffer_dispose(&once);
  pi_buffer_dispose(&again);
  pi_arena_dispose(&arena);
  return 0;
}
