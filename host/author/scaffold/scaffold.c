#include "scaffold.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "editor.h"
#include "errors.h"
#include "file_error.h"
#include "rules.h"
#include "target.h"

enum { TEXT_MAX = 64 * 1024 };

/* In these texts @ID@ is the id, @NAME@ the same in small letters with underscores. */
static const char MARKET_SCRIPT[] =
    "-- @ID@: local context for every rule (R037, R044). It reads the signals below and nothing else of a\n"
    "-- case, so without them it weighs nothing.\n"
    "--\n"
    "--   days_to_election    days until polling day, 0 on the day, negative afterwards\n"
    "--   emergency_declared  true while an emergency order is in force where the Tweet works\n"
    "local signals = require \"signals\"\n"
    "\n"
    "return {\n"
    "  market = \"@ID@\",\n"
    "  language = \"en\", -- of the notice: a file of locales/, else English\n"
    "  teams = { \"Public Policy @ID@\" },\n"
    "  consulted = { \"civil society (press freedom)\" }, -- kinds of stakeholder heard on this script\n"
    "  weigh = function(case, balance)\n"
    "    local rule = case.violation.rule\n"
    "\n"
    "    -- On the eve of an election wrong words about voting can no longer be put right in time.\n"
    "    local days = signals.days(case, balance, \"days_to_election\")\n"
    "    local eve = rule == \"election_integrity\" and days and days >= 0 and days <= 1\n"
    "    balance:harm(\"election_eve\", eve and 1 or 0, 2)\n"
    "\n"
    "    -- An emergency order is given where disorder is at hand: violence comes sooner.\n"
    "    local emergency = signals.flag(case, balance, \"emergency_declared\")\n"
    "    balance:harm(\"emergency\", rule == \"violence\" and emergency or 0, 1)\n"
    "  end,\n"
    "}\n";

static const char MARKET_TEST[] =
    "-- Tests of markets/@ID@.lua; `pubint test --filter @NAME@_test` runs these alone.\n"
    "local function in_market(rule, signals)\n"
    "  return evaluate { rule = rule, [\"context.market\"] = \"@ID@\", [\"context.signals\"] = signals }\n"
    "end\n"
    "\n"
    "test(\"without signals the market adds nothing\", function()\n"
    "  local evaluation = in_market(\"violence\", {})\n"
    "  expect(evaluation.market.script):is(true)\n"
    "  expect(evaluation.rules[1].market.counted):is(0)\n"
    "end)\n"
    "\n"
    "each({\n"
    "  { name = \"the day itself\", days = 0, points = 2 },\n"
    "  { name = \"the day before\", days = 1, points = 2 },\n"
    "  { name = \"two days before\", days = 2, points = 0 },\n"
    "  { name = \"the day after\", days = -1, points = 0 },\n"
    "}, function(row)\n"
    "  local evaluation = in_market(\"election_integrity\", { days_to_election = row.days })\n"
    "  expect(factor(evaluation, \"election_eve\").points):is(row.points)\n"
    "  expect(factor(evaluation, \"election_eve\").side):is(\"harm\")\n"
    "end)\n"
    "\n"
    "test(\"an emergency counts under violence alone\", function()\n"
    "  local signals = { emergency_declared = true }\n"
    "  expect(factor(in_market(\"violence\", signals), \"emergency\").points):is(1)\n"
    "  expect(factor(in_market(\"violence\", signals), \"emergency\").side):is(\"harm\")\n"
    "  expect(factor(in_market(\"hateful_conduct\", signals), \"emergency\").points):is(0)\n"
    "end)\n"
    "\n"
    "test(\"the eve is no matter of other rules\", function()\n"
    "  local evaluation = in_market(\"violence\", { days_to_election = 0 })\n"
    "  expect(factor(evaluation, \"election_eve\").points):is(0)\n"
    "end)\n";

static const char RULE_SCRIPT[] =
    "-- @ID@: say here what the rule protects, and which requirement each factor serves.\n"
    "local common = require \"common\"\n"
    "\n"
    "return {\n"
    "  rule = \"@ID@\",\n"
    "  class = \"possible\", -- very_unlikely, unlikely, rare or possible: `check` holds the rule to it\n"
    "  bar = 2, -- how far interest must outweigh harm\n"
    "  weigh = function(case, balance)\n"
    "    common.weigh(case, balance)\n"
    "\n"
    "    -- A political statement is part of public debate.\n"
    "    balance:interest(\"political_statement\", case.context.political_statement, 1)\n"
    "  end,\n"
    "}\n";

