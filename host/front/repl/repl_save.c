/* The case at hand written out, alone or as a policy's test: :save. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "case_write.h"
#include "errors.h"
#include "policy_files.h"
#include "repl.h"
#include "revision.h"
#include "script_limits.h"
#include "target.h"
#include "tests.h"

#define FILE_BYTES_MAX ((size_t)4 * 1024 * 1024)

/* --- Lua --- */

/* A string of Lua: what is not plain text is escaped by its bytes. */
static void lua_string(pi_buffer *out, pi_slice text) {
  pi_buffer_byte(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    if (c == '"' || c == '\\') {
      pi_buffer_byte(out, '\\');
      pi_buffer_byte(out, (char)c);
    } else if (c == '\n') {
      pi_buffer_text(out, "\\n");
    } else if (c < 0x20 || c == 0x7f) {
      pi_buffer_printf(out, "\\%03u", c);
    } else {
      pi_buffer_byte(out, (char)c);
    }
  }
  pi_buffer_byte(out, '"');
}

/* JSON as Lua writes the same value: [ ] become { }, keys stand in ["…"] =, null becomes unknown. Within
 * strings JSON's own escapes are Lua's but for \/ and \uXXXX, and the writer makes neither but \u00XX. */
static void json_as_lua(pi_buffer *out, pi_slice json) {
  for (size_t i = 0; i < json.len; i++) {
    char c = json.ptr[i];
    if (c == '[' || c == ']') {
      pi_buffer_byte(out, c == '[' ? '{' : '}');
      continue;
    }
    if (c == 'n') { /* null, since nothing else begins with it; a table of Lua cannot hold nil */
      pi_buffer_text(out, "unknown");
      i += sizeof "null" - 2;
      continue;
    }
    if (c != '"') {
      pi_buffer_byte(out, c);
      continue;
    }
    size_t end = i + 1;
    while (end < json.len && json.ptr[end] != '"') end += json.ptr[end] == '\\' ? 2 : 1;
    bool key = end + 1 < json.len && json.ptr[end + 1] == ':';
    if (key) pi_buffer_byte(out, '[');
    for (; i <= end && i < json.len; i++) {
      bool code = json.ptr[i] == '\\' && i + 5 < json.len && json.ptr[i + 1] == 'u';
      if (code) {
        pi_buffer_printf(out, "\\x%.2s", json.ptr + i + 4);
        i += 5;
      } else {
        pi_buffer_byte(out, json.ptr[i]);
        if (json.ptr[i] == '\\') pi_buffer_byte(out, json.ptr[++i]);
      }
    }
    i = end;
    if (key) {
      pi_buffer_text(out, "] = ");
      i++;
    }
  }
}

static void lua_value(pi_buffer *out, pi_fact fact, pi_value value) {
  pi_fact_type type = PI_FACTS[fact].type;
  if (type == PI_TYPE_TEXT || type == PI_TYPE_ID || type == PI_TYPE_STRING) {
    lua_string(out, value.string);
    return;
  }
  pi_buffer json;
  pi_buffer_init(&json, 64 * 1024);
  pi_value_write(&json, fact, value);
  json_as_lua(out, (pi_slice){json.data, json.len});
  if (json.failed) out->failed = true;
  pi_buffer_dispose(&json);
}

static void lua_violation(pi_buffer *out, const pi_violation *violation) {
  pi_buffer_text(out, "      { rule = ");
  lua_string(out, violation->rule_id);
  if (violation->kind.ptr != NULL) {
    pi_buffer_text(out, ", kind = ");
    lua_string(out, violation->kind);
  }
  if (violation->grounds != 0) {
    pi_buffer_text(out, ", grounds = {");
    for (uint8_t i = 0; i < PI_GROUNDS.count; i++) {
      if ((violation->grounds >> i & 1) == 0) continue;
      pi_buffer_printf(out, " \"%s\",", PI_GROUNDS.words[i].ptr);
    }
    pi_buffer_text(out, " }");
  }
  if (violation->spans_known) {
    pi_buffer_text(out, ", spans = {");
    for (uint8_t i = 0; i < violation->spans_count; i++) {
      const pi_span *span = &violation->spans[i];
      pi_buffer_printf(out, " { start = %u, [\"end\"] = %u", span->start, span->end);
      if (span->kind >= 0) pi_buffer_printf(out, ", kind = \"%s\"", PI_SPAN_KINDS.words[span->kind].ptr);
      pi_buffer_text(out, " },");
    }
    pi_buffer_text(out, " }");
  }
  pi_buffer_text(out, " },\n");
}

