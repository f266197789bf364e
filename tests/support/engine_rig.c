#include "engine_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int engine_rig_set_up(void **state) {
  engine_rig *self = calloc(1, sizeof *self);
  if (self == NULL) return -1;
  *state = self;
  policy_maker_begin(&self->maker);
  return 0;
}

static void unload(engine_rig *self) {
  pubint_engine_free(self->engine);
  pubint_case_free(self->input);
  pubint_policy_free(self->policy);
  self->engine = NULL;
  self->input = NULL;
  self->policy = NULL;
  self->evaluation = NULL;
  self->json = NULL;
}

int engine_rig_tear_down(void **state) {
  engine_rig *self = *state;
  unload(self);
  policy_maker_end(&self->maker);
  free(self);
  return 0;
}

static void give_up(const char *what, const pubint_error *error) {
  char text[2048];
  (void)pubint_error_format(error, text, sizeof text);
  fail_msg("%s: %s", what, text);
}

void engine_rig_load_folder(engine_rig *self, const char *folder) {
  pubint_error error = {0};
  unload(self);
  if (pubint_policy_load(&self->policy, folder, &error) != PUBINT_OK) give_up("policy", &error);
  if (pubint_engine_new(&self->engine, self->policy, &error) != PUBINT_OK) give_up("engine", &error);
}

void engine_rig_load(engine_rig *self) {
  engine_rig_load_folder(self, self->maker.folder);
}

char *engine_rig_quoted(const char *text) {
  size_t length = strlen(text);
  char *copy = malloc(length + 1);
  assert_non_null(copy);
  for (size_t i = 0; i <= length; i++) copy[i] = text[i] == '\'' ? '"' : text[i];
  return copy;
}

const char *engine_rig_evaluate(engine_rig *self, const char *text) {
  pubint_error error = {0};
  char *json = engine_rig_quoted(text);
  pubint_case *input = NULL;
  pubint_status status = pubint_case_parse(&input, json, strlen(json), &error);
  free(json);
  if (status != PUBINT_OK) give_up(text, &error);
  status = pubint_engine_evaluate(self->engine, input, &self->evaluation, &error);
  pubint_case_free(self->input); /* the former one: nothing refers to it any more */
  self->input = input;
  if (status != PUBINT_OK) give_up(text, &error);
  size_t bytes = 0;
  self->json = pubint_evaluation_json(self->evaluation, &bytes);
  assert_non_null(self->json);
  assert_int_equal(strlen(self->json), bytes);
  assert_null(strchr(self->json, '\n'));
  return self->json;
}

const char *engine_rig_weigh(engine_rig *self, const char *violations, const char *context) {
  char text[16 * 1024];
  int n = snprintf(text, sizeof text,
                   "{'id':'c','account':{'verified':true,'followers_count':200000,'office':{'status':"
                   "'candidate','branch':'executive'}},'violations':[%s],'context':{%s}}",
                   violations, context);
  assert_in_range(n, 1, sizeof text - 1);
  return engine_rig_evaluate(self, text);
}

void engine_rig_expect(const engine_rig *self, const char *outcome, const char *basis) {
  char text[128];
  (void)snprintf(text, sizeof text, ",'outcome':'%s','basis':'%s','final':", outcome, basis);
  engine_rig_has(self, text);
  assert_string_equal(pubint_outcome_name(pubint_evaluation_outcome(self->evaluation)), outcome);
  assert_string_equal(pubint_basis_name(pubint_evaluation_basis(self->evaluation)), basis);
}

static bool holds(const engine_rig *self, const char *text) {
  char *quoted = engine_rig_quoted(text);
  bool found = strstr(self->json, quoted) != NULL;
  free(quoted);
  return found;
}

void engine_rig_has(const engine_rig *self, const char *text) {
  if (!holds(self, text)) fail_msg("%s\nis not in %s", text, self->json);
}

void engine_rig_lacks(const engine_rig *self, const char *text) {
  if (holds(self, text)) fail_msg("%s\nis in %s", text, self->json);
}
