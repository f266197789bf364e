/* A policy folder of one test's own: the shipped policy with files replaced, in a temporary folder, and the
 * cases it is tried on. Whatever fails here fails the test. */
#ifndef PI_TRIAL_POLICY_H
#define PI_TRIAL_POLICY_H

#include <pubint.h>

#include "test.h"

typedef struct trial {
  char directory[128];
} trial;

/* Copies the shipped policy into a new temporary folder. */
void trial_make(trial *self);

/* Writes a file of the policy, "rules/violence.lua"; folders on the way are made. */
void trial_put(const trial *self, const char *file, const char *bytes, size_t length);

/* Deletes a file of the policy; one that is not there is fine. */
void trial_drop(const trial *self, const char *file);

/* Puts the shipped file back, or deletes it where the shipped policy has none. */
void trial_restore(const trial *self, const char *file);

/* Writes rules/abuse_harassment.lua with `body` as its weigh: the body's first line is line 4 of the file. */
enum { TRIAL_BODY_LINE = 4 };
void trial_put_weigh(const trial *self, const char *body);

/* Removes the folder with all it holds. */
void trial_remove(trial *self);

/* The folder of a program that needs no second one, made and removed by its group's setup and teardown. */
extern trial trial_folder;
int trial_set_up(void **state);
int trial_tear_down(void **state);

/* The policy of the folder; it must load. The caller frees it. */
pubint_policy *trial_load(const trial *self);

/* An engine on it; the caller frees it. */
pubint_engine *trial_engine(const pubint_policy *policy);

/* A case that passes all gates with every harm assessed as 0 and violates `rule`. `text` stands within JSON
 * quotes; `more`, which may be NULL, is JSON that goes into context: ",\"market\":\"NL\"". */
pubint_case *trial_case(const char *rule, const char *text, const char *more);

/* The same as JSON; the caller frees it. */
char *trial_json(const char *rule, const char *text, const char *more);

/* The case of the attacks: abuse_harassment, with a text. */
pubint_case *trial_attacked_case(const char *text);

/* A copy of the evaluation's bytes, or of "limit_time" where the watchdog ended it. The caller frees it. */
char *trial_bytes(pubint_engine *engine, const pubint_case *input, const pubint_evaluation **out);

/* Processor time of this thread in seconds. */
double trial_cpu_seconds(void);

/* Numbers that look random and are the same in every run. */
typedef struct trial_dice {
  uint64_t state;
} trial_dice;
uint32_t trial_roll(trial_dice *dice, uint32_t sides);

/* Whether processor time means something here: not under valgrind, as CMakeLists.txt says. */
int trial_timed(void);

#endif
