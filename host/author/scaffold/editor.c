#include "editor.h"

#include <string.h>

#include "allow.h"
#include "balance.h"
#include "facts.h"
#include "rules.h"

/* What test files have besides: name and type. */
static const struct {
  const char *name;
  const char *type;
  const char *doc;
} TEST_NAMES[] = {
    {"case", "fun(facts: string|table, more?: table): string",
     "a case: the base case with these facts changed"},
    {"evaluate", "fun(case: string|table): table", "the evaluation of a case, read-only"},
    {"factor", "fun(evaluation: table, id: string): table", "the first factor of that id"},
    {"condition", "fun(evaluation: table, id: string): table", "the first condition of that id"},
    {"expect", "fun(value: any): pubint.expectation", "an expectation about a value"},
    {"test", "fun(name: string, body: fun())", "one test"},
    {"each", "fun(rows: table, body: fun(row: any, key: any))", "a test for every row"},
    {"unknown", "any", "a fact that nobody knows"},
};
enum { TEST_NAMES_COUNT = sizeof TEST_NAMES / sizeof *TEST_NAMES };

static const char BALANCE[] =
    "---@class pubint.balance\n"
    "local balance = {}\n"
    "---Points for leaving it up: strength × weight.\n"
    "---@param id string\n---@param strength number 0 to 1\n---@param weight number " PI_WEIGHT_FORM "\n"
    "function balance:interest(id, strength, weight) end\n"
    "---Points for removing it: strength × weight.\n"
    "---@param id string\n---@param strength number 0 to 1\n---@param weight number " PI_WEIGHT_FORM "\n"
    "function balance:harm(id, strength, weight) end\n"
    "---What must hold besides.\n"
    "---@param id string\n---@param met boolean\n---@param why? string\n"
    "function balance:condition(id, met, why) end\n"
    "---A remark for the reader of the explanation.\n"
    "---@param text string\n"
    "function balance:note(text) end\n\n"
    "---@class pubint.expectation\n"
    "---@field is fun(self, value: any): pubint.expectation\n"
    "---@field is_not fun(self, value: any): pubint.expectation\n"
    "---@field near fun(self, number: number, within?: number): pubint.expectation\n"
    "---@field above fun(self, number: number): pubint.expectation\n"
    "---@field below fun(self, number: number): pubint.expectation\n"
    "---@field contains fun(self, part: any): pubint.expectation\n\n"
    "---@class pubint.violation\n"
    "---@field rule string\n---@field kind? string\n---@field grounds string[]\n---@field has_spans boolean\n\n"
    "---@class pubint.rule\n"
    "---@field rule string\n---@field class \"very_unlikely\"|\"unlikely\"|\"rare\"|\"possible\"\n"
    "---@field bar number\n---@field weigh fun(case: pubint.case, balance: pubint.balance)\n"
    "---@field reads? string[]\n---@field waives? table<string, string>\n\n"
    "---@class pubint.market\n"
    "---@field market string\n---@field language? string\n---@field teams? string[]\n"
    "---@field consulted? string[]\n---@field weigh fun(case: pubint.case, balance: pubint.balance)\n"
    "---@field reads? string[]\n---@field waives? table<string, string>\n\n";

/* ---- definitions ---- */

static void class_name(pi_buffer *out, pi_group group) {
  pi_buffer_text(out, "pubint.");
  pi_buffer_slice(out, group == PI_GROUP_ROOT ? PI_SLICE("case") : PI_GROUPS[group].path);
}

static void fact_type(pi_buffer *out, const pi_fact_row *fact) {
  switch (fact->type) {
  case PI_TYPE_STRENGTH: pi_buffer_text(out, "number"); return;
  case PI_TYPE_BOOL: pi_buffer_text(out, "boolean"); return;
  case PI_TYPE_COUNT: pi_buffer_text(out, "integer"); return;
  case PI_TYPE_COUNTRIES: pi_buffer_text(out, "string[]"); return;
  case PI_TYPE_TREE: pi_buffer_text(out, "table<string, any>"); return;
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: pi_buffer_text(out, "string"); return;
  case PI_TYPE_WORD: break;
  }
  for (uint8_t i = 0; i < fact->words.count; i++) {
    pi_buffer_text(out, i > 0 ? "|\"" : "\"");
    pi_buffer_slice(out, fact->words.words[i]);
    pi_buffer_byte(out, '"');
  }
}

