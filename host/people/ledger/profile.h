/* What a case is compared by: the rules it breaks, what each put on the balance, its market and its target.
 *
 * A distance is exact, in millionths: the strengths of factors under rules that both break count by what they
 * differ, an absent factor being 0; a rule that one of them does not break, another kind of a rule, another
 * market and another kind of target count 1 each. Violations of one rule make one entry, each factor at its
 * greatest strength (A01).
 */
#ifndef PI_PROFILE_H
#define PI_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "balance.h"
#include "buffer.h"
#include "case.h"
#include "tree.h"

enum {
  PI_PROFILE_FACTORS_MAX = PI_VIOLATIONS_MAX * PI_FACTORS_MAX,
  PI_PROFILE_APART = 1000000, /* what a difference that is no strength counts */
  PI_DIFFERENCES_MAX = PI_PROFILE_FACTORS_MAX + 4 * PI_VIOLATIONS_MAX + 2,
};

typedef struct pi_profile_factor {
  pi_slice id;
  int32_t strength; /* millionths */
} pi_profile_factor;

/* Its kinds and factors are runs of the profile's, each sorted; a violation without a kind has the kind "".
 */
typedef struct pi_profile_rule {
  pi_slice id;
  uint32_t kinds, kinds_count;
  uint32_t factors, factors_count;
} pi_profile_rule;

/* Texts are borrowed from what it was made of. Rules are sorted by id. Unknown is "". */
typedef struct pi_profile {
  pi_slice market;
  pi_slice target;
  uint32_t rules_count;
  uint32_t kinds_count;
  uint32_t factors_count;
  pi_profile_rule rules[PI_VIOLATIONS_MAX];
  pi_slice kinds[PI_VIOLATIONS_MAX];
  pi_profile_factor factors[PI_PROFILE_FACTORS_MAX];
} pi_profile;

/* Of a case and its evaluation as JSON. False where nothing of it was weighed: its rules have no factors. */
bool pi_profile_make(pi_profile *out, const pi_case *input, const pi_tree *evaluation);

/* To bytes that are kept, and back; false where the bytes are none of ours. */
void pi_profile_write(pi_buffer *out, const pi_profile *profile);
bool pi_profile_read(pi_profile *out, pi_slice bytes);

const pi_profile_rule *pi_profile_rule_find(const pi_profile *profile, pi_slice id);

typedef enum pi_difference_kind {
  PI_DIFFERS_RULE,   /* `rule` is broken by one of them: here or there is 1 */
  PI_DIFFERS_KIND,   /* of a rule that both break */
  PI_DIFFERS_MARKET, /* here_word and there_word */
  PI_DIFFERS_TARGET, /* the same */
  PI_DIFFERS_FACTOR, /* `factor` of `rule`: here and there in millionths */
} pi_difference_kind;

typedef struct pi_difference {
  pi_difference_kind kind;
  pi_slice rule;
  pi_slice factor;
  pi_slice here_word, there_word;
  int32_t here, there;
} pi_difference;

typedef struct pi_differences {
  size_t count;
  pi_difference items[PI_DIFFERENCES_MAX];
} pi_differences;

/* The distance. `differences`, which may be NULL, gets each that counts. */
int64_t pi_profile_compare(const pi_profile *here, const pi_profile *there, pi_differences *differences);

#endif
