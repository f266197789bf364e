#include "door.h"

#include <stdio.h>
#include <strings.h>

static pubint_status refuse(pubint_error *error, pi_code code, const char *message, pi_slice found) {
  pubint_status status =
      message != NULL ? pi_error_setf(error, code, "%s", message) : pi_error_set(error, code);
  pi_error_found(error, found.ptr, found.len);
  return status;
}

static bool same(pi_slice text, const char *word) {
  return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

static size_t count_of(const pi_door_head *head, const char *name, pi_slice *value) {
  size_t count = 0;
  *value = (pi_slice){"", 0};
  for (size_t i = 0; i < head->headers_count; i++) {
    if (!same(head->headers[i].name, name)) continue;
    if (count++ == 0) *value = head->headers[i].value;
  }
  return count;
}

pi_slice pi_door_header_of(const pi_door_head *head, const char *name) {
  pi_slice value;
  return count_of(head, name, &value) == 1 ? value : (pi_slice){"", 0};
}

/* --- characters --- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_token(pi_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !is_digit(c) && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL)) return false;
  }
  return text.len > 0;
}

/* Of a value: what can be seen, blanks and tabs within, and bytes beyond ASCII. */
static bool is_value(pi_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    if ((c < 0x20 && c != '\t') || c == 0x7f) return false;
  }
  return true;
}

/* --- the line --- */

static pubint_status check_line(const pi_door_head *head, pi_door_pass *out, pubint_error *error) {
  pi_slice target = head->target;
  if (!pi_slice_equal(head->version, PI_SLICE("HTTP/1.1")))
    return refuse(error, PI_E_HTTP_VERSION, NULL, head->version);
  if (!is_token(head->method)) return refuse(error, PI_E_HTTP_FORM, "the method is no token", head->method);
  if (target.len == 0 || target.ptr[0] != '/')
    return refuse(error, PI_E_HTTP_FORM, "the target does not begin with a slash", target);
  if (target.len > PI_DOOR_TARGET_BYTES)
    return refuse(error, PI_E_HTTP_FORM, "the target is too long", target);
  for (size_t i = 0; i < target.len; i++) {
    char c = target.ptr[i];
    if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\')
      return refuse(error, PI_E_HTTP_FORM, "the target holds what no target may", target);
  }
  const char *mark = memchr(target.ptr, '?', target.len);
  size_t path = mark != NULL ? (size_t)(mark - target.ptr) : target.len;
  out->path = (pi_slice){target.ptr, path};
  out->query = mark != NULL ? (pi_slice){mark + 1, target.len - path - 1} : (pi_slice){"", 0};
  return PUBINT_OK;
}

/* --- the headers --- */

static pubint_status check_headers(const pi_door_head *head, pubint_error *error) {
  if (head->more) return refuse(error, PI_E_HTTP_FORM, "there are too many headers", (pi_slice){"", 0});
  for (size_t i = 0; i < head->headers_count; i++) {
    const pi_door_header *header = &head->headers[i];
    if (!is_token(header->name))
      return refuse(error, PI_E_HTTP_FORM, "the name of a header is no token", header->name);
    if (!is_value(header->value))
      return refuse(error, PI_E_HTTP_FORM, "the value of a header holds control characters", header->name);
  }
  return PUBINT_OK;
}

/* Takes the port off a host; false where what stands there is none. */
static bool take_port(pi_slice *host) {
  size_t end = host->len;
  while (end > 0 && is_digit(host->ptr[end - 1])) end--;
  if (end == 0 || host->ptr[end - 1] != ':') {
    if (host->len > 0 && host->ptr[0] == '[') return host->ptr[host->len - 1] == ']';
    return host->len > 0 && memchr(host->ptr, ':', host->len) == NULL;
  }
  if (host->len - end < 1 || host->len - end > 5) return false;
  host->len = end - 1;
  if (host->len > 0 && host->ptr[0] == '[') return host->ptr[host->len - 1] == ']';
  return host->len > 0 && memchr(host->ptr, ':', host->len) == NULL;
}

static bool is_host(pi_slice host) {
  for (size_t i = 0; i < host.len; i++) {
    char c = host.ptr[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !is_digit(c) && (c == '\0' || strchr("-._:[]", c) == NULL)) return false;
  }
  return host.len > 0;
}

static bool is_ours(pi_slice host, const char *hosts) {
  static const char *const OWN[] = {"localhost", "127.0.0.1", "[::1]"};
  for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++) {
    if (same(host, OWN[i])) return true;
  }
  while (hosts != NULL && *hosts != '\0') {
    size_t len = strcspn(hosts, ",");
    if (len == host.len && strncasecmp(hosts, host.ptr, len) == 0) return true;
    hosts += len + (hosts[len] == ',');
  }
  return false;
}

