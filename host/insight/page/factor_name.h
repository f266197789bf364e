/* A factor's name among those of all evaluations: its id, and what tells it from others of that id, where it
 * comes from and which side it is on. Under every rule it is the same factor.
 */
#ifndef PI_FACTOR_NAME_H
#define PI_FACTOR_NAME_H

#include "balance.h"
#include "rules.h"

enum { PI_FACTOR_NAME_BYTES = PI_ID_LENGTH_MAX + 3 };

/* Of a factor that was read back: its id is at most PI_ID_LENGTH_MAX long. */
pi_slice pi_factor_name(char out[PI_FACTOR_NAME_BYTES], const pi_factor *factor);

/* The three parts of a name, for a table: texts[0] lies in the name. */
void pi_factor_name_texts(pi_slice name, pi_slice texts[3]);

#endif
