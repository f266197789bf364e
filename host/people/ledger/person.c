#include "person.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "utf8.h"

static char *map(const char *bytes, size_t length, int options, utf8proc_ssize_t *out_length) {
  utf8proc_uint8_t *out = NULL;
  *out_length = utf8proc_map((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)length, &out,
                             (utf8proc_option_t)options);
  return (char *)out;
}

/* The key of the name, *length bytes for free(); NULL where memory runs out. Marks are put in order before
 * letters are folded: an iota below one becomes a letter of its own, and would stand between them. */
static char *fold(pi_slice name, size_t *length) {
  enum {
    ORDERED = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE,
    FOLDED = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE
  };
  utf8proc_ssize_t bytes;
  char *ordered = map(name.ptr, name.len, ORDERED, &bytes), *out = NULL;
  if (ordered != NULL) out = map(ordered, (size_t)bytes, FOLDED, &bytes);
  free(ordered);
  if (out == NULL && bytes != UTF8PROC_ERROR_NOMEM) {
    bytes = (utf8proc_ssize_t)name.len;
    out = malloc(name.len + 1);
    if (out != NULL) memcpy(out, name.ptr, name.len);
  }
  *length = (size_t)bytes;
  return out;
}

pi_slice pi_person_key(pi_slice name, pi_arena *arena) {
  size_t length;
  char *key = fold(name, &length);
  pi_slice out = key != NULL ? pi_arena_copy(arena, (pi_slice){key, length}) : (pi_slice){NULL, 0};
  free(key);
  return out;
}

bool pi_person_lasts(pi_slice name) {
  for (size_t i = 0, bytes; i < name.len; i += bytes) {
    uint32_t code = pi_utf8_decode(name.ptr + i, &bytes);
    if (utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_CN) return false;
  }
  return true;
}

static void person_key(sqlite3_context *call, int count, sqlite3_value **values) {
  (void)count;
  const char *name = (const char *)sqlite3_value_text(values[0]);
  size_t length;
  if (name == NULL) return; /* NULL has none */
  char *key = fold((pi_slice){name, (size_t)sqlite3_value_bytes(values[0])}, &length);
  if (key == NULL) {
    sqlite3_result_error_nomem(call);
  } else {
    sqlite3_result_text64(call, key, length, free, SQLITE_UTF8);
  }
}

bool pi_person_register(sqlite3 *db) {
  return sqlite3_create_function(db, "person_key", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                 NULL, person_key, NULL, NULL) == SQLITE_OK;
}
