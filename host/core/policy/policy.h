/* A policy in memory: its scripts' sources and declarations, its data and its locales.
 *
 * Loaded once, checked as a whole, immutable afterwards and shared by every thread's sandbox.
 */
#ifndef PI_POLICY_H
#define PI_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/policy.h>

#include "arena.h"
#include "facts.h"
#include "policy_source.h"
#include "quoted_limits.h"
#include "slice.h"
#include "tree.h"

enum { PI_POLICY_SOURCE_BYTES_MAX = PI_SCRIPT_SOURCE_KIB * 1024 }; /* of a script */

typedef enum pi_script_kind { PI_SCRIPT_RULE, PI_SCRIPT_MARKET, PI_SCRIPT_LIB } pi_script_kind;

typedef struct pi_waiver {
  pi_fact fact;
  pi_slice reason;
} pi_waiver;

/* One script. Texts lie in the policy's arena and end in NUL. */
typedef struct pi_script {
  pi_script_kind kind;
  uint32_t index; /* its place in pubint_policy.scripts */
  pi_slice name;  /* "violence", "NL", "common" */
  pi_slice file;  /* "rules/violence.lua", as errors name it */
  pi_slice source;
  pi_slice class_name;   /* rules: very_unlikely, unlikely, rare, possible */
  int32_t bar;           /* rules: thousandths, 0..100000 */
  pi_slice language;     /* markets: of the notices there, as its file in locales/; .ptr NULL: none given */
  const pi_slice *teams; /* markets: the people who speak for it in the human process */
  uint32_t teams_count;
  pi_fact_set reads; /* declared: facts about who someone is, or the wording */
  const pi_waiver *waives;
  uint32_t waives_count;
} pi_script;

/* A file of data/ or locales/, as a tree. */
typedef struct pi_policy_data {
  pi_slice name; /* "lexicon", "nl" */
  pi_tree tree;
} pi_policy_data;

struct pubint_policy {
  pi_arena arena;
  pi_slice name, version, description, learn_more; /* of policy.json */
  pi_slice id;                                     /* "name@version+sha256:…" */
  pi_slice sums;      /* what sha256sum prints for the files that the id is made of */
  pi_slice directory; /* as given to load: what the source is called */
  pi_policy_source source;
  pi_script *scripts; /* rules, then markets, then lib, each in bytewise order of names */
  uint32_t scripts_count;
  pi_policy_data *data;
  uint32_t data_count;
  pi_policy_data *locales;
  uint32_t locales_count;
};

/* One file of a policy with another text than in its folder, for experiments: "rules/violence.lua". */
typedef struct pi_policy_change {
  pi_slice file;
  pi_slice content;
} pi_policy_change;

/* Reads the policy as it would be with that one script changed (`change` NULL: as it is), checks its names
 * and files, and takes its scripts' texts; what they declare is not read yet (script/policy_load.h does).
 * E2001 where it has no such script. The source becomes the policy's, and is closed with it or, where this
 * fails, by this. */
pubint_status pi_policy_read(pubint_policy **out, pi_policy_source source, const pi_policy_change *change,
                             pubint_error *error);

/* The script of that kind and name; NULL where the policy has none. */
const pi_script *pi_policy_script(const pubint_policy *policy, pi_script_kind kind, pi_slice name);

/* The first script of that kind, or the next behind `after`; NULL where there is none. */
const pi_script *pi_policy_next(const pubint_policy *policy, pi_script_kind kind, const pi_script *after);

/* What a policy makes of a rule's id. Any id may be a rule's (A14), so that a misspelt one is no error. */
typedef struct pi_rule_name {
  bool known;       /* it has a row, or the policy a script for it */
  pi_slice nearest; /* of an unknown one the known id that it nearly names; .ptr NULL: none */
  bool never;       /* that is within PI_RULE_SLIP of one that is never excepted, so it was probably meant */
} pi_rule_name;
enum { PI_RULE_SLIP = 2 };
_Static_assert(PI_RULE_SLIP == 2, "what E4094 says");

/* `policy` may be NULL: none but the rules with a row are known then. */
pi_rule_name pi_policy_rule_name(const pubint_policy *policy, pi_slice id);

/* The text of `key` in locales/LANG.json; .ptr NULL where there is none. Falling back is the caller's. */
pi_slice pi_policy_phrase(const pubint_policy *policy, pi_slice language, pi_slice key);

#endif