/* --- a test --- */

/* Every fact is written, also what is unknown: the case it starts from has facts of its own. */
static void write_case_table(pi_buffer *out, const pi_case *facts) {
  pi_buffer_text(out, "  local result = evaluate(case {\n");
  for (int f = 0; f < PI_FACT_COUNT; f++) {
    pi_fact fact = (pi_fact)f;
    if (fact == PI_FACT_SIGNALS && !pi_case_knows(facts, fact)) continue; /* there are none to take away */
    if (fact == PI_FACT_MARKET && !pi_case_knows(facts, fact)) continue;
    pi_buffer_printf(out, "    [\"%s\"] = ", PI_FACTS[fact].path.ptr);
    if (pi_case_knows(facts, fact)) {
      lua_value(out, fact, pi_case_value(facts, fact));
    } else {
      pi_buffer_text(out, "unknown");
    }
    pi_buffer_text(out, ",\n");
  }
  pi_buffer_text(out, "    violations = {\n");
  for (uint32_t i = 0; i < facts->violations_count; i++) lua_violation(out, &facts->violations[i]);
  pi_buffer_text(out, "    },\n  })\n");
}

static void write_test(pi_buffer *out, const pi_case *facts, const pubint_evaluation *evaluation) {
  pi_buffer_text(out, "-- What comes of one case; saved from the REPL.\ntest(");
  pi_buffer name;
  pi_buffer_init(&name, 512);
  pi_buffer_slice(&name, pi_case_text(facts, PI_FACT_ID));
  pi_buffer_printf(&name, ": %s, %s", pubint_outcome_name(evaluation->outcome),
                   pubint_basis_name(evaluation->basis));
  lua_string(out, (pi_slice){name.data, name.len});
  if (name.failed) out->failed = true;
  pi_buffer_dispose(&name);
  pi_buffer_text(out, ", function()\n");
  write_case_table(out, facts);
  pi_buffer_printf(out, "  expect(result.outcome):is(\"%s\")\n", pubint_outcome_name(evaluation->outcome));
  pi_buffer_printf(out, "  expect(result.basis):is(\"%s\")\n", pubint_basis_name(evaluation->basis));
  for (uint32_t i = 0; i < evaluation->entries_count; i++) {
    const pi_entry *entry = &evaluation->entries[i];
    if (!entry->weighed) continue;
    char margin[PI_DECIMAL_BYTES];
    size_t length = pi_decimal_write(margin, entry->margin, 9);
    pi_buffer_printf(out, "  expect(result.rules[%u].margin):near(%.*s)\n", i + 1, (int)length, margin);
  }
  pi_buffer_text(out, "end)\n");
}

/* --- the file --- */

static void say_saved(pi_repl_terminal *self, const char *how, const char *name) {
  pi_page page;
  pi_repl_page(self, &page);
  pi_page_text(&page, PI_STYLE_PLAIN, pi_slice_of(how));
  pi_page_text(&page, PI_STYLE_PLAIN, pi_slice_of(name));
  pi_page_end(&page);
  pi_page_dispose(&page);
}

static void save(pi_repl_terminal *self, const char *name, const pi_buffer *text) {
  pubint_error error;
  pi_slice written = {text->data, text->len};
  if (pi_target_write(name, written, PI_TARGET_NAMED, &error) != PUBINT_OK) {
    if (error.code == PI_E_OUTPUT_EXISTS)
      pi_repl_complain(self, "%s is there already; name another file", name);
    else
      pi_repl_complain_error(self, &error);
    return;
  }
  say_saved(self, "saved ", name);
}

/* --- a test of the policy --- */

/* "coalition": the name of a file of the policy's tests, and no path. */
static bool is_test_name(pi_slice word) {
  return memchr(word.ptr, '/', word.len) == NULL && memchr(word.ptr, '.', word.len) == NULL;
}

