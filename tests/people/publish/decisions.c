/* ledger_decisions POLICY LEDGER COUNT SEED [leaky]: fills a ledger with generated cases that went through
 * all four steps, some of them twice. The same arguments make the same records.
 *
 * With `leaky` everything that comes with a case or is typed by people says "leak", so that a test sees where
 * it ends up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pubint.h>

#include "decode.h"
#include "draw.h"
#include "evaluate.h"
#include "process.h"
#include "record.h"
#include "sample.h"
#include "times.h"

enum { DAY = 86400, BATCH = 1000, YEARS_DAYS = 1600 };

typedef struct filler {
  pubint_policy *policy;
  pubint_engine *engine;
  pi_ledger *ledger;
  pi_arena arena;   /* of one case */
  pi_arena records; /* of one record */
  uint64_t seed;
  uint64_t count;
  bool leaky;
} filler;

static void fail(const char *what, const pubint_error *error) {
  char text[2048] = "";
  if (error != NULL) pubint_error_format(error, text, sizeof text);
  fprintf(stderr, "ledger_decisions: %s\n%s", what, text);
  exit(1);
}

/* 0..below-1, from the seed, the case and what it is for. */
static uint32_t draw(const filler *self, uint64_t number, uint64_t purpose, uint32_t below) {
  pi_draw source = pi_draw_begin(self->seed * 1000003 + purpose, number);
  return pi_draw_below(&source, below);
}

static void set(filler *self, pi_case *input, pi_fact fact, const char *json) {
  pubint_error error;
  pi_slice text = pi_arena_copy(&self->arena, pi_slice_of(json));
  if (text.ptr == NULL || pi_decode_set(input, fact, text, &self->arena, &error) != PUBINT_OK) {
    fail("a fact cannot be set", &error);
  }
}

static int64_t opened_at(const filler *self, uint64_t number) {
  int64_t first;
  pi_time_read(PI_SLICE("2020-01-01T00:00:00Z"), &first);
  return first + (int64_t)(number * YEARS_DAYS / self->count) * DAY;
}

/* Ids of their own for all; in a leaky ledger every text says so too. */
static void dress(filler *self, pi_case *input, uint64_t number) {
  static const pi_fact TEXTS[] = {PI_FACT_TWEET_ID, PI_FACT_ACCOUNT_ID, PI_FACT_ACCOUNT_USERNAME,
                                  PI_FACT_OFFICE_TITLE};
  static const char *const COUNTRIES[] = {"[\"DE\",\"US\"]", "[\"TR\"]", "[\"FR\",\"NO\",\"IN\"]", "[]"};
  char json[128];
  snprintf(json, sizeof json, self->leaky ? "\"leak-%llu\"" : "\"case-%llu\"", (unsigned long long)number);
  set(self, input, PI_FACT_ID, json);
  char created_at[PI_TIME_BYTES];
  pi_time_write(opened_at(self, number) - DAY, created_at);
  snprintf(json, sizeof json, "\"%s\"", created_at);
  set(self, input, PI_FACT_TWEET_CREATED_AT, json);
  set(self, input, PI_FACT_WITHHELD_IN, COUNTRIES[draw(self, number, 1, 8) % 4]);
  if (!self->leaky) return;
  for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
    snprintf(json, sizeof json, "\"leak%zu-%llu\"", i, (unsigned long long)number);
    set(self, input, TEXTS[i], json);
  }
  if (number % 3 == 0) set(self, input, PI_FACT_TWEET_LANG, "\"leak\"");
  if (!input->has_spans) set(self, input, PI_FACT_TWEET_TEXT, "\"leak leak leak\"");
}

static const pubint_evaluation *evaluate(filler *self, const pi_case *input) {
  const pubint_evaluation *evaluation;
  pubint_error error;
  if (pi_engine_evaluate(self->engine, input, &evaluation, &error) != PUBINT_OK)
    fail("no evaluation", &error);
  return evaluation;
}

