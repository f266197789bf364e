#include "verify_page.h"

#include <stdio.h>

#include <pubint/engine.h>

#include "figures.h"
#include "file.h"
#include "lines.h"
#include "outline.h"
#include "policy.h"

enum { TEXT_BYTES = 1024, FILES_SHOWN = 40 };

static const char *const CHANGES[] = {
    [PI_FILE_CHANGED] = "changed", [PI_FILE_ADDED] = "added", [PI_FILE_REMOVED] = "removed"};

/* ---- sentences ---- */

static void say_count(pi_buffer *out, uint64_t count, const char *one, const char *many) {
  char figure[PI_FIGURE_BYTES];
  pi_buffer_slice(out, pi_figure_count(figure, count));
  pi_buffer_byte(out, ' ');
  pi_buffer_text(out, count == 1 ? one : many);
}

static void say_where(pi_buffer *out, const pi_verify_result *result, const char *name) {
  pi_buffer_printf(out, "Line %llu of %s", (unsigned long long)result->line, name);
}

static void say_same(pi_buffer *out, const pi_verify_result *result, const char *name) {
  bool all = result->recomputed == result->lines;
  pi_buffer_printf(
      out,
      all ? "%s is what this policy says: " : "What was looked at of %s is what this policy says: ", name);
  say_count(out, result->recomputed, "line recomputed", "lines recomputed");
  if (!all) {
    pi_buffer_text(out, " of ");
    char figure[PI_FIGURE_BYTES];
    pi_buffer_slice(out, pi_figure_count(figure, result->lines));
    pi_buffer_text(out, ", chosen by hash");
  }
  pi_buffer_text(out, ", every byte the same.");
}

static void say_line(pi_buffer *out, const pi_verify_result *result, const char *name) {
  say_where(out, result, name);
  pi_buffer_text(out, " is not what this policy says");
  if (result->id.ptr != NULL) pi_buffer_printf(out, " of case %.*s", (int)result->id.len, result->id.ptr);
  if (result->unreadable) {
    pi_buffer_printf(out, ": it is no JSON from column %llu on (%s).",
                     (unsigned long long)result->syntax.column, result->syntax.message);
  } else if (result->recorded_id.ptr != NULL && result->id.ptr != NULL && result->fields.count > 1 &&
             !pi_slice_equal(result->recorded_id, result->id)) {
    pi_buffer_printf(out, ": it is about case %.*s, as if a line had been taken out, added or moved.",
                     (int)result->recorded_id.len, result->recorded_id.ptr);
  } else if (result->fields.count == 0) {
    pi_buffer_printf(out, ": the same values in other bytes, from column %llu on.",
                     (unsigned long long)result->column);
  } else {
    pi_buffer_text(out, ": ");
    say_count(out, result->fields.count, "field differs.", "fields differ.");
  }
}

static void say(pi_buffer *out, const pi_verify_result *result, const char *name) {
  switch (result->verdict) {
  case PI_VERIFY_SAME: say_same(out, result, name); break;
  case PI_VERIFY_LINE_DIFFERS: say_line(out, result, name); break;
  case PI_VERIFY_LINE_CUT:
    say_where(out, result, name);
    pi_buffer_text(out, ", its last, lacks its newline: the file was cut.");
    break;
  case PI_VERIFY_LINES_MISSING:
    pi_buffer_printf(out, "%s ends too early: ", name);
    say_count(out, result->missing, "line is missing", "lines are missing");
    pi_buffer_printf(out, ", from line %llu on.", (unsigned long long)result->line);
    break;
  case PI_VERIFY_LINES_ADDED:
    pi_buffer_printf(out, "%s goes on after the last case: ", name);
    say_count(out, result->missing, "line too many", "lines too many");
    pi_buffer_printf(out, ", from line %llu on.", (unsigned long long)result->line);
    break;
  case PI_VERIFY_OTHER_POLICY:
    pi_buffer_printf(out, "%s was made with another policy, so nothing was compared.", name);
    break;
  case PI_VERIFY_OTHER_HOST:
    pi_buffer_printf(out, "%s was made by another version of pubint, so nothing was compared.", name);
    break;
  case PI_VERIFY_MANIFEST_DIFFERS:
    pi_buffer_printf(out, "The lines of %s%s are what this policy says, but its manifest says otherwise.",
                     name, result->recomputed == result->lines ? "" : " that were recomputed");
    break;
  case PI_VERIFY_VERDICTS: break;
  }
}

/* ---- below the sentence ---- */

static void put_pair(pi_page *page, const char *name, pi_slice text) {
  pi_page_to(page, 2);
  pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(name));
  pi_page_to(page, 14);
  pi_page_wrap(page, 14, PI_STYLE_PLAIN, text);
}

