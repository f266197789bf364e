/* An attack as a file: a script, what it tries, and the outcomes that are allowed.
 *
 * The first lines say so: `-- attack:`, `-- at: load|weigh`, `-- expect:` outcomes joined by `|`, and
 * `-- result:` what a run that comes to its end puts on the balance. Attacks of this folder may also have
 *   -- line: N        the line that the error must name
 *   -- template: yes  «0D 0A» are those bytes, «3*text» is text three times, @ in it the number of the time
 *                     and @+ the number after it, @- the one before
 *   --== lib/x.lua    (anywhere) begins another file of the policy
 *   --== text         (last) begins the Tweet's text, as JSON has it
 */
#ifndef PI_ATTACK_H
#define PI_ATTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trial.h"

typedef enum attack_outcome {
  ATTACK_REFUSED = 1,      /* the policy does not load */
  ATTACK_ERROR = 2,        /* kind script */
  ATTACK_INSTRUCTIONS = 4, /* kind limit_instructions, or the policy does not load for it */
  ATTACK_MEMORY = 8,       /* the same for limit_memory */
  ATTACK_TIME = 16,        /* no evaluation */
  ATTACK_RAN = 32,         /* the script came to its end */
} attack_outcome;

enum { ATTACK_FILES_MAX = 40, ATTACK_RESULT_MAX = 512 };

typedef struct attack_part {
  char file[64];
  const char *bytes;
  size_t length;
} attack_part;

typedef struct attack {
  char name[64];
  bool own; /* of this folder, not a shared one */
  bool at_load;
  bool deterministic;
  unsigned expected; /* set of attack_outcome */
  bool has_result;
  char result[ATTACK_RESULT_MAX]; /* "H:…;I:…;R:…" */
  uint32_t line;
  char *text; /* owned */
  char *all;  /* owned; what the parts lie in */
  attack_part parts[ATTACK_FILES_MAX];
  size_t parts_count;
} attack;

typedef struct attack_list {
  attack *attacks;
  size_t count;
} attack_list;

/* Reads every .lua file of a folder, in the order of their names; an absent folder has none. */
void attack_list_read(attack_list *list, const char *folder, bool own);
void attack_list_free(attack_list *list);

/* Puts the attack's files into the policy, and takes them out again. */
void attack_put(const attack *self, const trial *policy);
void attack_take_out(const attack *self, const trial *policy);

/* "error", "limit_time": for messages. */
const char *attack_outcome_name(unsigned outcome);

#endif