static void read(filler *self, pi_record *record, pi_slice id) {
  pubint_error error;
  pi_arena_reset(&self->records);
  if (pi_record_read(record, self->ledger, id, PI_RECORD_WHOLE, &self->records, &error) != PUBINT_OK)
    fail("no record", &error);
}

/* The first of the market's teams, else one of the house. */
static pi_slice team_of(const filler *self, const pi_round *round) {
  if (round->teams_count > 0) return round->teams[0];
  return self->leaky ? PI_SLICE("leak team") : PI_SLICE("a team");
}

static pi_position other(pi_position position) {
  return position == PI_POSITION_NOTICE ? PI_POSITION_REMOVE : PI_POSITION_NOTICE;
}

/* One round from its recommendation to its decision. */
static void walk(filler *self, pi_slice id, uint64_t number, int round_number, int64_t at) {
  static const pi_background BACKGROUNDS[] = {PI_BACKGROUND_LAW, PI_BACKGROUND_JOURNALISM,
                                              PI_BACKGROUND_HUMAN_RIGHTS, PI_BACKGROUND_MARKET};
  pi_record record;
  pi_done done;
  pubint_error error;
  read(self, &record, id);
  const pi_round *round = pi_record_last(&record);
  bool barred = round->barred.ptr != NULL;
  uint64_t purpose = 100 * (uint64_t)round_number;
  pi_position evaluated =
      pi_slice_equal(round->outcome, PI_SLICE("notice")) ? PI_POSITION_NOTICE : PI_POSITION_REMOVE;
  pi_position recommended = draw(self, number, purpose, 8) == 0 && !barred ? other(evaluated) : evaluated;
  pi_position decided = draw(self, number, purpose + 1, 9) == 0 && !barred ? other(recommended) : recommended;
  pi_slice why = self->leaky ? PI_SLICE("leak: what @leak wrote in leak") : PI_SLICE("as weighed");
  pi_act act = {.id = id,
                .who = self->leaky ? PI_SLICE("leak recommender") : PI_SLICE("recommender"),
                .at = at + 3600,
                .position = recommended,
                .reason = why,
                .background = PI_BACKGROUND_NONE};
  if (recommended == PI_POSITION_NOTICE) act.finding = why;
  if (pi_process_step(self->ledger, PI_ACTION_RECOMMEND, &act, &done, &error) != PUBINT_OK)
    fail("recommend", &error);
  for (uint32_t i = 0; i < sizeof BACKGROUNDS / sizeof BACKGROUNDS[0]; i++) {
    char who[64];
    snprintf(who, sizeof who, "%sadviser %u", self->leaky ? "leak " : "", i);
    pi_position position = draw(self, number, purpose + 10 + i, 4) == 0 ? other(recommended) : recommended;
    act = (pi_act){.id = id,
                   .who = pi_slice_of(who),
                   .at = at + 7200,
                   .position = position,
                   .reason = why,
                   .background = BACKGROUNDS[i],
                   .team = team_of(self, round)};
    if (pi_process_step(self->ledger, PI_ACTION_ADVISE, &act, &done, &error) != PUBINT_OK)
      fail("advise", &error);
  }
  act = (pi_act){
      .id = id, .who = self->leaky ? PI_SLICE("leak secretary") : PI_SLICE("secretary"), .at = at + 7200};
  if (pi_process_step(self->ledger, PI_ACTION_INFORM, &act, &done, &error) != PUBINT_OK)
    fail("inform", &error);
  act = (pi_act){.id = id,
                 .who = self->leaky ? PI_SLICE("leak senior") : PI_SLICE("senior"),
                 .at = at + 7200 + draw(self, number, purpose + 2, 9 * DAY),
                 .position = decided,
                 .reason = why,
                 .background = PI_BACKGROUND_NONE};
  if (decided == PI_POSITION_NOTICE && recommended == PI_POSITION_REMOVE) act.finding = why;
  if (pi_process_step(self->ledger, PI_ACTION_DECIDE, &act, &done, &error) != PUBINT_OK)
    fail("decide", &error);
}