static pubint_status check_host(const pi_door_head *head, const char *hosts, pubint_error *error) {
  pi_slice value;
  size_t count = count_of(head, "Host", &value);
  if (count != 1)
    return refuse(error, PI_E_HTTP_FORM, count == 0 ? "there is no Host" : "there is more than one Host",
                  value);
  pi_slice host = value;
  if (!is_host(value) || !take_port(&host))
    return refuse(error, PI_E_HTTP_FORM, "the Host is not well-formed", value);
  return is_ours(host, hosts) ? PUBINT_OK : refuse(error, PI_E_HTTP_HOST, NULL, value);
}

/* A browser says from whose page a request comes. */
static pubint_status check_origin(const pi_door_head *head, pubint_error *error) {
  pi_slice origin, site, host = pi_door_header_of(head, "Host");
  if (count_of(head, "Sec-Fetch-Site", &site) > 0 && !same(site, "same-origin") && !same(site, "none"))
    return refuse(error, PI_E_FORBIDDEN, "a page of another site sent the request", site);
  if (count_of(head, "Origin", &origin) == 0) return PUBINT_OK;
  const char *slashes = origin.len > 3 ? memchr(origin.ptr, '/', origin.len - 1) : NULL;
  if (slashes != NULL && slashes[1] == '/') {
    size_t before = (size_t)(slashes - origin.ptr) + 2;
    pi_slice name = {origin.ptr + before, origin.len - before};
    if (name.len == host.len && strncasecmp(name.ptr, host.ptr, host.len) == 0) return PUBINT_OK;
  }
  return refuse(error, PI_E_FORBIDDEN, "a page of another site sent the request", origin);
}

static pubint_status check_length(const pi_door_head *head, uint64_t body_max, pi_door_pass *out,
                                  pubint_error *error) {
  pi_slice length, coding;
  size_t lengths = count_of(head, "Content-Length", &length);
  size_t codings = count_of(head, "Transfer-Encoding", &coding);
  if (lengths > 0 && codings > 0)
    return refuse(error, PI_E_HTTP_LENGTH, "there is a Content-Length and a Transfer-Encoding", length);
  if (codings > 1 || (codings == 1 && !same(coding, "chunked")))
    return refuse(error, PI_E_HTTP_CODING, NULL, coding);
  if (lengths > 1) return refuse(error, PI_E_HTTP_LENGTH, "there is more than one Content-Length", length);
  out->chunked = codings == 1;
  out->length = 0;
  if (lengths == 0) return PUBINT_OK;
  if (length.len == 0 || length.len > 19)
    return refuse(error, PI_E_HTTP_LENGTH, "the Content-Length is no number", length);
  for (size_t i = 0; i < length.len; i++) {
    if (!is_digit(length.ptr[i]))
      return refuse(error, PI_E_HTTP_LENGTH, "the Content-Length is no number", length);
    out->length = out->length * 10 + (uint64_t)(length.ptr[i] - '0');
  }
  return out->length <= body_max ? PUBINT_OK : refuse(error, PI_E_BODY_TOO_LARGE, NULL, length);
}

pubint_status pi_door_check(const pi_door_head *head, const pi_door_rules *rules, pi_door_pass *out,
                            pubint_error *error) {
  *out = (pi_door_pass){.path = {"", 0}, .query = {"", 0}};
  pubint_status status = check_line(head, out, error);
  if (status == PUBINT_OK) status = check_headers(head, error);
  if (status == PUBINT_OK) status = check_host(head, rules->hosts, error);
  if (status == PUBINT_OK) status = check_origin(head, error);
  return status == PUBINT_OK ? check_length(head, rules->body_max, out, error) : status;
}

bool pi_door_query(pi_slice query, const char *key, pi_slice *value) {
  size_t key_len = strlen(key);
  while (query.len > 0) {
    const char *end = memchr(query.ptr, '&', query.len);
    size_t len = end != NULL ? (size_t)(end - query.ptr) : query.len;
    if (len > key_len && memcmp(query.ptr, key, key_len) == 0 && query.ptr[key_len] == '=') {
      *value = (pi_slice){query.ptr + key_len + 1, len - key_len - 1};
      return true;
    }
    query = (pi_slice){query.ptr + len + (end != NULL), query.len - len - (end != NULL)};
  }
  return false;
}
