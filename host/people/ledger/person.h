/* Who is who, as far as names tell: another spelling of a name makes nobody two people.
 *
 * Names are compared by their key, Unicode's NFKC_Casefold: composed and decomposed letters, wide and narrow
 * ones, ligatures and the letters that they join, both cases of every script (ß and SS too) and signs that
 * nobody sees are alike. NFKC rather than NFC, as it is two people taken for one who are told so, and can
 * sign otherwise; one person taken for two would sit on two chairs unseen. The folding is no language's own,
 * so that a key is the same everywhere. Letters of two scripts that only look alike stay two.
 */
#ifndef PI_PERSON_H
#define PI_PERSON_H

#include <stdbool.h>

#include "arena.h"
#include "slice.h"

struct sqlite3;

/* The key of a name, in the arena; .ptr NULL where memory runs out. Bytes that are no UTF-8, as other clients
 * of the file may write, are a key as they are. */
pi_slice pi_person_key(pi_slice name, pi_arena *arena);

/* Whether it has only characters that Unicode has assigned as far as this program knows: those it folds in
 * the same way for ever, so that the audit finds the key that was written. */
bool pi_person_lasts(pi_slice name);

/* Makes the key known in SQL as person_key(NAME); false where memory runs out. */
bool pi_person_register(struct sqlite3 *db);

#endif