static void fill_one(filler *self, const pi_sample_plan *plan, uint64_t number) {
  pi_arena_reset(&self->arena);
  pi_case input;
  pi_done done;
  pubint_error error;
  if (!pi_sample_case(plan, number, &input, &self->arena)) fail("no case", NULL);
  dress(self, &input, number);
  pi_slice id = input.facts[PI_FACT_ID].string;
  int64_t at = opened_at(self, number);
  pi_act act = {.who = PI_SLICE("enforcement"),
                .at = at,
                .background = PI_BACKGROUND_NONE,
                .position = PI_POSITION_NONE};
  if (pi_process_open(self->ledger, evaluate(self, &input), &act, &done, &error) != PUBINT_OK) {
    fail("open", &error);
  }
  walk(self, id, number, 1, at);
  if (draw(self, number, 3, 12) != 0) return;
  act = (pi_act){.id = id,
                 .who = PI_SLICE("senior"),
                 .at = at + 20 * DAY,
                 .background = PI_BACKGROUND_NONE,
                 .reason = self->leaky ? PI_SLICE("leak again") : PI_SLICE("new facts"),
                 .position = PI_POSITION_NONE};
  if (pi_process_reopen(self->ledger, evaluate(self, &input), &act, &done, &error) != PUBINT_OK) {
    fail("reopen", &error);
  }
  walk(self, id, number, 2, at + 20 * DAY);
}

static void fill(filler *self) {
  static const pi_slice LEAKY_RULES[] = {PI_SLICE_INIT("violence"),
                                         PI_SLICE_INIT("regulated_goods"),
                                         PI_SLICE_INIT("suicide_self_harm"),
                                         PI_SLICE_INIT("election_integrity"),
                                         PI_SLICE_INIT("private_information"),
                                         PI_SLICE_INIT("hateful_conduct"),
                                         PI_SLICE_INIT("abuse_harassment"),
                                         PI_SLICE_INIT("sensitive_media"),
                                         PI_SLICE_INIT("leak_rule")};
  pi_sample_plan plan = {.seed = self->seed, .eligible = true};
  if (self->leaky) {
    plan.rules = LEAKY_RULES;
    plan.rules_count = sizeof LEAKY_RULES / sizeof LEAKY_RULES[0];
  }
  pubint_error error;
  for (uint64_t i = 0; i < self->count; i++) {
    if (i % BATCH == 0 && pi_ledger_begin(self->ledger, true, &error) != PUBINT_OK) fail("begin", &error);
    fill_one(self, &plan, i);
    bool last = i % BATCH == BATCH - 1 || i + 1 == self->count;
    if (last && pi_ledger_commit(self->ledger, &error) != PUBINT_OK) fail("commit", &error);
  }
}

int main(int argc, char **argv) {
  if (argc < 5) {
    fprintf(stderr, "usage: ledger_decisions POLICY LEDGER COUNT SEED [leaky]\n");
    return 2;
  }
  pubint_error error;
  filler self = {
      .count = strtoull(argv[3], NULL, 10), .seed = strtoull(argv[4], NULL, 10), .leaky = argc > 5};
  pi_arena_init(&self.arena, 1 << 20, 1 << 26);
  pi_arena_init(&self.records, 1 << 20, 1 << 28);
  if (pubint_policy_load(&self.policy, argv[1], &error) != PUBINT_OK) fail("policy", &error);
  if (pubint_engine_new(&self.engine, self.policy, &error) != PUBINT_OK) fail("engine", &error);
  if (pi_ledger_open(&self.ledger, argv[2], PI_LEDGER_CREATE, &error) != PUBINT_OK) fail("ledger", &error);
  fill(&self);
  pi_ledger_close(self.ledger);
  pubint_engine_free(self.engine);
  pubint_policy_free(self.policy);
  pi_arena_dispose(&self.arena);
  pi_arena_dispose(&self.records);
  return 0;
}
