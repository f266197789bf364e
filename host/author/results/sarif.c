#include "sarif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pubint/engine.h>

#include "errors.h"
#include "outline.h"
#include "sha256.h"

enum { PATH_MAX_BYTES = 3 * 8192, CODES = 10000 };

/* ---- rules: the codes that are found, and all that check knows ---- */

/* By code: whether it is among the rules. */
typedef struct rule_set {
  bool has[CODES];
} rule_set;

static void find_rules(const pi_results *results, rule_set *out) {
  *out = (rule_set){.has = {false}};
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    unsigned code = PI_ERRORS[i].code;
    if (code >= PI_E_CHECK_FAILS && code < CODES) out->has[code] = true;
  }
  for (const pi_result *result = results->first; result != NULL; result = result->next) {
    if (result->code < CODES) out->has[result->code] = true;
  }
}

static void write_message(pi_outline *outline, const char *key, pi_slice text) {
  pi_outline_open(outline, key, '{');
  pi_outline_bytes(outline, "text", text);
  pi_outline_close(outline, '}');
}

static void write_rules(const rule_set *rules, pi_outline *outline) {
  pi_outline_open(outline, "rules", '[');
  for (size_t i = 0; i < PI_ERRORS_COUNT; i++) {
    const pi_error_row *row = &PI_ERRORS[i];
    if (!rules->has[row->code]) continue;
    pi_outline_open(outline, NULL, '{');
    pi_outline_code(outline, "id", row->code);
    pi_outline_text(outline, "name", row->name);
    write_message(outline, "shortDescription", pi_slice_of(row->message));
    write_message(outline, "help", pi_slice_of(row->mend));
    pi_outline_close(outline, '}');
  }
  pi_outline_close(outline, ']');
}

static uint64_t rule_index(const rule_set *rules, unsigned code) {
  uint64_t index = 0;
  for (size_t i = 0; i < PI_ERRORS_COUNT && PI_ERRORS[i].code != code; i++) {
    index += rules->has[PI_ERRORS[i].code];
  }
  return index;
}

/* ---- one result ---- */

/* A path as a URI has it. */
static void write_uri(pi_outline *outline, const char *key, const char *scheme, pi_slice path) {
  pi_buffer uri;
  pi_buffer_init(&uri, PATH_MAX_BYTES);
  pi_buffer_text(&uri, scheme);
  for (size_t i = 0; i < path.len; i++) {
    unsigned char c = (unsigned char)path.ptr[i];
    bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                 (c != '\0' && strchr("-._~/", c) != NULL);
    if (plain)
      pi_buffer_byte(&uri, (char)c);
    else
      pi_buffer_printf(&uri, "%%%02X", c);
  }
  if (uri.failed)
    outline->out->failed = true;
  else
    pi_outline_string(outline, key, (pi_slice){uri.data, uri.len});
  pi_buffer_dispose(&uri);
}

static void write_place(const pi_result *result, pi_outline *outline) {
  uint32_t column = pi_results_column(result);
  pi_outline_open(outline, "locations", '[');
  pi_outline_open(outline, NULL, '{');
  pi_outline_open(outline, "physicalLocation", '{');
  pi_outline_open(outline, "artifactLocation", '{');
  write_uri(outline, "uri", "", pi_results_file(result));
  pi_outline_text(outline, "uriBaseId", "POLICY");
  pi_outline_close(outline, '}');
  pi_outline_open(outline, "region", '{');
  pi_outline_count(outline, "startLine", result->line > 0 ? result->line : 1);
  if (column > 0) pi_outline_count(outline, "startColumn", column);
  pi_outline_close(outline, '}');
  pi_outline_close(outline, '}');
  pi_outline_close(outline, '}');
  pi_outline_close(outline, ']');
}

static void add_part(pi_sha256 *sum, pi_slice part) {
  pi_sha256_add(sum, part.ptr, part.len);
  pi_sha256_add(sum, "", 1);
}

static pi_slice trimmed(pi_slice text) {
  while (text.len > 0 && (unsigned char)*text.ptr <= ' ') text.ptr++, text.len--;
  while (text.len > 0 && (unsigned char)text.ptr[text.len - 1] <= ' ') text.len--;
  return text;
}

static bool alike(const pi_result *a, const pi_result *b) {
  return a->code == b->code && pi_slice_equal(a->file, b->file) && pi_slice_equal(a->key, b->key) &&
         pi_slice_equal(trimmed(a->text), trimmed(b->text));
}

