/* The front door: each head that a proxy may read otherwise is refused, by its code. */
#include "door.h"
#include "endpoints.h"
#include "errors.h"
#include "test.h"
#include "traceparent.h"

static pubint_error error;

static pi_door_head head_of(const char *target, const char *const (*headers)[2], size_t count) {
  pi_door_head head = {
      .method = PI_SLICE("POST"), .target = pi_slice_of(target), .version = PI_SLICE("HTTP/1.1")};
  for (size_t i = 0; i < count; i++) {
    head.headers[head.headers_count++] =
        (pi_door_header){pi_slice_of(headers[i][0]), pi_slice_of(headers[i][1])};
  }
  return head;
}

static unsigned code_of(const pi_door_head *head) {
  pi_door_rules rules = {.hosts = "pubint.example,second", .body_max = 1000};
  pi_door_pass pass;
  error.code = 0;
  return pi_door_check(head, &rules, &pass, &error) == PUBINT_OK ? 0 : error.code;
}

/* The code of a request with a right Host and two more headers, of which the second may be none. */
static unsigned with(const char *name, const char *value, const char *other, const char *other_value) {
  const char *const headers[][2] = {{"Host", "localhost"}, {name, value}, {other, other_value}};
  pi_door_head head = head_of("/v1/evaluate", headers, other != NULL ? 3 : 2);
  return code_of(&head);
}

static unsigned with_host(const char *host) {
  const char *const headers[][2] = {{"host", host}};
  pi_door_head head = head_of("/", headers, 1);
  return code_of(&head);
}

static unsigned with_target(const char *target) {
  const char *const headers[][2] = {{"Host", "localhost"}};
  pi_door_head head = head_of(target, headers, 1);
  return code_of(&head);
}

static void a_length_is_told_once_and_in_digits(void **state) {
  (void)state;
  assert_int_equal(with("Content-Length", "1000", NULL, NULL), 0);
  assert_int_equal(with("Content-Length", "1001", NULL, NULL), PI_E_BODY_TOO_LARGE);
  assert_int_equal(with("Content-Length", "99999999999999999999", NULL, NULL), PI_E_HTTP_LENGTH);
  static const char *const WRONG[] = {"", "+1", "-1", "1 ", "0x10", "1,1", "1.0", "a"};
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
    assert_int_equal(with("Content-Length", WRONG[i], NULL, NULL), PI_E_HTTP_LENGTH);
  assert_int_equal(with("Content-Length", "1", "Content-Length", "1"), PI_E_HTTP_LENGTH);
  assert_int_equal(with("Content-Length", "1", "content-length", "2"), PI_E_HTTP_LENGTH);
  assert_int_equal(with("Content-Length", "1", "Transfer-Encoding", "chunked"), PI_E_HTTP_LENGTH);
}

static void a_coding_is_chunked_alone(void **state) {
  (void)state;
  assert_int_equal(with("Transfer-Encoding", "chunked", NULL, NULL), 0);
  assert_int_equal(with("transfer-encoding", "Chunked", NULL, NULL), 0);
  static const char *const WRONG[] = {
      "",         "xchunked",  "gzip",     "gzip, chunked", "chunked, chunked",
      "chunked ", "\tchunked", "identity", "chunked;q=1",   "\"chunked\""};
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
    assert_int_equal(with("Transfer-Encoding", WRONG[i], NULL, NULL), PI_E_HTTP_CODING);
  assert_int_equal(with("Transfer-Encoding", "chunked", "Transfer-Encoding", "chunked"), PI_E_HTTP_CODING);
}

