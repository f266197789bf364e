/* Where a policy's scripts name what they put on the balance: the places that findings point at. */
#ifndef PI_PLACES_H
#define PI_PLACES_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/error.h>

#include "arena.h"
#include "errors.h"
#include "evaluation.h"
#include "policy.h"
#include "tokens.h"

typedef enum pi_place_kind { PI_PLACE_INTEREST, PI_PLACE_HARM, PI_PLACE_CONDITION } pi_place_kind;

/* balance:harm("id", …), where the id is written out. */
typedef struct pi_place_row {
  pi_place_kind kind;
  const pi_script *script;
  pi_slice id;
  uint32_t line;
} pi_place_row;

typedef struct pi_places {
  const pubint_policy *policy;
  const pi_tokens *tokens; /* by script, comments left out */
  pi_place_row *rows;      /* in the order of scripts and lines */
  uint32_t count;
} pi_places;

/* Reads all scripts of `policy`, which is borrowed as the arena is. */
pubint_status pi_places_find(pi_places *out, const pubint_policy *policy, pi_arena *arena,
                             pubint_error *error);

/* Where `script` puts that factor or condition: in its own text, else in lib/; NULL where no place writes
 * the id out. Interest and harm are told apart only when both are there. */
const pi_place_row *pi_places_of(const pi_places *places, const pi_script *script, bool condition,
                                 pi_slice id);

/* Where a script writes that id out in any other way: in its own text, else NULL. */
const pi_token *pi_places_mention(const pi_places *places, const pi_script *script, pi_slice id);

/* The line where a script first leaves a note; 0 where it leaves none. */
uint32_t pi_places_note(const pi_places *places, const pi_script *script);

/* The line where a script says `key = …`, of its table or of one that it passes on; 1 where it does not. */
uint32_t pi_places_key(const pi_places *places, const pi_script *script, const char *key);

/* Fills the error's place with a script's line, and the column of `token` in it. */
void pi_place_fill(pubint_error *error, const pi_script *script, uint32_t line, pi_slice token);

#endif
