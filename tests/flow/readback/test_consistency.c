/* Each member of each kind of evaluation, changed to whatever else could stand there: the line is refused,
 * unless nothing follows for that member. */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_rig.h"
#include "evaluation_read.h"
#include "evaluation_words.h"
#include "files.h"
#include "rules.h"

/* What may be changed so that nothing contradicts it: what the case, the policy or a script said and says
 * nowhere else, and what then follows just as well. `within` is what the object around it must hold (`up` 0;
 * 1: the one around that; OWN: the value itself), NULL: anything. */
enum { OWN = -1 };
#define NO_POINTS "\"points\":0}"
#define REMOVED   "\"verdict\":\"remove\""
#define FAILED    "\"result\":\"fail\""
static const struct {
  const char *path; /* * stands for an index */
  int up;
  const char *within;
} FREE[] = {
    /* of the case */
    {"/id", 0, NULL},
    {"/redacted_text", 0, NULL},
    {"/withheld_in", 0, NULL},
    {"/withheld_in/*", 0, NULL},
    {"/market", 0, "\"rules\":"},
    {"/market/id", 0, NULL},
    {"/market/script", 1, "\"basis\":\"no_script\""},
    {"/market/script", 1, "\",\"bar\":"},   /* no rule was weighed that it could be on */
    {"/gates/0/fact", 1, "\"final\":true"}, /* of what was not weighed no rule is listed */
    {"/gates/0/fact", 1, "\"missing\":"},
    {"/gates/1/type", 0, NULL},
    {"/gates/3/fact/title", 0, NULL},
    {"/gates/3/fact/level", 0, NULL},
    {"/gates/3/fact/country", 0, NULL},
    {"/gates/3/fact/selection", 0, NULL},
    {"/gates/3/fact/leadership", 0, NULL},
    {"/gates/3/fact/branch", 0, NULL}, /* another that counts as much */
    {"/gates/3/fact/status", 0, NULL},
    {"/basis", 0, FAILED},                    /* which rules are violated is not said */
    {"/rules/*/rule", 1, "\"outcome\":\"re"}, /* remove and review: no effects name them */
    {"/rules/*/kind", 0, NULL},
    {"/rules/*/unassessed", 0, "\"basis\":\"no_script\""},
    {"/rules/*/unassessed/*", 0, NULL},
    {"/unknown", 0, NULL},
    {"/unknown/*", 0, NULL},
    /* of the policy and its scripts */
    {"/effects/learn_more", 0, NULL},
    {"/rules/*/class", 0, NULL},
    {"/rules/*/bar", 0, "\"error\":"},
    {"/rules/*/factors/*", OWN, NO_POINTS},
    {"/rules/*/factors/*/id", 0, NULL},
    {"/rules/*/factors/*/side", 0, NO_POINTS},
    {"/rules/*/factors/*/from", 0, NO_POINTS},
    {"/rules/*/factors/*/weight", 0, NO_POINTS},
    {"/rules/*/conditions", 0, NULL}, /* without any it is as before version 2 of the policy */
    {"/rules/*/conditions/*", 0, NULL},
    {"/rules/*/conditions/*/id", 0, NULL},
    {"/rules/*/conditions/*/why", 0, NULL},
    {"/rules/*/conditions/*/from", 0, "\"met\":true"},
    {"/rules/*/conditions/*/from", 1, REMOVED},
    {"/rules/*/conditions/*/met", 1, REMOVED},
    {"/rules/*/conditions/*/met", 1, "\",\"bar\":"}, /* its script failed, whatever is met */
    {"/rules/*/notes", 0, NULL},
    {"/rules/*/notes/*", 0, NULL},
    {"/rules/*/error/message", 0, NULL},
    {"/rules/*/error/script", 0, NULL},
    {"/rules/*/error/line", 0, NULL},
    /* of a refusal */
    {"/file", 0, NULL},
    {"/line", 0, NULL},
    {"/error/message", 0, NULL},
    {"/error/path", 0, NULL},
    {"/error/column", 0, NULL},
    {"/error/found", 0, NULL},
    {"/error/expected", 0, NULL},
    {"/error/hint", 0, NULL},
};
enum { FREE_COUNT = sizeof FREE / sizeof *FREE };