/* It stays what it is when lines come and go above it: what is written there counts, not the number of its
 * line. Of those that are alike in that, their order. */
static void write_fingerprint(const pi_results *results, const pi_result *result, pi_outline *outline) {
  char hex[PI_SHA256_HEX + 1], number[32];
  unsigned nth = 0;
  for (const pi_result *other = results->first; other != result; other = other->next) {
    nth += alike(other, result);
  }
  snprintf(number, sizeof number, "E%u %u", result->code, nth);
  pi_sha256 sum;
  pi_sha256_begin(&sum);
  add_part(&sum, pi_slice_of(number));
  add_part(&sum, result->file);
  add_part(&sum, result->key);
  add_part(&sum, trimmed(result->text));
  pi_sha256_hex(&sum, hex);
  pi_outline_open(outline, "partialFingerprints", '{');
  pi_outline_text(outline, "pubint/v1", hex);
  pi_outline_close(outline, '}');
}

static void write_result(const pi_results *results, const rule_set *rules, const pi_result *result,
                         pi_outline *outline) {
  pi_outline_open(outline, NULL, '{');
  pi_outline_code(outline, "ruleId", result->code);
  if (pi_error_find(result->code) != NULL)
    pi_outline_count(outline, "ruleIndex", rule_index(rules, result->code));
  pi_outline_text(outline, "level", result->note ? "note" : "error");
  write_message(outline, "message", result->message);
  write_place(result, outline);
  write_fingerprint(results, result, outline);
  pi_outline_open(outline, "suppressions", '['); /* empty: it is known not to be waived */
  if (result->reason.ptr != NULL) {
    pi_outline_open(outline, NULL, '{');
    pi_outline_text(outline, "kind", "inSource");
    pi_outline_bytes(outline, "justification", result->reason);
    pi_outline_close(outline, '}');
  }
  pi_outline_close(outline, ']');
  if (result->case_json.ptr != NULL) {
    pi_outline_open(outline, "properties", '{');
    pi_outline_raw(outline, "case", result->case_json.ptr);
    pi_outline_close(outline, '}');
  }
  pi_outline_close(outline, '}');
}

/* ---- the run ---- */

static void write_bases(pi_slice place, pi_outline *outline) {
  bool outside = place.len > 0 && place.ptr[0] == '/';
  pi_outline_open(outline, "originalUriBaseIds", '{');
  pi_outline_open(outline, "POLICY", '{');
  write_uri(outline, "uri", outside ? "file://" : "", place);
  if (!outside) pi_outline_text(outline, "uriBaseId", "%SRCROOT%");
  pi_outline_close(outline, '}');
  if (!outside) {
    pi_outline_open(outline, "%SRCROOT%", '{');
    write_message(outline, "description", PI_SLICE("the folder that pubint was called in"));
    pi_outline_close(outline, '}');
  }
  pi_outline_close(outline, '}');
}

void pi_sarif_write(const pi_results *results, pi_slice place, pi_buffer *out) {
  pi_outline whole = {.out = out}, *outline = &whole;
  char id[32];
  rule_set rules;
  find_rules(results, &rules);
  snprintf(id, sizeof id, "pubint/%s/", results->task);
  pi_outline_open(outline, NULL, '{');
  pi_outline_text(outline, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  pi_outline_text(outline, "version", "2.1.0");
  pi_outline_open(outline, "runs", '[');
  pi_outline_open(outline, NULL, '{');
  pi_outline_open(outline, "tool", '{');
  pi_outline_open(outline, "driver", '{');
  pi_outline_text(outline, "name", "pubint");
  pi_outline_text(outline, "version", pubint_version());
  write_rules(&rules, outline);
  pi_outline_close(outline, '}');
  pi_outline_close(outline, '}');
  pi_outline_open(outline, "automationDetails", '{');
  pi_outline_text(outline, "id", id);
  pi_outline_close(outline, '}');
  pi_outline_text(outline, "columnKind", "unicodeCodePoints");
  write_bases(place, outline);
  pi_outline_open(outline, "results", '[');
  for (const pi_result *result = results->first; result != NULL; result = result->next) {
    write_result(results, &rules, result, outline);
  }
  pi_outline_close(outline, ']');
  if (results->left_out > 0) {
    pi_outline_open(outline, "properties", '{');
    pi_outline_count(outline, "resultsLeftOut", results->left_out);
    pi_outline_close(outline, '}');
  }
  pi_outline_close(outline, '}');
  pi_outline_close(outline, ']');
  pi_outline_close(outline, '}');
}