/* An unknown strength reads as 0 and unknown signals as an empty object; any other unknown is nil. */
static void write_group(pi_buffer *out, pi_group group) {
  pi_buffer_text(out, "---@class ");
  class_name(out, group);
  pi_buffer_byte(out, '\n');
  for (int i = 0; i < PI_FACT_COUNT; i++) {
    const pi_fact_row *fact = &PI_FACTS[i];
    if (fact->group != group) continue;
    bool always = fact->type == PI_TYPE_STRENGTH || fact->type == PI_TYPE_TREE || i == PI_FACT_ID;
    pi_buffer_text(out, "---@field ");
    pi_buffer_slice(out, fact->key);
    pi_buffer_text(out, always ? " " : "? ");
    fact_type(out, fact);
    pi_buffer_printf(out, " %s\n", fact->doc);
  }
  for (int child = PI_GROUP_ROOT + 1; child < PI_GROUP_COUNT; child++) {
    if (PI_GROUPS[child].parent != group) continue;
    pi_buffer_text(out, "---@field ");
    pi_buffer_slice(out, PI_GROUPS[child].key);
    pi_buffer_byte(out, ' ');
    class_name(out, (pi_group)child);
    pi_buffer_byte(out, '\n');
  }
  if (group == PI_GROUP_ROOT) {
    pi_buffer_text(out, "---@field violation pubint.violation the one being weighed\n"
                        "---@field signals table<string, any> context.signals\n"
                        "---@field known fun(self, path: string): boolean whether a fact is known\n");
  }
  pi_buffer_byte(out, '\n');
}

static void write_library(pi_buffer *out, const char *library) {
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    const pi_allow_row *row = &PI_ALLOW[i];
    bool argument = library[0] == '\0' && row->function == NULL;
    if (strcmp(row->library, library) != 0 || argument) continue;
    pi_buffer_printf(out, "---%s: %s\n---@type %s\n%s%s%s = nil\n", row->form, row->doc,
                     row->function != NULL ? "fun(...): any" : "number", library,
                     library[0] != '\0' ? "." : "", row->name);
  }
}

static void write_definitions(pi_buffer *out) {
  pi_buffer_text(
      out, "---@meta\n-- What scripts and tests of a policy can use; written by `pubint new editor`.\n\n");
  for (int group = 0; group < PI_GROUP_COUNT; group++) write_group(out, (pi_group)group);
  pi_buffer_text(out, BALANCE);
  write_library(out, "");
  for (size_t i = 0; i < PI_ALLOW_LIBRARIES_COUNT; i++) {
    pi_buffer_printf(out, "\n%s = {}\n", PI_ALLOW_LIBRARIES[i]);
    write_library(out, PI_ALLOW_LIBRARIES[i]);
  }
  pi_buffer_text(out, "\n-- Tests only.\n");
  for (int i = 0; i < TEST_NAMES_COUNT; i++) {
    pi_buffer_printf(out, "---%s\n---@type %s\n%s = nil\n", TEST_NAMES[i].doc, TEST_NAMES[i].type,
                     TEST_NAMES[i].name);
  }
}

/* ---- settings ---- */

static void write_settings(pi_buffer *out) {
  static const char *const BUILTIN[] = {"basic", "coroutine", "debug",  "io",    "math",
                                        "os",    "package",   "string", "table", "utf8"};
  pi_buffer_text(out, "{\n  \"runtime.version\": \"Lua 5.4\",\n  \"runtime.path\": [\"lib/?.lua\"],\n"
                      "  \"workspace.library\": [\"editor\"],\n  \"runtime.builtin\": {");
  for (size_t i = 0; i < sizeof BUILTIN / sizeof *BUILTIN; i++) {
    pi_buffer_printf(out, "%s\n    \"%s\": \"disable\"", i > 0 ? "," : "", BUILTIN[i]);
  }
  pi_buffer_text(out, "\n  }\n}\n");
}

static void write_names(pi_buffer *out, const char *library) {
  for (size_t i = 0; i < PI_ALLOW_COUNT; i++) {
    bool argument = library[0] == '\0' && PI_ALLOW[i].function == NULL;
    if (strcmp(PI_ALLOW[i].library, library) != 0 || argument) continue;
    pi_buffer_printf(out, " \"%s\",", PI_ALLOW[i].name);
  }
}

static void write_luacheck(pi_buffer *out) {
  pi_buffer_text(out, "-- What scripts and tests of a policy can use; written by `pubint new editor`.\n"
                      "stds.pubint = {\n  read_globals = {\n   ");
  write_names(out, "");
  for (size_t i = 0; i < PI_ALLOW_LIBRARIES_COUNT; i++) {
    pi_buffer_printf(out, "\n    %s = { fields = {", PI_ALLOW_LIBRARIES[i]);
    write_names(out, PI_ALLOW_LIBRARIES[i]);
    pi_buffer_text(out, " } },");
  }
  pi_buffer_text(out, "\n  },\n}\nstds.pubint_test = {\n  read_globals = {");
  for (int i = 0; i < TEST_NAMES_COUNT; i++) pi_buffer_printf(out, " \"%s\",", TEST_NAMES[i].name);
  pi_buffer_text(out, " },\n}\nstd = \"pubint\"\nmax_line_length = false\n"
                      "exclude_files = { \"editor/*\" }\n"
                      "files[\"tests/*_test.lua\"] = { std = \"pubint+pubint_test\" }\n");
}

const pi_editor_file PI_EDITOR[PI_EDITOR_FILES] = {
    {"editor/pubint.lua", write_definitions},
    {".luarc.json", write_settings},
    {".luacheckrc", write_luacheck},
};