enum { PLACES_MAX = 1024, LINE_BYTES = 16384, DEPTH = 8, PATH_BYTES = 160 };

/* A value of a line: where it stands, and what it takes to leave it out. */
typedef struct place {
  char path[PATH_BYTES];
  const char *begin, *end;
  const char *out_begin, *out_end; /* with its key and a comma */
  const char *around[DEPTH];       /* where the objects around it begin, and end */
  const char *around_end[DEPTH];
  int depth;
} place;

typedef struct walk {
  place places[PLACES_MAX];
  int count;
  bool met[FREE_COUNT];
  int tried, refused;
  pi_arena arena;
  pi_readback *readback;
} walk;

static const char *skip_string(const char *p) {
  for (p++; *p != '"'; p++) {
    if (*p == '\\') p++;
  }
  return p + 1;
}

static const char *skip_value(const char *p) {
  int depth = 0;
  do {
    if (*p == '"') {
      p = skip_string(p);
      continue;
    }
    if (*p == '{' || *p == '[') depth++;
    if (*p == '}' || *p == ']') depth--;
    p++;
    while (depth == 0 && p[-1] != '}' && p[-1] != ']' && strchr(",]}", *p) == NULL) p++;
  } while (depth > 0);
  return p;
}

static void take(walk *self, const char *begin, const place *around, const char *step, size_t length) {
  assert_true(self->count < PLACES_MAX);
  place *one = &self->places[self->count++];
  *one = *around;
  one->begin = begin;
  one->end = skip_value(begin);
  if (step != NULL) {
    int path = snprintf(one->path, sizeof one->path, "%s/%.*s", around->path, (int)length, step);
    assert_true(path > 0 && (size_t)path < sizeof one->path);
  }
  if (*begin != '{' && *begin != '[') return;
  const place here = *one;
  place inner = here;
  if (*begin == '{') {
    inner.around[inner.depth] = begin;
    inner.around_end[inner.depth++] = here.end;
  }
  int index = 0;
  for (const char *p = begin + 1; *p != '}' && *p != ']';) {
    char digits[16];
    const char *item = p, *key = digits, *value = p;
    size_t bytes = (size_t)snprintf(digits, sizeof digits, "%d", index++);
    if (*begin == '{') {
      value = skip_string(p) + 1;
      key = p + 1;
      bytes = (size_t)(value - p) - 3;
    }
    const char *end = skip_value(value);
    inner.out_begin = *end == ',' || item == begin + 1 ? item : item - 1;
    inner.out_end = *end == ',' ? end + 1 : end;
    take(self, value, &inner, key, bytes);
    p = *end == ',' ? end + 1 : end;
  }
}

/* ---- changes ---- */

static bool fits(const char *pattern, const char *path) {
  for (; *pattern != '\0'; pattern++) {
    if (*pattern == '*') {
      while (*path != '\0' && *path != '/') path++;
    } else if (*pattern != *path++) {
      return false;
    }
  }
  return *path == '\0';
}

static bool holds(const char *begin, const char *end, const char *text) {
  return memmem(begin, (size_t)(end - begin), text, strlen(text)) != NULL;
}

static bool is_free(walk *self, const place *at) {
  for (int i = 0; i < FREE_COUNT; i++) {
    if (!fits(FREE[i].path, at->path)) continue;
    int around = at->depth - 1 - FREE[i].up;
    bool own = FREE[i].up == OWN;
    bool within = FREE[i].within == NULL || holds(own ? at->begin : at->around[around],
                                                  own ? at->end : at->around_end[around], FREE[i].within);
    if (!within) continue;
    self->met[i] = true;
    return true;
  }
  return false;
}