/* A policy's id, its digest on a line of its own. */
static void put_policy(pi_page *page, const char *name, pi_slice id) {
  const char *plus = id.len > 0 ? memchr(id.ptr, '+', id.len) : NULL;
  size_t before = plus != NULL ? (size_t)(plus - id.ptr) : id.len;
  put_pair(page, name, (pi_slice){id.ptr, before});
  if (plus != NULL) put_pair(page, "", (pi_slice){plus + 1, id.len - before - 1});
}

static pi_slice shown(pi_slice text) {
  return text.ptr != NULL ? text : PI_SLICE("–");
}

static void put_columns(pi_page *page, pi_style style, pi_slice what, pi_slice recorded,
                        pi_slice recomputed) {
  unsigned first = page->width * 2 / 5 + 2, second = first + (page->width - first) / 2 + 1;
  const pi_cell cells[] = {
      {2, first - 4, style, false, what},
      {first, second - first - 2, style, false, shown(recorded)},
      {second, page->width - second, style, false, shown(recomputed)},
  };
  pi_page_row(page, cells, sizeof cells / sizeof *cells);
}

/* Read as a case, an evaluation is refused for its first key that no case has. */
static bool cases_are_evaluations(const pi_verify_result *result) {
  for (uint32_t i = 0; i < result->fields.shown; i++) {
    const pi_field_difference *field = &result->fields.items[i];
    if (!pi_slice_equal(field->path, PI_SLICE("/error/found"))) continue;
    return pi_slice_equal(field->recomputed, PI_SLICE("\"\\\"outcome\\\"\""));
  }
  return false;
}

static void put_difference(pi_page *page, const pi_verify_result *result) {
  pi_page_end(page);
  if (result->fields.count == 0) {
    put_pair(page, "recorded", shown(result->recorded_part));
    put_pair(page, "recomputed", shown(result->recomputed_part));
    return;
  }
  put_columns(page, PI_STYLE_FAINT, PI_SLICE("field"), PI_SLICE("recorded"), PI_SLICE("recomputed"));
  for (uint32_t i = 0; i < result->fields.shown; i++) {
    const pi_field_difference *field = &result->fields.items[i];
    put_columns(page, PI_STYLE_PLAIN, field->path, field->recorded, field->recomputed);
  }
  if (result->fields.count <= result->fields.shown) return;
  char text[TEXT_BYTES];
  snprintf(text, sizeof text, "  and %u more", result->fields.count - result->fields.shown);
  pi_page_wrap(page, 2, PI_STYLE_FAINT, pi_slice_of(text));
}

static void put_files(pi_page *page, const pi_verify_result *result) {
  pi_page_end(page);
  const char *head = "How the policy's files differ from those of the record";
  if (!result->files_known) {
    head = "The record does not say what its policy was made of; the loaded one is made of";
  } else if (result->files_lie) {
    head = "The manifest lists files that are not those of its policy: it was changed. By its list differ";
  }
  pi_page_wrap(page, 0, PI_STYLE_HEAD, pi_slice_of(head));
  for (uint32_t i = 0; i < result->files_count && i < FILES_SHOWN; i++) {
    pi_page_to(page, 2);
    if (result->files_known) {
      pi_page_text(page, PI_STYLE_BAD, pi_slice_of(CHANGES[result->files[i].change]));
      pi_page_to(page, 12);
    }
    pi_page_wrap(page, 12, PI_STYLE_PLAIN, result->files[i].path);
  }
  if (result->files_count > FILES_SHOWN) {
    char text[TEXT_BYTES];
    snprintf(text, sizeof text, "  and %u more", result->files_count - FILES_SHOWN);
    pi_page_wrap(page, 2, PI_STYLE_FAINT, pi_slice_of(text));
  }
}

static void put_findings(pi_page *page, const pi_verify_result *result) {
  pi_page_end(page);
  put_columns(page, PI_STYLE_FAINT, PI_SLICE("manifest"), PI_SLICE("recorded"), PI_SLICE("found"));
  for (uint32_t i = 0; i < result->findings_count; i++) {
    const pi_verify_finding *finding = &result->findings[i];
    put_columns(page, PI_STYLE_PLAIN, finding->what, finding->recorded, finding->found);
  }
}

/* What stands behind evaluations that hold. */
static void put_proof(pi_page *page, const pi_verify_result *result, const pubint_policy *policy) {
  char figure[PI_FIGURE_BYTES], text[TEXT_BYTES];
  pi_page_end(page);
  put_policy(page, "policy", policy->id);
  if (result->refused > 0) {
    pi_slice count = pi_figure_count(figure, result->refused);
    snprintf(text, sizeof text, "%.*s %s refused, then as now, for the same reason", (int)count.len,
             count.ptr, result->refused == 1 ? "case was" : "cases were");
    put_pair(page, "refused", pi_slice_of(text));
  }
  put_pair(page, "manifest",
           result->has_manifest ? PI_SLICE("agrees: sizes, digests and counts of cases and evaluations")
                                : PI_SLICE("there is none beside the evaluations"));
}

