/* An import of any bytes, a payload and the side files behind it, parted by NUL: every Tweet is imported or
 * refused, what is imported reads back as the very same case, and the same input gives the same bytes. */
#include <string.h>

#include "case_write.h"
#include "decode.h"
#include "errors.h"
#include "fuzz_target.h"
#include "import.h"
#include "import_page.h"
#include "json_read.h"

enum { TEXT_MAX = 1 << 30 };

/* What stands before the next NUL, and is taken off; none is left where there was no NUL. */
static pi_slice take_part(pi_slice *rest) {
  pi_slice part = *rest;
  size_t rest_len = rest->len;
  const char *mark = rest->len > 0 ? memchr(rest->ptr, '\0', rest->len) : NULL;
  *rest = (pi_slice){NULL, 0};
  if (mark == NULL) return part;
  part.len = (size_t)(mark - part.ptr);
  *rest = (pi_slice){mark + 1, rest_len - part.len - 1};
  return part;
}

static void check_line(pi_slice line) {
  pi_case input;
  pi_arena arena;
  pi_buffer again;
  pi_arena_init(&arena, 1024, 64 << 20);
  pi_buffer_init(&again, TEXT_MAX);
  FUZZ_CHECK(pi_decode_case(&input, line, 1, &arena, NULL, NULL) == PUBINT_OK);
  FUZZ_CHECK(pi_case_knows(&input, PI_FACT_TWEET_ID));
  pi_case_json(&again, &input);
  FUZZ_CHECK(again.len == line.len && memcmp(again.data, line.ptr, line.len) == 0);
  pi_buffer_dispose(&again);
  pi_arena_dispose(&arena);
}

static void check_lines(const pi_buffer *out, uint64_t imported) {
  uint64_t count = 0;
  for (size_t at = 0; at < out->len; count++) {
    const char *line = out->data + at;
    const char *newline = memchr(line, '\n', out->len - at);
    FUZZ_CHECK(newline != NULL);
    check_line((pi_slice){line, (size_t)(newline - line)});
    at += (size_t)(newline - line) + 1;
  }
  FUZZ_CHECK(count == imported);
}

static void check_report(const pi_import_report *report) {
  FUZZ_CHECK(report->in == report->imported + report->refused);
  uint64_t of_shapes = 0;
  for (int i = 0; i < PI_IMPORT_SHAPE_COUNT; i++) of_shapes += report->shapes[i];
  FUZZ_CHECK(report->imported == of_shapes);
  uint64_t refused = 0;
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) refused += report->codes[i];
  FUZZ_CHECK(refused == report->refused);
  pi_buffer text;
  pi_buffer_init(&text, TEXT_MAX);
  if (report->json) {
    pi_arena arena;
    pi_arena_init(&arena, 1024, SIZE_MAX);
    pi_import_report_json(report, &text);
    FUZZ_CHECK(!text.failed);
    FUZZ_CHECK(pi_json_check((pi_slice){text.data, text.len}, &arena, 8, NULL) == PUBINT_OK);
    pi_arena_dispose(&arena);
  } else {
    pi_page page;
    pi_page_init(&page, &text, PI_PAGE_WIDTH, false);
    pi_import_page_print(report, &page);
    pi_page_dispose(&page);
    FUZZ_CHECK(!text.failed);
    for (size_t i = 0; i < text.len; i++)
      FUZZ_CHECK(text.data[i] == '\n' || (unsigned char)text.data[i] >= 0x20);
  }
  pi_buffer_dispose(&text);
}

static pubint_status import(const pi_import_texts *texts, bool json, pi_buffer *out) {
  pi_import_report report;
  pubint_error error = {0};
  pi_buffer_init(out, TEXT_MAX);
  pi_import_report_init(&report, json);
  pubint_status status = pi_import_texts_run(texts, out, &report, &error);
  if (status == PUBINT_OK) {
    check_report(&report);
    check_lines(out, report.imported);
  } else {
    const pi_error_row *row = pi_error_find(error.code);
    FUZZ_CHECK(status == PUBINT_E_INPUT && error.status == status);
    FUZZ_CHECK(row != NULL && error.message[0] != '\0');
    bool missing = texts->violations.ptr == NULL; /* a file that was not named has no place */
    FUZZ_CHECK(missing || (error.file[0] != '\0' && error.line >= 1));
  }
  pi_import_report_dispose(&report);
  return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pi_slice rest = {(const char *)data, size};
  pi_import_texts texts;
  texts.payload = take_part(&rest);
  texts.offices = take_part(&rest);
  texts.violations = take_part(&rest);
  pi_buffer first, second;
  pubint_status status = import(&texts, false, &first);
  FUZZ_CHECK(import(&texts, true, &second) == status);
  FUZZ_CHECK(first.len == second.len);
  if (first.len > 0) FUZZ_CHECK(memcmp(first.data, second.data, first.len) == 0);
  pi_buffer_dispose(&first);
  pi_buffer_dispose(&second);
  return 0;
}