static void change(walk *self, const char *line, const place *at, const char *begin, const char *end,
                   const char *to) {
  static char changed[LINE_BYTES + 256];
  if (strlen(to) == (size_t)(end - begin) && memcmp(begin, to, strlen(to)) == 0) return;
  int length = snprintf(changed, sizeof changed, "%.*s%s%s", (int)(begin - line), line, to, end);
  assert_true(length > 0 && (size_t)length < sizeof changed);
  pubint_error error;
  pi_arena_reset(&self->arena);
  self->tried++;
  pubint_status status = pi_evaluation_read(self->readback, pi_slice_of(changed), 1, &self->arena, &error);
  if (status == PUBINT_OK) {
    if (!is_free(self, at))
      fail_msg("%s: %.*s -> %s is taken of\n%s", at->path, (int)(end - begin), begin, to, line);
    return;
  }
  self->refused++;
  if (status != PUBINT_E_INPUT) fail_msg("%s -> %s", at->path, to);
}

static void change_words(walk *self, const char *line, const place *at, pi_words words) {
  pi_slice old = {at->begin + 1, (size_t)(at->end - at->begin) - 2};
  if (pi_words_find(words, old) < 0) return;
  for (int i = 0; i < words.count; i++) {
    char to[96];
    snprintf(to, sizeof to, "\"%.*s\"", (int)words.words[i].len, words.words[i].ptr);
    change(self, line, at, at->begin, at->end, to);
  }
}

static void change_text(walk *self, const char *line, const place *at) {
  static char to[LINE_BYTES];
  change_words(self, line, at, PI_WORDS_OUTCOME);
  change_words(self, line, at, PI_WORDS_BASIS);
  change_words(self, line, at, PI_WORDS_FACTOR_SIDE);
  change_words(self, line, at, PI_WORDS_FROM);
  change_words(self, line, at, PI_WORDS_CLASS);
  change_words(self, line, at, PI_WORDS_GATE_RESULT);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) change_words(self, line, at, PI_FACTS[fact].words);
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) change_words(self, line, at, PI_RULES[rule].kinds);
  pi_slice old = {at->begin + 1, (size_t)(at->end - at->begin) - 2};
  for (int fact = 0; fact < PI_FACT_COUNT && pi_fact_find(old) != PI_FACT_COUNT; fact++) {
    snprintf(to, sizeof to, "\"%.*s\"", (int)PI_FACTS[fact].path.len, PI_FACTS[fact].path.ptr);
    change(self, line, at, at->begin, at->end, to);
  }
  for (int rule = 0; rule < PI_RULE_COUNT && pi_rule_find(old) != PI_RULE_OTHER; rule++) {
    snprintf(to, sizeof to, "\"%.*s\"", (int)PI_RULES[rule].id.len, PI_RULES[rule].id.ptr);
    change(self, line, at, at->begin, at->end, to);
  }
  snprintf(to, sizeof to, "\"%.*sx\"", (int)old.len, old.ptr);
  change(self, line, at, at->begin, at->end, to);
  change(self, line, at, at->begin, at->end, "\"\"");
  change(self, line, at, at->begin, at->end, "\"E3002\"");
  change(self, line, at, at->begin, at->end, "\"NL\"");
}

static void change_number(walk *self, const char *line, const place *at) {
  static const char *const OTHERS[] = {"0",  "1",      "2",      "0.5",    "0.001",
                                       "-1", "100000", "100001", "100002", "1000000"};
  char to[96];
  for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
    change(self, line, at, at->begin, at->end, OTHERS[i]);
  bool point = memchr(at->begin, '.', (size_t)(at->end - at->begin)) != NULL;
  snprintf(to, sizeof to, "%.*s%s", (int)(at->end - at->begin), at->begin, point ? "1" : ".5");
  change(self, line, at, at->begin, at->end, to);
}

/* Left out, and twice: as a member of an object that is a repeated key, which is refused before. */
static void change_around(walk *self, const char *line, const place *at) {
  static char twice[LINE_BYTES];
  if (at->out_begin == NULL) return;
  change(self, line, at, at->out_begin, at->out_end, "");
  snprintf(twice, sizeof twice, "%.*s,%.*s", (int)(at->end - at->begin), at->begin,
           (int)(at->end - at->begin), at->begin);
  if (isdigit((unsigned char)at->path[strlen(at->path) - 1]))
    change(self, line, at, at->begin, at->end, twice);
}