void pi_verify_print(pi_page *page, const pi_verify_result *result, const pubint_policy *policy,
                     const pi_verify_options *options) {
  pi_buffer text;
  pi_buffer_init(&text, 64 * 1024);
  say(&text, result, pi_file_shown_name(options->evaluations));
  bool holds = result->verdict == PI_VERIFY_SAME;
  if (text.failed) page->out->failed = true;
  pi_page_wrap(page, 0, holds ? PI_STYLE_GOOD : PI_STYLE_BAD,
               (pi_slice){text.data, text.failed ? 0 : text.len});
  pi_buffer_dispose(&text);
  bool policy_differs = result->verdict == PI_VERIFY_OTHER_POLICY;
  if (holds) put_proof(page, result, policy);
  if (result->verdict == PI_VERIFY_LINE_DIFFERS) {
    bool swapped = cases_are_evaluations(result);
    if (!swapped) put_difference(page, result);
    pi_page_end(page);
    pi_page_wrap(
        page, 0, PI_STYLE_FAINT,
        swapped
            ? PI_SLICE("The cases read like evaluations: the cases come first, what was made of them last.")
            : PI_SLICE("It is the first such line; those after it were not compared."));
  }
  if (policy_differs || result->verdict == PI_VERIFY_OTHER_HOST) {
    pi_page_end(page);
    put_policy(page, "recorded", result->recorded_policy);
    put_policy(page, "loaded", policy_differs ? policy->id : pi_slice_of(pubint_version()));
  }
  if (policy_differs) put_files(page, result);
  if (result->verdict == PI_VERIFY_MANIFEST_DIFFERS) put_findings(page, result);
}

/* ---- as JSON ---- */

static void write_line(pi_outline *out, const pi_verify_result *result) {
  pi_outline_bytes(out, "id", result->id);
  pi_outline_bytes(out, "recorded_id", result->recorded_id);
  if (result->column > 0) pi_outline_count(out, "column", result->column);
  if (result->unreadable) pi_outline_bytes(out, "syntax", pi_slice_of(result->syntax.message));
  pi_outline_bytes(out, "recorded", result->recorded_part);
  pi_outline_bytes(out, "recomputed", result->recomputed_part);
  pi_outline_open(out, "fields", '[');
  for (uint32_t i = 0; i < result->fields.shown; i++) {
    pi_outline_open(out, NULL, '{');
    pi_outline_bytes(out, "path", result->fields.items[i].path);
    pi_outline_bytes(out, "recorded", result->fields.items[i].recorded);
    pi_outline_bytes(out, "recomputed", result->fields.items[i].recomputed);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
  pi_outline_count(out, "fields_count", result->fields.count);
}

static void write_policy(pi_outline *out, const pi_verify_result *result) {
  pi_outline_bytes(out, "recorded_policy", result->recorded_policy);
  pi_outline_bool(out, "files_known", result->files_known);
  pi_outline_bool(out, "files_trusted", result->files_known && !result->files_lie);
  pi_outline_open(out, "files", '[');
  for (uint32_t i = 0; i < result->files_count && result->files_known; i++) {
    pi_outline_open(out, NULL, '{');
    pi_outline_bytes(out, "path", result->files[i].path);
    pi_outline_text(out, "change", CHANGES[result->files[i].change]);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
}

void pi_verify_write(pi_buffer *buffer, const pi_verify_result *result, const pubint_policy *policy) {
  pi_outline out = pi_outline_begin(buffer);
  pi_outline_text(&out, "verdict", pi_verify_verdict_name(result->verdict));
  pi_outline_string(&out, "policy", policy->id);
  pi_outline_count(&out, "lines", result->lines);
  pi_outline_count(&out, "recomputed", result->recomputed);
  pi_outline_count(&out, "refused", result->refused);
  pi_outline_bool(&out, "manifest", result->has_manifest);
  if (result->line > 0) pi_outline_count(&out, "line", result->line);
  if (result->missing > 0) pi_outline_count(&out, "lines_too_few_or_many", result->missing);
  if (result->verdict == PI_VERIFY_LINE_DIFFERS) write_line(&out, result);
  if (result->verdict == PI_VERIFY_OTHER_POLICY) write_policy(&out, result);
  if (result->verdict == PI_VERIFY_OTHER_HOST)
    pi_outline_bytes(&out, "recorded_host", result->recorded_policy);
  if (result->findings_count > 0) {
    pi_outline_open(&out, "manifest_differs", '[');
    for (uint32_t i = 0; i < result->findings_count; i++) {
      pi_outline_open(&out, NULL, '{');
      pi_outline_bytes(&out, "what", result->findings[i].what);
      pi_outline_bytes(&out, "recorded", result->findings[i].recorded);
      pi_outline_bytes(&out, "found", result->findings[i].found);
      pi_outline_close(&out, '}');
    }
    pi_outline_close(&out, ']');
  }
  pi_outline_end(&out);
}