static void a_host_is_one_and_ours(void **state) {
  (void)state;
  static const char *const OURS[] = {"localhost", "LOCALHOST:8087", "127.0.0.1", "127.0.0.1:1",
                                     "[::1]",     "[::1]:65535",    "second",    "pubint.example:443"};
  for (size_t i = 0; i < sizeof OURS / sizeof *OURS; i++) assert_int_equal(with_host(OURS[i]), 0);
  static const char *const OTHERS[] = {"example.org", "pubint", "localhost.example.org", "127.0.0.2",
                                       "[::2]"};
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
    assert_int_equal(with_host(OTHERS[i]), PI_E_HTTP_HOST);
  static const char *const WRONG[] = {
      "",     "localhost:", "localhost:a", "localhost:123456",   "a@localhost", "localhost/",
      "[::1", "local host", ":80",         "localhost,localhost"};
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
    assert_int_equal(with_host(WRONG[i]), PI_E_HTTP_FORM);
  assert_int_equal(with("Host", "localhost", NULL, NULL), PI_E_HTTP_FORM);
  pi_door_head none = head_of("/", NULL, 0);
  assert_int_equal(code_of(&none), PI_E_HTTP_FORM);
}

static void a_target_begins_with_a_slash_and_holds_no_controls(void **state) {
  (void)state;
  assert_int_equal(with_target("/v1/evaluate?explain=text&locale=nl"), 0);
  static const char *const WRONG[] = {"",       "*",    "v1",   "http://localhost/v1", "localhost:80", "/a b",
                                      "/a\x01", "/a#b", "/\\a", "/\xc3\xa9",           "/a\x7f"};
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
    assert_int_equal(with_target(WRONG[i]), PI_E_HTTP_FORM);
}

static void names_are_tokens_and_values_hold_no_controls(void **state) {
  (void)state;
  assert_int_equal(with("X-A", "caf\xc3\xa9\tb", NULL, NULL), 0);
  static const char *const NAMES[] = {"", "X A", "X\t", "X:", "X(", "\xc3\xa9"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    assert_int_equal(with(NAMES[i], "1", NULL, NULL), PI_E_HTTP_FORM);
  assert_int_equal(with("X", "a\rb", NULL, NULL), PI_E_HTTP_FORM);
  assert_int_equal(with("X", "a\nb", NULL, NULL), PI_E_HTTP_FORM);
  assert_int_equal(with("X", "a\x7f", NULL, NULL), PI_E_HTTP_FORM);
}

static void another_page_is_refused(void **state) {
  (void)state;
  assert_int_equal(with("Origin", "http://localhost", NULL, NULL), 0);
  assert_int_equal(with("Origin", "http://example.org", NULL, NULL), PI_E_FORBIDDEN);
  assert_int_equal(with("Origin", "null", NULL, NULL), PI_E_FORBIDDEN);
  assert_int_equal(with("Sec-Fetch-Site", "same-origin", NULL, NULL), 0);
  assert_int_equal(with("Sec-Fetch-Site", "cross-site", NULL, NULL), PI_E_FORBIDDEN);
  assert_int_equal(with("Sec-Fetch-Site", "same-site", NULL, NULL), PI_E_FORBIDDEN);
}

static void other_versions_are_refused(void **state) {
  (void)state;
  const char *const headers[][2] = {{"Host", "localhost"}};
  pi_door_head head = head_of("/", headers, 1);
  static const char *const WRONG[] = {"HTTP/1.0", "HTTP/2.0", "http/1.1", "HTTP/1.10", ""};
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
    head.version = pi_slice_of(WRONG[i]);
    assert_int_equal(code_of(&head), PI_E_HTTP_VERSION);
  }
}

static void a_query_is_read_by_its_keys(void **state) {
  (void)state;
  pi_slice value;
  assert_true(pi_door_query(PI_SLICE("a=1&locale=nl"), "locale", &value));
  assert_true(pi_slice_equal(value, PI_SLICE("nl")));
  assert_false(pi_door_query(PI_SLICE("xlocale=nl&local=1"), "locale", &value));
  assert_false(pi_door_query(PI_SLICE("locale"), "locale", &value));
}

/* --- endpoints --- */

static unsigned find(const char *method, const char *path) {
  pi_slice name;
  const pi_endpoint *found = pi_endpoint_find(pi_slice_of(method), pi_slice_of(path), &name, &error);
  return found != NULL ? 0 : error.code;
}