static void change_each(walk *self, const char *line) {
  const place root = {.path = ""};
  pubint_error error;
  assert_true(strlen(line) < LINE_BYTES);
  pi_arena_reset(&self->arena);
  if (pi_evaluation_read(self->readback, pi_slice_of(line), 1, &self->arena, &error) != PUBINT_OK) {
    fail_msg("%s at %s, %s: %s", error.message, error.path, error.found, line);
  }
  self->count = 0;
  take(self, line, &root, NULL, 0);
  for (int i = 0; i < self->count; i++) {
    const place *at = &self->places[i];
    if (*at->begin == '"') change_text(self, line, at);
    if (*at->begin == '-' || isdigit((unsigned char)*at->begin)) change_number(self, line, at);
    if (*at->begin == 't') change(self, line, at, at->begin, at->end, "false");
    if (*at->begin == 'f') change(self, line, at, at->begin, at->end, "true");
    if (*at->begin == '[') change(self, line, at, at->begin, at->end, "[]");
    change_around(self, line, at);
  }
}

/* Every golden evaluation is of a kind of its own; the lines are what the engine writes of their cases. */
static void change_golden(walk *self, engine_rig *rig, const char *folder, const char *const *names) {
  for (; *names != NULL; names++) {
    char path[512];
    snprintf(path, sizeof path, PI_SOURCE_DIR "/tests/golden/%s/%s.jsonl", folder, *names);
    char *text = files_read(path, NULL);
    assert_non_null(text);
    *strchr(text, '\n') = '\0';
    change_each(self, engine_rig_evaluate(rig, text));
    free(text);
  }
}

static void test_consistency_of_each_member_of_each_kind(void **state) {
  static const char *const REFERENCE[] = {
      "host_condition", "incomplete",       "never_excepted", "no_script", "no_violation",
      "not_eligible",   "notice",           "public_concern", "remove",    "several_violations",
      "spans",          "spans_unassessed", "unassessed",     NULL};
  static const char *const MADE[] = {"condition_unmet",     "limit_instructions",
                                     "market_condition",    "market_error_remove",
                                     "market_error_review", "market_narrows",
                                     "market_widens",       "notes_and_conditions",
                                     "rule_error",          NULL};
  static const char *const REFUSALS[] = {
      "{\"v\":1,\"line\":17,\"id\":\"c\",\"error\":{\"code\":\"E1203\",\"message\":\"m\",\"path\":\"/a\",\"column\":3,"
      "\"found\":\"f\",\"expected\":\"e\",\"hint\":\"h\"}}",
      "{\"v\":1,\"file\":\"f\",\"line\":2,\"id\":\"c\",\"error\":{\"code\":\"E3004\",\"kind\":\"limit_time\","
      "\"message\":\"m\"}}"};
  engine_rig *rig = *state;
  static walk self;
  self.readback = calloc(1, sizeof *self.readback);
  assert_non_null(self.readback);
  pi_arena_init(&self.arena, 65536, 16 * 1024 * 1024);
  engine_rig_load_folder(rig, PI_SOURCE_DIR "/scripts");
  change_golden(&self, rig, "reference", REFERENCE);
  engine_rig_load_folder(rig, PI_SOURCE_DIR "/tests/golden/policy");
  change_golden(&self, rig, "made", MADE);
  for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++) change_each(&self, REFUSALS[i]);
  assert_true(self.refused > 10000 && self.refused > 8 * (self.tried - self.refused));
  for (int i = 0; i < FREE_COUNT; i++) {
    if (!self.met[i]) fail_msg("%s is not free, but listed", FREE[i].path);
  }
  pi_arena_dispose(&self.arena);
  free(self.readback);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      RIG_TEST(test_consistency_of_each_member_of_each_kind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