static const char RULE_TEST[] =
    "-- Tests of rules/@ID@.lua; `pubint test --filter @NAME@_test` runs these alone.\n"
    "local function with(concern, record)\n"
    "  local facts = { [\"context.public_concern\"] = concern, [\"context.record_value\"] = record }\n"
    "  facts.rule = \"@ID@\"\n"
    "  return evaluate(facts)\n"
    "end\n"
    "\n"
    "test(\"the bar is 2\", function()\n"
    "  expect(with(0.5, 0.25).outcome):is(\"notice\")\n"
    "  expect(with(0.5, 0.25).rules[1].margin):is(0)\n"
    "  expect(with(0.5, 0.24).outcome):is(\"remove\")\n"
    "end)\n"
    "\n"
    "test(\"without public concern there is no notice\", function()\n"
    "  expect(with(0, 1).rules[1].margin):is(0)\n"
    "  expect(with(0, 1).outcome):is(\"remove\")\n"
    "end)\n"
    "\n"
    "test(\"a political statement speaks for it\", function()\n"
    "  local evaluation = evaluate { rule = \"@ID@\", [\"context.political_statement\"] = 1 }\n"
    "  expect(factor(evaluation, \"political_statement\").points):is(1)\n"
    "  expect(factor(evaluation, \"political_statement\").side):is(\"interest\")\n"
    "end)\n"
    "\n"
    "test(\"harm speaks against it\", function()\n"
    "  local harmless = case { rule = \"@ID@\", [\"context.public_concern\"] = 1, [\"context.record_value\"] = 1 }\n"
    "  expect(evaluate(harmless).outcome):is(\"notice\")\n"
    "  local evaluation = evaluate(case(harmless, { [\"context.call_to_action\"] = 1 }))\n"
    "  expect(factor(evaluation, \"call_to_action\").points):is(6)\n"
    "  expect(evaluation.outcome):is(\"remove\")\n"
    "end)\n";

static const char CASE_HEAD[] =
    "{\n"
    "  \"id\": \"@NAME@-example\",\n"
    "  \"tweet\": { \"text\": \"An example.\", \"lang\": \"en\" },\n"
    "  \"account\": {\n"
    "    \"verified\": true, \"verified_type\": \"government\", \"followers_count\": 200000,\n"
    "    \"office\": { \"status\": \"holder\", \"selection\": \"elected\", \"branch\": \"legislative\" }\n"
    "  },\n";

static const char MARKET_CASE[] =
    "  \"violations\": [{ \"rule\": \"violence\", \"kind\": \"threat\" }],\n"
    "  \"context\": {\n"
    "    \"market\": \"@ID@\", \"target\": { \"kind\": \"official\" },\n"
    "    \"public_concern\": 1, \"public_debate\": \"high\", \"violence_link\": \"low\",\n"
    "    \"call_to_action\": 0, \"rights_interference\": 0, \"service_harm\": 0,\n"
    "    \"offline_harm\": { \"likelihood\": 0, \"severity\": 0 },\n"
    "    \"signals\": { \"days_to_election\": 10, \"emergency_declared\": true }\n"
    "  }\n"
    "}\n";

static const char RULE_CASE[] =
    "  \"violations\": [{ \"rule\": \"@ID@\" }],\n"
    "  \"context\": {\n"
    "    \"target\": { \"kind\": \"official\" }, \"public_concern\": \"medium\",\n"
    "    \"public_debate\": \"high\", \"political_statement\": 1, \"record_value\": \"medium\",\n"
    "    \"call_to_action\": 0, \"rights_interference\": 0, \"service_harm\": 0,\n"
    "    \"offline_harm\": { \"likelihood\": 0, \"severity\": 0 }\n"
    "  }\n"
    "}\n";

/* The texts of a kind and where they go. */
static const struct {
  const char *path;
  const char *head;
  const char *text;
} FILES[2][PI_SCAFFOLD_FILES] = {
    [PI_SCAFFOLD_MARKET] = {{"markets/@ID@.lua", "", MARKET_SCRIPT},
                            {"tests/@NAME@_test.lua", "", MARKET_TEST},
                            {"tests/cases/@NAME@.json", CASE_HEAD, MARKET_CASE}},
    [PI_SCAFFOLD_RULE] = {{"rules/@ID@.lua", "", RULE_SCRIPT},
                          {"tests/@NAME@_test.lua", "", RULE_TEST},
                          {"tests/cases/@NAME@.json", CASE_HEAD, RULE_CASE}},
};

_Static_assert((int)PI_EDITOR_FILES == (int)PI_SCAFFOLD_FILES, "one row of paths does for all kinds");

static void small_name(const char *id, char *out, size_t size) {
  size_t i = 0;
  for (; id[i] != '\0' && i + 1 < size; i++) {
    out[i] = (char)(id[i] >= 'A' && id[i] <= 'Z' ? id[i] - 'A' + 'a' : id[i] == '-' ? '_' : id[i]);
  }
  out[i] = '\0';
}

static void fill_in(pi_buffer *out, const char *text, const char *id) {
  char name[64];
  small_name(id, name, sizeof name);
  while (*text != '\0') {
    if (strncmp(text, "@ID@", 4) == 0) {
      pi_buffer_text(out, id);
      text += 4;
    } else if (strncmp(text, "@NAME@", 6) == 0) {
      pi_buffer_text(out, name);
      text += 6;
    } else {
      pi_buffer_byte(out, *text++);
    }
  }
}