static void an_endpoint_is_found_by_method_and_path(void **state) {
  (void)state;
  pi_slice name;
  assert_int_equal(find("POST", "/v1/evaluate"), 0);
  assert_int_equal(find("HEAD", "/livez"), 0);
  assert_int_equal(find("GET", "/v1/evaluate"), PI_E_METHOD);
  assert_string_equal(error.expected, "POST");
  assert_int_equal(find("TRACE", "/livez"), PI_E_METHOD);
  assert_string_equal(error.expected, "GET, HEAD");
  static const char *const NONE[] = {"/",
                                     "/v1",
                                     "/v1/evaluate/",
                                     "//v1/evaluate",
                                     "/v1/schema/",
                                     "/v1/schema/a/b",
                                     "/v1/%65valuate",
                                     "/V1/evaluate"};
  for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
    assert_int_equal(find("GET", NONE[i]), PI_E_NO_ENDPOINT);
  const pi_endpoint *schema = pi_endpoint_find(PI_SLICE("GET"), PI_SLICE("/v1/schema/case"), &name, &error);
  assert_non_null(schema);
  assert_true(pi_slice_equal(name, PI_SLICE("case")));
}

static unsigned takes(pi_endpoint_id id, const char *type, const char *accept) {
  error.code = 0;
  return pi_endpoint_takes(&PI_ENDPOINTS[id], pi_slice_of(type), pi_slice_of(accept), &error) == PUBINT_OK
             ? 0
             : error.code;
}

static void types_suit_the_endpoint(void **state) {
  (void)state;
  assert_int_equal(takes(PI_ENDPOINT_EVALUATE, "application/json; charset=utf-8", "*/*"), 0);
  assert_int_equal(takes(PI_ENDPOINT_EVALUATE, "", "text/html, application/*;q=0.5"), 0);
  assert_int_equal(takes(PI_ENDPOINT_EVALUATE, "text/plain", ""), PI_E_MEDIA_TYPE);
  assert_int_equal(takes(PI_ENDPOINT_EVALUATE, "application/x-ndjson", ""), PI_E_MEDIA_TYPE);
  assert_int_equal(takes(PI_ENDPOINT_BATCH, "application/x-ndjson", ""), 0);
  assert_int_equal(takes(PI_ENDPOINT_EVALUATE, "application/json", "text/html"), PI_E_ACCEPT);
  assert_int_equal(takes(PI_ENDPOINT_EVALUATE, "application/json", "application/json;q=0"), PI_E_ACCEPT);
  assert_int_equal(takes(PI_ENDPOINT_SCHEMA, "", "application/json"), 0);
  assert_int_equal(takes(PI_ENDPOINT_METRICS, "", "text/plain"), 0);
}

static void a_traceparent_is_taken_where_it_is_right(void **state) {
  (void)state;
  pi_traceparent trace;
  assert_true(
      pi_traceparent_read(&trace, PI_SLICE("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")));
  assert_true(pi_slice_equal(pi_traceparent_id(&trace), PI_SLICE("4bf92f3577b34da6a3ce929d0e0e4736")));
  static const char *const WRONG[] = {
      "",
      "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
      "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
      "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
      "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
  };
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
    assert_false(pi_traceparent_read(&trace, pi_slice_of(WRONG[i])));
    assert_int_equal(pi_traceparent_id(&trace).len, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_length_is_told_once_and_in_digits),
      cmocka_unit_test(a_coding_is_chunked_alone),
      cmocka_unit_test(a_host_is_one_and_ours),
      cmocka_unit_test(a_target_begins_with_a_slash_and_holds_no_controls),
      cmocka_unit_test(names_are_tokens_and_values_hold_no_controls),
      cmocka_unit_test(another_page_is_refused),
      cmocka_unit_test(other_versions_are_refused),
      cmocka_unit_test(a_query_is_read_by_its_keys),
      cmocka_unit_test(an_endpoint_is_found_by_method_and_path),
      cmocka_unit_test(types_suit_the_endpoint),
      cmocka_unit_test(a_traceparent_is_taken_where_it_is_right),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
