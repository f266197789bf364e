#include "endpoints.h"

#include <stdio.h>
#include <strings.h>

#define ENDPOINT(id, method, path, scope, body, type, summary)                                               \
  {PI_ENDPOINT_##id, PI_ENDPOINT_##method, PI_SLICE_INIT(path), PI_SCOPE_##scope, PI_BODY_##body, type,      \
   summary},
const pi_endpoint PI_ENDPOINTS[] = {
#include "endpoints.def"
};
#undef ENDPOINT

const char *pi_endpoint_method_name(pi_endpoint_method method) {
  return method == PI_ENDPOINT_POST ? "POST" : "GET";
}

/* --- by path and method --- */

/* Whether a row's path is this one, up to its name in capitals, which *name gets. */
static bool fits(const pi_endpoint *row, pi_slice path, pi_slice *name) {
  size_t fixed = row->path.len;
  while (fixed > 0 && row->path.ptr[fixed - 1] >= 'A' && row->path.ptr[fixed - 1] <= 'Z') fixed--;
  *name = (pi_slice){"", 0};
  if (fixed == row->path.len) return pi_slice_equal(row->path, path);
  if (path.len <= fixed || memcmp(path.ptr, row->path.ptr, fixed) != 0) return false;
  *name = (pi_slice){path.ptr + fixed, path.len - fixed};
  return memchr(name->ptr, '/', name->len) == NULL;
}

static bool has_method(const pi_endpoint *row, pi_slice method) {
  if (row->method == PI_ENDPOINT_GET && pi_slice_equal(method, PI_SLICE("HEAD"))) return true;
  return pi_slice_equal(method, pi_slice_of(pi_endpoint_method_name(row->method)));
}

static void allow(const pi_endpoint *row, pubint_error *error) {
  size_t at = strlen(error->expected);
  snprintf(error->expected + at, sizeof error->expected - at, "%s%s", at > 0 ? ", " : "",
           row->method == PI_ENDPOINT_GET ? "GET, HEAD" : "POST");
}

const pi_endpoint *pi_endpoint_find(pi_slice method, pi_slice path, pi_slice *name, pubint_error *error) {
  bool known = false;
  for (size_t i = 0; i < PI_ENDPOINT_COUNT; i++) {
    const pi_endpoint *row = &PI_ENDPOINTS[i];
    if (!fits(row, path, name)) continue;
    if (has_method(row, method)) return row;
    if (!known) pi_error_set(error, PI_E_METHOD);
    known = true;
    allow(row, error);
  }
  if (!known) pi_error_set(error, PI_E_NO_ENDPOINT);
  pi_error_found(error, known ? method.ptr : path.ptr, known ? method.len : path.len);
  return NULL;
}

/* --- by types --- */

static pi_slice trim(pi_slice text) {
  while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t')) text.ptr++, text.len--;
  while (text.len > 0 && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t')) text.len--;
  return text;
}

/* What stands before the next `mark`, which is taken off `rest` too. */
static pi_slice next_part(pi_slice *rest, char mark) {
  const char *end = rest->len > 0 ? memchr(rest->ptr, mark, rest->len) : NULL;
  size_t len = end != NULL ? (size_t)(end - rest->ptr) : rest->len;
  pi_slice part = {rest->ptr, len};
  *rest = (pi_slice){rest->ptr + len + (end != NULL), rest->len - len - (end != NULL)};
  return trim(part);
}

static bool same_word(pi_slice text, const char *word) {
  return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

static const char *const CASE_TYPES[] = {"application/json", NULL};
static const char *const LINES_TYPES[] = {"application/x-ndjson", "application/ndjson", "application/jsonl",
                                          "application/x-jsonlines", NULL};

static bool body_of_type(pi_endpoint_body body, pi_slice content_type) {
  pi_slice type = next_part(&content_type, ';');
  const char *const *types = body == PI_BODY_LINES ? LINES_TYPES : CASE_TYPES;
  for (size_t i = 0; types[i] != NULL; i++) {
    if (same_word(type, types[i])) return true;
  }
  return false;
}

/* Whether the parameters of a range refuse it: q=0, q=0.0 and the like. */
static bool refused_by_weight(pi_slice parameters) {
  while (parameters.len > 0) {
    pi_slice parameter = next_part(&parameters, ';');
    if (parameter.len < 3 || (parameter.ptr[0] | 0x20) != 'q' || parameter.ptr[1] != '=') continue;
    bool zero = true;
    for (size_t i = 2; i < parameter.len; i++) {
      if (parameter.ptr[i] != '0' && parameter.ptr[i] != '.') zero = false;
    }
    return zero;
  }
  return false;
}

/* Whether a range of an Accept takes the type: the type itself, its first half with a star, or two stars. A
 * problem is application/problem+json, so who takes application/json takes it too. */
static bool range_takes(pi_slice range, const char *type) {
  pi_slice whole = pi_slice_of(type);
  pi_slice bare = next_part(&whole, ';');
  const char *slash = memchr(bare.ptr, '/', bare.len);
  size_t half = slash != NULL ? (size_t)(slash - bare.ptr) + 1 : 0;
  if (same_word(range, "*/*")) return true;
  if (range.len == bare.len && strncasecmp(range.ptr, bare.ptr, bare.len) == 0) return true;
  if (range.len == half + 1 && range.ptr[half] == '*') return strncasecmp(range.ptr, bare.ptr, half) == 0;
  return same_word(range, "application/json") && bare.len > 5 &&
         memcmp(bare.ptr + bare.len - 5, "+json", 5) == 0;
}

static bool accepted(pi_slice accept, const char *type) {
  while (accept.len > 0) {
    pi_slice parameters = next_part(&accept, ',');
    pi_slice range = next_part(&parameters, ';');
    if (range_takes(range, type) && !refused_by_weight(parameters)) return true;
  }
  return false;
}

pubint_status pi_endpoint_takes(const pi_endpoint *self, pi_slice content_type, pi_slice accept,
                                pubint_error *error) {
  if (self->body != PI_BODY_NONE && content_type.len > 0 && !body_of_type(self->body, content_type)) {
    pi_error_set(error, PI_E_MEDIA_TYPE);
    pi_error_found(error, content_type.ptr, content_type.len);
    snprintf(error->expected, sizeof error->expected, "%s",
             self->body == PI_BODY_LINES ? LINES_TYPES[0] : CASE_TYPES[0]);
    return error->status;
  }
  if (accept.len == 0 || accepted(accept, self->type)) return PUBINT_OK;
  pi_error_set(error, PI_E_ACCEPT);
  pi_error_found(error, accept.ptr, accept.len);
  snprintf(error->expected, sizeof error->expected, "%s", self->type);
  return error->status;
}
