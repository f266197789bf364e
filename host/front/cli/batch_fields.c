#include "batch_fields.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "errors.h"
#include "nearest.h"
#include "schema.h"

enum { NAME_BYTES = 128, INDEX_DIGITS = 3 };

typedef struct lookup {
  char plain[NAME_BYTES]; /* the name with 0 for each index, as the schemas' paths have it */
  pi_nearest nearest;
  char best[NAME_BYTES]; /* the text of nearest.best, once it is one */
  bool found;
} lookup;

/* Whether the part is an index as JSON pointers have it: no zero before other digits. */
static bool is_index(const char *part, size_t length) {
  if (length == 0 || length > INDEX_DIGITS || (length > 1 && part[0] == '0')) return false;
  return strspn(part, "0123456789") >= length;
}

/* Copies a path with each of its indexes as 0. False where there is no room. */
static bool make_plain(char out[NAME_BYTES], pi_slice name) {
  size_t used = 0;
  for (const char *at = name.ptr, *end = at + name.len; at <= end;) {
    const char *slash = memchr(at, '/', (size_t)(end - at));
    size_t length = (size_t)((slash != NULL ? slash : end) - at);
    bool index = is_index(at, length);
    if (used + length + 2 > NAME_BYTES) return false;
    memcpy(out + used, index ? "0" : at, index ? 1 : length);
    used += index ? 1 : length;
    if (slash != NULL) out[used++] = '/';
    at += length + 1;
  }
  out[used] = '\0';
  return true;
}

static void compare(void *context, const char *path) {
  lookup *self = context;
  self->found = self->found || strcmp(path, self->plain) == 0;
  size_t before = self->nearest.distance;
  bool had = self->nearest.best.ptr != NULL;
  pi_nearest_offer(&self->nearest, pi_slice_of(path));
  if (self->nearest.best.ptr != path || (had && self->nearest.distance == before)) return;
  snprintf(self->best, sizeof self->best, "%s", path);
  self->nearest.best = pi_slice_of(self->best);
}

/* The nearest path with the indexes of the name, as far as it has so many. */
static void put_indexes_back(const char *best, pi_slice name, char out[NAME_BYTES]) {
  const char *from = name.ptr, *end = name.ptr + name.len;
  size_t used = 0;
  for (const char *at = best; *at != '\0' && used + INDEX_DIGITS + 2 < NAME_BYTES; at++) {
    bool zero = *at == '0' && at > best && at[-1] == '/';
    while (zero && from < end && !(*from >= '0' && *from <= '9' && (from == name.ptr || from[-1] == '/')))
      from++;
    while (zero && from + 1 < end && from[0] == '0' && from[1] >= '0' && from[1] <= '9') from++;
    size_t digits = zero && from < end ? strspn(from, "0123456789") : 0;
    if (digits == 0 || digits > INDEX_DIGITS) {
      out[used++] = *at;
      continue;
    }
    memcpy(out + used, from, digits);
    used += digits;
    from += digits;
  }
  out[used] = '\0';
}

static pi_exit refuse(const char *message, pi_slice name, const char *best) {
  pubint_error error;
  pi_error_setf(&error, PI_E_UNKNOWN_FIELD, "%s", message);
  pi_error_found(&error, name.ptr, name.len);
  char meant[NAME_BYTES];
  if (best != NULL) put_indexes_back(best, name, meant);
  if (best != NULL && best[0] != '\0')
    snprintf(error.hint, sizeof error.hint, "did you mean %s?", meant);
  else
    snprintf(error.hint, sizeof error.hint, "`pubint help E4120` says what fields are called");
  return pi_complain(&error);
}

static pi_exit add(pi_rows *rows, pi_slice name) {
  lookup look = {.found = false};
  for (uint32_t i = 0; i < rows->count; i++) {
    if (pi_slice_equal(rows->fields[i].name, name)) return refuse("a field is named twice", name, NULL);
  }
  if (rows->count == PI_ROWS_FIELDS_MAX) return refuse("more than 64 fields", name, NULL);
  if (name.len == 0) return refuse("a field without a name", PI_SLICE(""), NULL);
  bool fits = make_plain(look.plain, name);
  /* A pointer's leading slash is told from a slip. */
  pi_nearest_init(&look.nearest, pi_slice_of(look.plain + (look.plain[0] == '/')));
  for (size_t i = 0; PI_ROWS_NAMES[i] != NULL; i++) compare(&look, PI_ROWS_NAMES[i]);
  pi_schema_each_path(compare, &look);
  bool added = fits && look.found && pi_rows_add(rows, name);
  return added ? PI_EXIT_DONE : refuse("no such field", name, look.best);
}

pi_exit pi_batch_fields_read(pi_rows *rows, const char *list) {
  static const char BLANKS[] = " \t";
  pi_exit status = PI_EXIT_DONE;
  for (const char *at = list; status == PI_EXIT_DONE;) {
    const char *end = at + strcspn(at, ",");
    const char *next = end;
    at += strspn(at, BLANKS);
    while (end > at && strchr(BLANKS, end[-1]) != NULL) end--;
    status = add(rows, (pi_slice){at, end > at ? (size_t)(end - at) : 0});
    if (*next == '\0') break;
    at = next + 1;
  }
  return status;
}

pi_rows_format pi_batch_fields_format(const char *out) {
  static const char SUFFIX[] = ".csv";
  size_t length = out != NULL ? strlen(out) : 0, suffix = sizeof SUFFIX - 1;
  bool csv = length > suffix && strcasecmp(out + length - suffix, SUFFIX) == 0;
  return csv ? PI_ROWS_CSV : PI_ROWS_JSONL;
}