static pubint_status check_id(pi_scaffold_kind kind, const char *id, pubint_error *error) {
  if (kind == PI_SCAFFOLD_EDITOR) return PUBINT_OK;
  pi_rule rule = pi_rule_find(pi_slice_of(id));
  if (kind == PI_SCAFFOLD_RULE && rule < PI_RULE_COUNT && PI_RULES[rule].never) {
    pubint_status refused =
        pi_error_setf(error, PI_E_NEVER_SCRIPTED, "a rule that is never excepted has no script");
    if (error != NULL) {
      pi_error_found(error, id, strlen(id));
      snprintf(error->expected, sizeof error->expected, "a rule that may be excepted");
    }
    return refused;
  }
  if (kind == PI_SCAFFOLD_MARKET ? pi_market_valid(pi_slice_of(id)) : pi_id_valid(pi_slice_of(id)))
    return PUBINT_OK;
  pubint_status refused =
      pi_error_setf(error, PI_E_ARGUMENTS, kind == PI_SCAFFOLD_MARKET ? "not a market" : "not a rule id");
  if (error != NULL) {
    pi_error_found(error, id, strlen(id));
    snprintf(error->expected, sizeof error->expected, "%s",
             kind == PI_SCAFFOLD_MARKET ? "a country code, with a region if need be: NL, US, US-CA"
                                        : "small letters, digits and underscores: abuse_harassment");
  }
  return refused;
}

/* The path of file `i`, and its text. */
static void make_file(pi_scaffold *out, pi_scaffold_kind kind, const char *id, int i, pi_buffer *text) {
  pi_buffer_reset(text);
  fill_in(text, kind == PI_SCAFFOLD_EDITOR ? PI_EDITOR[i].path : FILES[kind][i].path, id);
  snprintf(out->paths[i], sizeof out->paths[i], "%.*s", (int)text->len, text->data);
  pi_buffer_reset(text);
  if (kind == PI_SCAFFOLD_EDITOR) {
    PI_EDITOR[i].write(text);
    return;
  }
  fill_in(text, FILES[kind][i].head, id);
  fill_in(text, FILES[kind][i].text, id);
}

/* Makes the folders of a path below the policy's. */
static bool make_folders(char *full, size_t from) {
  for (size_t i = from; full[i] != '\0'; i++) {
    if (full[i] != '/') continue;
    full[i] = '\0';
    bool made = mkdir(full, 0777) == 0 || errno == EEXIST;
    full[i] = '/';
    if (!made) return false;
  }
  return true;
}

static pubint_status write_file(char *full, size_t folder, pi_slice text, pi_target_over over,
                                pubint_error *error) {
  if (!make_folders(full, folder + 1)) return pi_file_error(error, PI_E_CANNOT_WRITE, full, errno);
  return pi_target_write(full, text, over, error);
}

/* Takes back the first `count` files, so that nothing is begun by halves. */
static void remove_written(const pi_scaffold *scaffold, const pubint_policy *policy, const bool *made,
                           int count) {
  pi_buffer full;
  pi_buffer_init(&full, 8192);
  for (int i = 0; i < count; i++) {
    pi_buffer_reset(&full);
    pi_buffer_printf(&full, "%s/%s", policy->directory.ptr, scaffold->paths[i]);
    if (made[i] && pi_buffer_end(&full) != NULL) unlink(full.data);
  }
  pi_buffer_dispose(&full);
}

pubint_status pi_scaffold_write(pi_scaffold *out, const pubint_policy *policy, pi_scaffold_kind kind,
                                const char *id, bool force, pubint_error *error) {
  pubint_status status = check_id(kind, id, error);
  pi_target_over over = force ? PI_TARGET_FORCE : PI_TARGET_NAMED;
  bool made[PI_SCAFFOLD_FILES] = {false}; /* where nothing was before */
  int written = 0;
  pi_buffer text, full;
  pi_buffer_init(&text, TEXT_MAX);
  pi_buffer_init(&full, 8192);
  for (int pass = 0; pass < 2; pass++) { /* look before anything is written */
    for (int i = 0; i < PI_SCAFFOLD_FILES && status == PUBINT_OK; i++) {
      pi_buffer_reset(&full);
      make_file(out, kind, id, i, &text);
      pi_buffer_printf(&full, "%s/%s", policy->directory.ptr, out->paths[i]);
      if (pi_buffer_end(&full) == NULL || text.failed) {
        status = pi_error_set(error, PI_E_NO_MEMORY);
      } else if (pass == 0) {
        pi_target_there there;
        status = pi_target_check(full.data, over, &there, error);
        made[i] = !there.exists;
      } else {
        status = write_file(full.data, policy->directory.len, (pi_slice){text.data, text.len}, over, error);
        if (status == PUBINT_OK) written++;
      }
    }
  }
  if (status != PUBINT_OK) remove_written(out, policy, made, written);
  pi_buffer_dispose(&text);
  pi_buffer_dispose(&full);
  return status;
}
