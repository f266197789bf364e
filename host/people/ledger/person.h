/* Who is who, as far as names tell: a capital letter or a sign that nobody sees makes nobody two people. */
#ifndef PI_PERSON_H
#define PI_PERSON_H

#include <stdbool.h>

#include "slice.h"

/* Whether both names are one person's: letters of ASCII alike in both cases, joiners (U+200C, U+200D) passed
 * over. */
bool pi_person_same(pi_slice a, pi_slice b);

/* The same in SQL: one text for all names of a person, to be compared COLLATE NOCASE. It stands in a released
 * schema, and is never edited. */
#define PI_PERSON_SQL(name) "replace(replace(" name ", char(8204), ''), char(8205), '')"

#endif
