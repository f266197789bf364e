/* Why a case can never stand behind a notice, whoever decides: told by its facts alone, so that it holds
 * under any policy and of rounds that were opened under earlier rules. */
#ifndef PI_BAR_H
#define PI_BAR_H

#include "case.h"

/* The word of the first that holds, NULL where a notice is possible:
 *
 *   never_excepted     a rule of it is (R072, R112)
 *   private_data       it would be published: a violation of private_information whose data is not marked.
 *                      What was posted needs one span at least; who threatens or incites may have put data in
 *                      the text as well, so spans are given there too, [] where it holds none (R095)
 *   no_public_concern  it contributes to no matter of public concern, as somebody assessed; what nobody
 *                      assessed bars nothing, for people find it or not (R003) */
const char *pi_bar_of_facts(const pi_case *input);

/* Whether it may hold private data that nobody marked: what bars it as private_data, whatever else does. */
bool pi_bar_unmarked(const pi_case *input);

#endif
