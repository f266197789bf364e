#include <string.h>

#include "arena.h"
#include "test.h"

static void test_arena_aligns_for_any_type(void **state) {
  (void)state;
  pi_arena arena;
  pi_arena_init(&arena, 256, 1 << 20);
  for (size_t bytes = 0; bytes < 300; bytes++) {
    unsigned char *memory = pi_arena_alloc(&arena, bytes);
    assert_non_null(memory);
    assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
    memset(memory, 0xA5, bytes);
  }
  pi_arena_dispose(&arena);
}

static void test_arena_keeps_allocations_apart(void **state) {
  (void)state;
  enum { COUNT = 500 };
  pi_arena arena;
  unsigned char *memory[COUNT];
  pi_arena_init(&arena, 128, 1 << 20);
  for (size_t i = 0; i < COUNT; i++) {
    memory[i] = pi_arena_alloc(&arena, i % 97 + 1);
    assert_non_null(memory[i]);
    memset(memory[i], (int)(i & 0xFF), i % 97 + 1);
  }
  for (size_t i = 0; i < COUNT; i++) {
    for (size_t j = 0; j < i % 97 + 1; j++) assert_int_equal(memory[i][j], i & 0xFF);
  }
  pi_arena_dispose(&arena);
}

static void test_arena_gives_null_at_its_bound_and_goes_on_below_it(void **state) {
  (void)state;
  pi_arena arena;
  pi_arena_init(&arena, 64, 1024);
  assert_non_null(pi_arena_alloc(&arena, 1000)); /* 1008 with its alignment */
  assert_null(pi_arena_alloc(&arena, 17));
  assert_non_null(pi_arena_alloc(&arena, 16));
  assert_null(pi_arena_alloc(&arena, 1));
  pi_arena_dispose(&arena);
}

static void test_arena_refuses_sizes_beyond_all_memory(void **state) {
  (void)state;
  pi_arena arena;
  pi_arena_init(&arena, 64, SIZE_MAX);
  assert_null(pi_arena_alloc(&arena, SIZE_MAX));
  assert_null(pi_arena_alloc(&arena, SIZE_MAX - 31));
  assert_non_null(pi_arena_alloc(&arena, 8));
  pi_arena_dispose(&arena);
}

/* Whether a case fits must not depend on the cases before it, whatever blocks they left. */
static void test_arena_bound_is_the_same_after_any_history(void **state) {
  (void)state;
  static const size_t HISTORIES[][4] = {{0}, {900}, {16, 16, 16, 16}, {600, 8, 200}, {1024}, {512, 512}};
  for (size_t i = 0; i < sizeof HISTORIES / sizeof HISTORIES[0]; i++) {
    pi_arena arena;
    pi_arena_init(&arena, 64, 1024);
    for (size_t round = 0; round < 5; round++) {
      for (size_t j = 0; j < 4 && HISTORIES[i][j] > 0; j++) {
        assert_non_null(pi_arena_alloc(&arena, HISTORIES[i][j]));
      }
      pi_arena_reset(&arena);
    }
    size_t taken = 0;
    while (pi_arena_alloc(&arena, 48) != NULL) taken++;
    assert_int_equal(taken, 1024 / 48);
    pi_arena_dispose(&arena);
  }
}

static void test_arena_asks_for_nothing_in_a_steady_state(void **state) {
  (void)state;
#ifndef PI_ARENA_DEBUG
  pi_arena arena;
  pi_arena_init(&arena, 128, 1 << 16);
  size_t held = 0;
  for (size_t round = 0; round < 10; round++) {
    pi_arena_reset(&arena);
    assert_int_equal(arena.held_bytes, held); /* the blocks are kept */
    for (size_t i = 0; i < 40; i++) assert_non_null(pi_arena_alloc(&arena, i * 13 % 400 + 1));
    if (round == 0) held = arena.held_bytes;
    assert_int_equal(arena.held_bytes, held);
  }
  pi_arena_dispose(&arena);
#endif
}

static void test_arena_does_not_hoard_after_odd_sizes(void **state) {
  (void)state;
  pi_arena arena;
  pi_arena_init(&arena, 64, 4096);
  for (size_t i = 0; i < 200; i++) {
    pi_arena_reset(&arena);
    assert_non_null(pi_arena_alloc(&arena, i * 20 + 1));
    assert_true(arena.held_bytes <= 2 * 4096);
  }
  pi_arena_dispose(&arena);
}

static void test_arena_copies_with_a_final_nul(void **state) {
  (void)state;
  pi_arena arena;
  pi_arena_init(&arena, 64, 96);
  pi_slice copy = pi_arena_copy(&arena, PI_SLICE("a\0b"));
  assert_int_equal(copy.len, 3);
  assert_memory_equal(copy.ptr, "a\0b", 4);
  copy = pi_arena_copy(&arena, (pi_slice){NULL, 0});
  assert_int_equal(copy.len, 0);
  assert_string_equal(copy.ptr, "");
  copy = pi_arena_copy(&arena,
                       (pi_slice){"0123456789012345678901234567890123456789012345678901234567890123", 64});
  assert_null(copy.ptr);
  assert_int_equal(copy.len, 0);
  pi_arena_dispose(&arena);
}

static void test_arena_can_be_used_again_after_dispose(void **state) {
  (void)state;
  pi_arena arena;
  pi_arena_init(&arena, 64, 1024);
  pi_arena_dispose(&arena);
  assert_non_null(pi_arena_alloc(&arena, 10));
  pi_arena_dispose(&arena);
  pi_arena_dispose(&arena);
  assert_int_equal(arena.held_bytes, 0);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_arena_aligns_for_any_type),
      cmocka_unit_test(test_arena_keeps_allocations_apart),
      cmocka_unit_test(test_arena_gives_null_at_its_bound_and_goes_on_below_it),
      cmocka_unit_test(test_arena_refuses_sizes_beyond_all_memory),
      cmocka_unit_test(test_arena_bound_is_the_same_after_any_history),
      cmocka_unit_test(test_arena_asks_for_nothing_in_a_steady_state),
      cmocka_unit_test(test_arena_does_not_hoard_after_odd_sizes),
      cmocka_unit_test(test_arena_copies_with_a_final_nul),
      cmocka_unit_test(test_arena_can_be_used_again_after_dispose),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
