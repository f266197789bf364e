/* A locale to translate: a copy of the English one, and what a locale still lacks. */
#ifndef PI_TRANSLATION_H
#define PI_TRANSLATION_H

#include <pubint/error.h>

#include "buffer.h"
#include "policy.h"

/* Writes locales/LANG.json into the folder of `policy`: each name of en.json with its English text, to be
 * translated. `out` gets the file's path. E4003 where `language` is none, E2001 where the policy has no
 * en.json, and nothing is written over (E4008). */
pubint_status pi_translation_write(const pubint_policy *policy, const char *language, pi_buffer *out,
                                   pubint_error *error);

/* The locale of that language; NULL: the policy has none. */
const pi_policy_data *pi_translation_find(const pubint_policy *policy, pi_slice language);

/* Calls `lacks` for each name of en.json that `locale` has not (`missing`), or has with the English text. A
 * text without a letter may be the same in every language, and is not told. */
void pi_translation_compare(const pubint_policy *policy, const pi_policy_data *locale,
                            void (*lacks)(void *context, pi_slice name, bool missing), void *context);

#endif
