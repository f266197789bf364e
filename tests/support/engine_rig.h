/* A policy of a test's own, an engine on it and the last evaluation, put together and taken apart.
 *
 * In the texts of cases and expectations ' stands for ". Every function fails the test when it cannot do
 * what it says.
 */
#ifndef PI_ENGINE_RIG_H
#define PI_ENGINE_RIG_H

#include <pubint.h>

#include "policy_maker.h"
#include "test.h"

typedef struct engine_rig {
  policy_maker maker;
  pubint_policy *policy;
  pubint_engine *engine;
  pubint_case *input;
  const pubint_evaluation *evaluation;
  const char *json; /* the evaluation's line; owned by the engine */
} engine_rig;

/* Setup and teardown of a test: an empty policy folder, nothing loaded. */
int engine_rig_set_up(void **state);
int engine_rig_tear_down(void **state);
#define RIG_TEST(test) cmocka_unit_test_setup_teardown(test, engine_rig_set_up, engine_rig_tear_down)

/* Loads the folder as it stands, instead of what was loaded before. */
void engine_rig_load(engine_rig *self);

/* The same for another folder. */
void engine_rig_load_folder(engine_rig *self, const char *folder);

/* Parses and evaluates a case; returns its line, which holds until the next call. */
const char *engine_rig_evaluate(engine_rig *self, const char *text);

/* Evaluates an eligible case: a candidate, verified, with 200,000 followers. `violations` is what stands
 * within [], `context` within {}; ASSESSED are the facts that every notice needs, all in its favour. */
const char *engine_rig_weigh(engine_rig *self, const char *violations, const char *context);
#define ASSESSED "'public_concern':1," HARM_ASSESSED
#define HARM_ASSESSED                                                                                        \
  "'call_to_action':0,'rights_interference':0,'offline_harm':{'likelihood':0,'severity':0}"

/* The condition that stands first on every entry whose rule has a script (R003). */
#define CONCERN "{'id':'public_concern','from':'host','met':true}"

/* Outcome and basis, in the line and by the functions alike. */
void engine_rig_expect(const engine_rig *self, const char *outcome, const char *basis);

/* The line holds the text; the line does not. */
void engine_rig_has(const engine_rig *self, const char *text);
void engine_rig_lacks(const engine_rig *self, const char *text);

/* `text` with " for ', owned by the caller. */
char *engine_rig_quoted(const char *text);

#endif
