/* Small policies for tests, written into a temporary folder that is removed with them. */
#ifndef PI_POLICY_MAKER_H
#define PI_POLICY_MAKER_H

#include <stddef.h>

typedef struct policy_maker {
  char folder[512]; /* "" before the beginning and after the end */
} policy_maker;

/* Makes the folder (below TMPDIR, else below the current one) with a policy.json that is right: "made",
 * version "1". Fails the test when that cannot be done, as all of these do. */
void policy_maker_begin(policy_maker *self);

/* Removes the folder and all that was written there; legal when nothing was begun. */
void policy_maker_end(policy_maker *self);

/* Writes a file of the policy ("rules/violence.lua"), making its folder. */
void policy_maker_bytes(const policy_maker *self, const char *path, const char *bytes, size_t length);
void policy_maker_text(const policy_maker *self, const char *path, const char *text);

/* Deletes one file. */
void policy_maker_delete(const policy_maker *self, const char *path);

/* A script whose `weigh` has that body, which begins on line 2. `bar` is a Lua expression. */
void policy_maker_rule(const policy_maker *self, const char *rule, const char *bar, const char *body);
void policy_maker_market(const policy_maker *self, const char *market, const char *body);

#endif
