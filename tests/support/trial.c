#define _XOPEN_SOURCE 700 /* nftw */
#include "trial.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "files.h"

#define SHIPPED PI_SOURCE_DIR "/scripts"

enum { PATH_MAX_BYTES = 512 };

void trial_put(const trial *self, const char *file, const char *bytes, size_t length) {
  char path[PATH_MAX_BYTES];
  int n = snprintf(path, sizeof path, "%s/%s", self->directory, file);
  assert_true(n > 0 && (size_t)n < sizeof path);
  files_write(path, bytes, length);
}

void trial_drop(const trial *self, const char *file) {
  char path[PATH_MAX_BYTES];
  snprintf(path, sizeof path, "%s/%s", self->directory, file);
  (void)remove(path);
}

static void copy_shipped(const trial *self, const char *file) {
  char path[PATH_MAX_BYTES];
  size_t length;
  snprintf(path, sizeof path, SHIPPED "/%s", file);
  char *bytes = files_read(path, &length);
  assert_non_null(bytes);
  trial_put(self, file, bytes, length);
  free(bytes);
}

void trial_restore(const trial *self, const char *file) {
  char path[PATH_MAX_BYTES];
  snprintf(path, sizeof path, SHIPPED "/%s", file);
  if (access(path, R_OK) == 0)
    copy_shipped(self, file);
  else
    trial_drop(self, file);
}

void trial_put_weigh(const trial *self, const char *body) {
  static const char FRAME[] = "return {\n  rule = \"abuse_harassment\", class = \"possible\", bar = 1,\n"
                              "  weigh = function(case, balance)\n%s\n  end,\n}\n";
  size_t size = sizeof FRAME + strlen(body);
  char *source = malloc(size);
  assert_non_null(source);
  int n = snprintf(source, size, FRAME, body);
  trial_put(self, "rules/abuse_harassment.lua", source, (size_t)n);
  free(source);
}

/* nftw has no context, so the folder that is copied to is named here while it walks. */
static const trial *copied_to;

static int copy_one(const char *path, const struct stat *about, int kind, struct FTW *place) {
  (void)about;
  (void)place;
  if (kind == FTW_F) copy_shipped(copied_to, path + sizeof SHIPPED);
  return 0;
}

void trial_make(trial *self) {
  files_make_folder(self->directory, sizeof self->directory);
  copied_to = self;
  assert_int_equal(nftw(SHIPPED, copy_one, 8, FTW_PHYS), 0);
}

void trial_remove(trial *self) {
  files_remove_folder(self->directory);
}

trial trial_folder;

int trial_set_up(void **state) {
  (void)state;
  trial_make(&trial_folder);
  return 0;
}

int trial_tear_down(void **state) {
  (void)state;
  trial_remove(&trial_folder);
  return 0;
}

pubint_policy *trial_load(const trial *self) {
  pubint_policy *policy;
  pubint_error error = {0};
  if (pubint_policy_load(&policy, self->directory, &error) != PUBINT_OK) {
    char text[2048];
    pubint_error_format(&error, text, sizeof text);
    fail_msg("%s", text);
  }
  return policy;
}

pubint_engine *trial_engine(const pubint_policy *policy) {
  pubint_engine *engine;
  assert_int_equal(pubint_engine_new(&engine, policy, NULL), PUBINT_OK);
  return engine;
}

char *trial_json(const char *rule, const char *text, const char *more) {
  static const char FORMAT[] =
      "{\"id\":\"c-1\",\"tweet\":{\"text\":\"%s\"},\"account\":{\"username\":\"nora\",\"kind\":\"person\","
      "\"authentic\":true,\"verified\":true,\"verified_type\":\"legacy\",\"followers_count\":200000,"
      "\"office\":{\"status\":\"holder\",\"selection\":\"elected\",\"branch\":\"executive\"}},"
      "\"violations\":[{\"rule\":\"%s\"%s}],\"context\":{\"public_concern\":true,\"public_debate\":true,"
      "\"target\":{\"kind\":\"official\"},\"call_to_action\":0,\"rights_interference\":0,\"violence_link\":0,"
      "\"misleads_voters\":0,\"facilitates_transaction\":0,\"service_harm\":0,"
      "\"offline_harm\":{\"likelihood\":0,\"severity\":0}%s}}";
  const char *spans = strcmp(rule, "private_information") == 0 ? ",\"spans\":[{\"start\":0,\"end\":1}]" : "";
  if (more == NULL) more = "";
  size_t size = sizeof FORMAT + strlen(text) + strlen(rule) + strlen(spans) + strlen(more);
  char *json = malloc(size);
  assert_non_null(json);
  snprintf(json, size, FORMAT, text, rule, spans, more);
  return json;
}

pubint_case *trial_case(const char *rule, const char *text, const char *more) {
  char *json = trial_json(rule, text, more);
  pubint_case *input;
  pubint_error error = {0};
  if (pubint_case_parse(&input, json, strlen(json), &error) != PUBINT_OK) fail_msg("%s", error.message);
  free(json);
  return input;
}

pubint_case *trial_attacked_case(const char *text) {
  return trial_case("abuse_harassment", text, NULL);
}

static char *copy_of(const char *text) {
  size_t size = strlen(text) + 1;
  char *copy = malloc(size);
  assert_non_null(copy);
  return memcpy(copy, text, size);
}

char *trial_bytes(pubint_engine *engine, const pubint_case *input, const pubint_evaluation **out) {
  pubint_error error = {0};
  const pubint_evaluation *evaluation;
  pubint_status status = pubint_engine_evaluate(engine, input, &evaluation, &error);
  if (out != NULL) *out = evaluation;
  if (status == PUBINT_E_LIMIT) return copy_of("limit_time");
  if (status != PUBINT_OK) fail_msg("%s", error.message);
  const char *json = pubint_evaluation_json(evaluation, NULL);
  assert_non_null(json);
  return copy_of(json);
}

double trial_cpu_seconds(void) {
  struct timespec now;
  assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now), 0);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* xorshift64* */
uint32_t trial_roll(trial_dice *dice, uint32_t sides) {
  dice->state ^= dice->state >> 12;
  dice->state ^= dice->state << 25;
  dice->state ^= dice->state >> 27;
  return (uint32_t)(dice->state * UINT64_C(2685821657736338717) >> 32) % sides;
}

int trial_timed(void) {
  return getenv("PUBINT_TEST_UNTIMED") == NULL;
}
