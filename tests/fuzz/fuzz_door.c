/* The front door on any head: what comes through has one Host of ours, one length at most, and a target and
 * headers of harmless characters. The bytes are lines: method, target and version, then a header each. */
#include <string.h>
#include <strings.h>

#include "door.h"
#include "endpoints.h"
#include "errors.h"
#include "fuzz_target.h"
#include "traceparent.h"

static pi_slice take(pi_slice *rest, char mark) {
  const char *end = rest->len > 0 ? memchr(rest->ptr, mark, rest->len) : NULL;
  size_t len = end != NULL ? (size_t)(end - rest->ptr) : rest->len;
  pi_slice part = {rest->ptr, len};
  *rest = (pi_slice){rest->ptr + len + (end != NULL), rest->len - len - (end != NULL)};
  return part;
}

static size_t count_of(const pi_door_head *head, const char *name) {
  size_t count = 0;
  for (size_t i = 0; i < head->headers_count; i++) {
    pi_slice found = head->headers[i].name;
    count += found.len == strlen(name) && strncasecmp(found.ptr, name, found.len) == 0;
  }
  return count;
}

static void check_passed(const pi_door_head *head, const pi_door_pass *pass) {
  size_t lengths = count_of(head, "Content-Length"), codings = count_of(head, "Transfer-Encoding");
  FUZZ_CHECK(count_of(head, "Host") == 1 && lengths + codings <= 1);
  FUZZ_CHECK(pass->chunked == (codings == 1) && pass->length <= 1000);
  FUZZ_CHECK(pass->path.len > 0 && pass->path.ptr[0] == '/');
  for (size_t i = 0; i < head->target.len; i++)
    FUZZ_CHECK(head->target.ptr[i] > ' ' && head->target.ptr[i] < 0x7f);
  for (size_t i = 0; i < head->headers_count; i++) {
    FUZZ_CHECK(head->headers[i].name.len > 0);
    pi_slice value = head->headers[i].value;
    FUZZ_CHECK(memchr(value.ptr, '\r', value.len) == NULL && memchr(value.ptr, '\0', value.len) == NULL);
  }
}

static void check_error(const pubint_error *error) {
  FUZZ_CHECK(pi_error_find(error->code) != NULL && error->message[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pi_slice rest = {(const char *)data, size}, value, name;
  pi_door_head head = {.method = take(&rest, ' '), .target = take(&rest, ' '), .version = take(&rest, '\n')};
  while (rest.len > 0 && head.headers_count < PI_DOOR_HEADERS_MAX) {
    pi_slice line = take(&rest, '\n');
    head.headers[head.headers_count].name = take(&line, ':');
    head.headers[head.headers_count++].value = line;
  }
  pi_door_rules rules = {.hosts = "pubint.example", .body_max = 1000};
  pi_door_pass pass;
  pi_traceparent trace;
  pubint_error error = {0};
  pi_traceparent_read(&trace, pi_door_header_of(&head, "traceparent"));
  if (pi_door_check(&head, &rules, &pass, &error) != PUBINT_OK) {
    check_error(&error);
    return 0;
  }
  check_passed(&head, &pass);
  pi_door_query(pass.query, "locale", &value);
  const pi_endpoint *endpoint = pi_endpoint_find(head.method, pass.path, &name, &error);
  pubint_status status = endpoint != NULL
                             ? pi_endpoint_takes(endpoint, pi_door_header_of(&head, "Content-Type"),
                                                 pi_door_header_of(&head, "Accept"), &error)
                             : error.status;
  if (status != PUBINT_OK) check_error(&error);
  return 0;
}
