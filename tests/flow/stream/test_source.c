/* The bytes of a file as a source gives them: what is packed and what is not, in reads of any size, and with
 * any request for memory failed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "counted.h"
#include "files.h"
#include "source.h"
#include "test.h"

enum { TEXT_BYTES = 3 * 1024 * 1024, MOST = 8 * 1024 * 1024 };
static const char FILE_NAME[] = "pi-source-file";

/* Text that repeats itself only far apart. */
static char *make_text(void) {
  char *text = malloc(TEXT_BYTES);
  uint32_t state = 1;
  for (size_t i = 0; text != NULL && i < TEXT_BYTES; i++) {
    state = state * 1664525 + 1013904223;
    text[i] = i % 71 == 70 ? '\n' : (char)('a' + (state >> 28));
  }
  return text;
}

static size_t gzip(char *out, size_t room, const char *text, size_t count) {
  z_stream stream = {.next_in = (Bytef *)(uintptr_t)text,
                     .avail_in = (uInt)count,
                     .next_out = (Bytef *)out,
                     .avail_out = (uInt)room};
  assert_int_equal(deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
  deflateEnd(&stream);
  return room - stream.avail_out;
}

static size_t zstd(char *out, size_t room, const char *text, size_t count) {
  size_t made = ZSTD_compress(out, room, text, count, 1);
  assert_false(ZSTD_isError(made));
  return made;
}

typedef size_t (*packer)(char *out, size_t room, const char *text, size_t count);
static const packer PACKERS[] = {gzip, zstd};

/* All that the file gives in reads of `room` bytes, the first of 4 KiB; its status behind that. */
static pubint_status read_all(pi_buffer *out, size_t room, pubint_error *error) {
  static char piece[1024 * 1024];
  pi_source source;
  size_t got = 1, first = 4096;
  pubint_status status = pi_source_open(&source, FILE_NAME, NULL, error);
  while (status == PUBINT_OK && got > 0) {
    status = pi_source_read(&source, piece, first > 0 ? first : room, &got, error);
    first = 0;
    if (status == PUBINT_OK) pi_buffer_append(out, piece, got);
  }
  pi_source_close(&source);
  return status;
}

static void test_source_gives_one_text_whatever_the_reads(void **state) {
  (void)state;
  static const size_t ROOMS[] = {1, 7, 4096, 256 * 1024, 1024 * 1024};
  char *text = make_text(), *packed = malloc(MOST);
  for (size_t p = 0; p < 2; p++) {
    size_t half = PACKERS[p](packed, MOST, text, TEXT_BYTES / 2); /* two streams */
    size_t all =
        half + PACKERS[p](packed + half, MOST - half, text + TEXT_BYTES / 2, TEXT_BYTES - TEXT_BYTES / 2);
    files_write(FILE_NAME, packed, all);
    for (size_t i = 0; i < sizeof ROOMS / sizeof *ROOMS; i++) {
      pi_buffer out;
      pubint_error error;
      pi_buffer_init(&out, MOST);
      assert_int_equal(read_all(&out, ROOMS[i], &error), PUBINT_OK);
      assert_int_equal(out.len, TEXT_BYTES);
      assert_memory_equal(out.data, text, TEXT_BYTES);
      pi_buffer_dispose(&out);
    }
  }
  free(text);
  free(packed);
  unlink(FILE_NAME);
}

/* However much of a file is cut off, it is an error, and what comes before is a beginning of the text. */
static void test_source_cut_anywhere_is_an_error(void **state) {
  (void)state;
  enum { SMALL = 3000 };
  char *text = make_text(), packed[2 * SMALL];
  for (size_t p = 0; p < 2; p++) {
    size_t all = PACKERS[p](packed, sizeof packed, text, SMALL);
    for (size_t left = 4; left <= all; left++) {
      pi_buffer out;
      pubint_error error = {0};
      files_write(FILE_NAME, packed, left);
      pi_buffer_init(&out, MOST);
      pubint_status status = read_all(&out, 4096, &error);
      assert_int_equal(status, left < all ? PUBINT_E_INPUT : PUBINT_OK);
      if (left < all) assert_int_equal(error.code, PI_E_PACKING_BROKEN);
      assert_true(out.len <= SMALL && memcmp(out.len > 0 ? out.data : "", text, out.len) == 0);
      pi_buffer_dispose(&out);
    }
  }
  free(text);
  unlink(FILE_NAME);
}

/* One byte changed: an error, or the same text where it says nothing (as a time does). */
static void test_source_changed_anywhere_is_never_another_text(void **state) {
  (void)state;
  enum { SMALL = 600 };
  char *text = make_text(), packed[2 * SMALL];
  size_t all = gzip(packed, sizeof packed, text, SMALL);
  for (size_t at = 2; at < all; at++) {
    pi_buffer out;
    pubint_error error = {0};
    packed[at] ^= 0x10;
    files_write(FILE_NAME, packed, all);
    packed[at] ^= 0x10;
    pi_buffer_init(&out, MOST);
    pubint_status status = read_all(&out, 4096, &error);
    if (status != PUBINT_OK) assert_int_equal(error.code, PI_E_PACKING_BROKEN);
    if (status == PUBINT_OK) assert_int_equal(out.len, SMALL);
    if (status == PUBINT_OK) assert_memory_equal(out.data, text, SMALL);
    pi_buffer_dispose(&out);
  }
  free(text);
  unlink(FILE_NAME);
}

static void test_source_digest_is_that_of_the_file(void **state) {
  (void)state;
  char *text = make_text(), *packed = malloc(MOST), piece[4096];
  size_t all = gzip(packed, MOST, text, TEXT_BYTES), got = 1;
  pi_digest_state counted_one, whole;
  pi_digest_value is, was;
  pubint_error error;
  pi_source source;
  files_write(FILE_NAME, packed, all);
  assert_true(pi_digest_open(&counted_one, true) && pi_digest_open(&whole, true));
  assert_int_equal(pi_source_open(&source, FILE_NAME, NULL, &error), PUBINT_OK);
  source.digest = &counted_one;
  while (got > 0) assert_int_equal(pi_source_read(&source, piece, sizeof piece, &got, &error), PUBINT_OK);
  assert_int_equal(source.bytes, all);
  pi_digest_add(&whole, packed, all);
  pi_digest_now(&counted_one, &is);
  pi_digest_now(&whole, &was);
  assert_string_equal(is.xxh3, was.xxh3);
  assert_string_equal(is.sha256, was.sha256);
  pi_digest_close(&counted_one);
  pi_digest_close(&whole);
  pi_source_close(&source);
  free(text);
  free(packed);
  unlink(FILE_NAME);
}

/* A file that unpacks to a thousand times its size takes no more memory than one that does not. */
static void test_source_memory_does_not_grow(void **state) {
  (void)state;
  char *text = calloc(1, TEXT_BYTES), *packed = malloc(MOST), piece[4096];
  size_t all = gzip(packed, MOST, text, TEXT_BYTES), got = 1;
  pubint_error error;
  pi_source source;
  files_write(FILE_NAME, packed, all);
  size_t before = counted_bytes();
  counted_watch();
  assert_int_equal(pi_source_open(&source, FILE_NAME, NULL, &error), PUBINT_OK);
  while (got > 0) assert_int_equal(pi_source_read(&source, piece, sizeof piece, &got, &error), PUBINT_OK);
  assert_true(counted_peak_bytes() - before < 512 * 1024);
  pi_source_close(&source);
  assert_int_equal(counted_bytes(), before);
  free(text);
  free(packed);
  unlink(FILE_NAME);
}

static void test_source_says_when_memory_runs_out(void **state) {
  (void)state;
  char packed[4096];
  for (size_t p = 0; p < 2; p++) {
    size_t all = PACKERS[p](packed, sizeof packed, "text", 4), blocks = counted_blocks();
    files_write(FILE_NAME, packed, all);
    blocks = counted_blocks();
    for (uint64_t n = 0;; n++) {
      pi_buffer out;
      pubint_error error = {0};
      pi_buffer_init(&out, 100);
      counted_fail_at(n, 0);
      pubint_status status = pi_source_read_file(&out, FILE_NAME, PI_E_PAYLOAD_TOO_LARGE, &error);
      bool failed = counted_failed();
      counted_fail_none();
      assert_int_equal(status, failed ? PUBINT_E_SYSTEM : PUBINT_OK);
      if (failed) assert_int_equal(error.code, PI_E_NO_MEMORY);
      pi_buffer_dispose(&out);
      assert_int_equal(counted_blocks(), blocks);
      if (!failed) break;
      assert_true(n < 100);
    }
  }
  unlink(FILE_NAME);
}

static void test_source_file_holds_what_the_buffer_may_hold(void **state) {
  (void)state;
  enum { LIMIT = 1000 };
  char *text = make_text(), packed[4096];
  for (size_t p = 0; p < 3; p++) {
    for (size_t bytes = LIMIT; bytes <= LIMIT + 1; bytes++) {
      pi_buffer out;
      pubint_error error = {0};
      size_t all = p < 2 ? PACKERS[p](packed, sizeof packed, text, bytes) : bytes;
      files_write(FILE_NAME, p < 2 ? packed : text, all);
      pi_buffer_init(&out, LIMIT);
      pubint_status status = pi_source_read_file(&out, FILE_NAME, PI_E_PAYLOAD_TOO_LARGE, &error);
      assert_int_equal(status, bytes == LIMIT ? PUBINT_OK : PUBINT_E_INPUT);
      if (bytes > LIMIT) assert_int_equal(error.code, PI_E_PAYLOAD_TOO_LARGE);
      if (bytes > LIMIT) assert_string_equal(error.expected, "at most 1000 bytes");
      if (bytes > LIMIT) assert_string_equal(error.file, FILE_NAME);
      pi_buffer_dispose(&out);
    }
  }
  free(text);
  unlink(FILE_NAME);
}

static void test_source_says_why_it_cannot_be_read(void **state) {
  (void)state;
  static const struct {
    const char *name, *reason;
  } FILES[] = {{"/nowhere/at/all", "No such file or directory"}, {"/tmp", "Is a directory"}};
  for (size_t i = 0; i < 2; i++) {
    pi_buffer out;
    pubint_error error;
    pi_buffer_init(&out, 100);
    assert_int_equal(pi_source_read_file(&out, FILES[i].name, PI_E_PAYLOAD_TOO_LARGE, &error),
                     PUBINT_E_SYSTEM);
    assert_int_equal(error.code, PI_E_CANNOT_READ);
    assert_string_equal(error.file, FILES[i].name);
    assert_non_null(strstr(error.message, FILES[i].reason));
    pi_buffer_dispose(&out);
  }
}

static void test_source_refuses_what_is_packed_otherwise(void **state) {
  (void)state;
  static char tar[512] = "name";
  memcpy(tar + 257, "ustar", 5);
  const struct {
    const char *begin;
    size_t count;
    const char *name;
  } OTHERS[] = {{"\xFD"
                 "7zXZ\0rest",
                 10, "with xz,"},
                {"BZh9rest", 8, "with bzip2,"},
                {"PK\x03\x04rest", 8, "with zip,"},
                {tar, sizeof tar, "with tar,"}};
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
    for (size_t within = 0; within < 2; within++) {
      char packed[2048];
      pi_buffer out;
      pubint_error error = {0};
      size_t all = within ? zstd(packed, sizeof packed, OTHERS[i].begin, OTHERS[i].count) : OTHERS[i].count;
      files_write(FILE_NAME, within ? packed : OTHERS[i].begin, all);
      pi_buffer_init(&out, 1000);
      assert_int_equal(pi_source_read_file(&out, FILE_NAME, PI_E_PAYLOAD_TOO_LARGE, &error), PUBINT_E_INPUT);
      assert_int_equal(error.code, PI_E_PACKED);
      assert_int_equal(out.len, 0);
      if (within) assert_non_null(strstr(error.message, " within zstd,"));
      if (!within) assert_non_null(strstr(error.message, OTHERS[i].name));
      pi_buffer_dispose(&out);
    }
  }
  unlink(FILE_NAME);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_source_gives_one_text_whatever_the_reads),
      cmocka_unit_test(test_source_cut_anywhere_is_an_error),
      cmocka_unit_test(test_source_changed_anywhere_is_never_another_text),
      cmocka_unit_test(test_source_digest_is_that_of_the_file),
      cmocka_unit_test(test_source_memory_does_not_grow),
      cmocka_unit_test(test_source_says_when_memory_runs_out),
      cmocka_unit_test(test_source_file_holds_what_the_buffer_may_hold),
      cmocka_unit_test(test_source_says_why_it_cannot_be_read),
      cmocka_unit_test(test_source_refuses_what_is_packed_otherwise),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