/* tests/NAME_test.lua of the policy, with its folder made; false, and said, where it cannot be. */
static bool test_path(pi_repl_session *self, pi_slice name, char *out, size_t size) {
  static const char ENDING[] = "_test";
  size_t ending = sizeof ENDING - 1;
  const char *policy = self->policy.directory;
  if (name.len > ending && memcmp(name.ptr + name.len - ending, ENDING, ending) == 0) name.len -= ending;
  if (!pi_id_valid(name)) {
    pi_repl_complain(&self->terminal,
                     "a test's name has small letters, digits and underscores: :save test coalition");
    return false;
  }
  if (!self->policy.loaded->source.folder) {
    pi_repl_complain(&self->terminal, "the policy is a revision of git, which is never changed; name a file");
    return false;
  }
  if (pi_command_policy_is_default(policy)) {
    pi_repl_complain(
        &self->terminal,
        "the default policy is never changed; copy it, and open the copy with -p, or name a file");
    return false;
  }
  int length = snprintf(out, size, "%s/tests", policy);
  if (length > 0 && (size_t)length < size && mkdir(out, 0777) != 0 && errno != EEXIST) {
    pi_repl_complain(&self->terminal, "%s cannot be made: %s", out, strerror(errno));
    return false;
  }
  length = snprintf(out, size, "%s/tests/%.*s%s.lua", policy, (int)name.len, name.ptr, ENDING);
  if (length > 0 && (size_t)length < size) return true;
  pi_repl_complain(&self->terminal, "that name is too long");
  return false;
}

/* Adds the test to the others of that name. */
static void append_test(pi_repl_session *self, pi_slice name, const pi_buffer *text) {
  char path[4096];
  pubint_error error;
  if (!test_path(self, name, path, sizeof path)) return;
  bool anew = access(path, F_OK) != 0;
  pi_buffer spaced; /* an empty line between tests */
  pi_buffer_init(&spaced, FILE_BYTES_MAX);
  if (!anew) pi_buffer_byte(&spaced, '\n');
  pi_buffer_append(&spaced, text->data, text->len);
  pi_slice written = {spaced.data, spaced.len};
  if (spaced.failed) {
    self->terminal.out.failed = true;
  } else if (pi_target_append(path, written, PI_TEST_FILE_BYTES_MAX, &error) != PUBINT_OK) {
    pi_repl_complain_error(&self->terminal, &error);
  } else {
    say_saved(&self->terminal, anew ? "saved " : "added to ", path);
  }
  pi_buffer_dispose(&spaced);
}

/* A test hands the case over as one string of Lua. */
static bool fits_test(pi_repl_session *self) {
  pi_buffer json;
  pi_buffer_init(&json, FILE_BYTES_MAX);
  pi_case_json(&json, &self->hand.facts);
  bool failed = json.failed, fits = !failed && json.len <= PI_LIMIT_STRING;
  pi_buffer_dispose(&json);
  if (failed) self->terminal.out.failed = true;
  if (!failed && !fits) {
    pi_repl_complain(&self->terminal,
                     "the case is over %d KiB, more than a test can hold; `:save case` writes it",
                     PI_LIMIT_STRING / 1024);
  }
  return fits;
}

/* The default policy is nobody's to write into; of another one a saved file may become part. */
static bool may_write(const pi_repl_session *self, const char *name) {
  return !pi_policy_files_own(self->policy.directory, name) ||
         !pi_command_policy_is_default(self->policy.directory);
}

void pi_repl_save(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  bool as_case = pi_slice_equal(call->words[0], PI_SLICE("case"));
  if (!as_case && !pi_slice_equal(call->words[0], PI_SLICE("test"))) {
    pi_repl_complain(&self->terminal, "write :save case FILE, :save test NAME or :save test FILE");
    return;
  }
  if (!pi_repl_session_evaluate(self)) return;
  if (!as_case && self->policy.overrides->count > 0) {
    pi_repl_complain(&self->terminal,
                     "a test is about the policy as it is; `:weight off` removes the overrides");
    return;
  }
  if (!as_case && !fits_test(self)) return;
  pi_buffer text;
  pi_buffer_init(&text, FILE_BYTES_MAX);
  if (as_case) {
    pi_case_json(&text, &self->hand.facts);
    pi_buffer_byte(&text, '\n');
  } else {
    write_test(&text, &self->hand.facts, self->hand.evaluation);
  }
  char name[4096];
  if (text.failed) {
    self->terminal.out.failed = true;
  } else if (!as_case && is_test_name(call->words[1])) {
    append_test(self, call->words[1], &text);
  } else if (!pi_repl_file_path(call->words[1], name, sizeof name)) {
    pi_repl_complain(&self->terminal, "that name is too long");
  } else if (pi_revision_named(name)) {
    pi_repl_complain(&self->terminal, "a revision of git is read and never changed; name a file");
  } else if (!may_write(self, name)) {
    pi_repl_complain(&self->terminal, "%s would be a file of the default policy; name another file", name);
  } else {
    save(&self->terminal, name, &text);
  }
  pi_buffer_dispose(&text);
}
