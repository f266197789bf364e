/* Finds the place in a script's text that an error is about. */
#ifndef PI_POLICY_PLACE_H
#define PI_POLICY_PLACE_H

#include "errors.h"
#include "policy.h"

/* Puts script, line and that line's text into the error; the column of `token` where it stands exactly
 * once in the line (`token` may be empty). Line 0 gives the script alone. */
void pi_policy_place_set(pubint_error *error, const pi_script *script, uint32_t line, pi_slice token);

/* The same for the line where `key` is first assigned ("key ="), or, where it is
 * not, for the `return` of the script's table. */
void pi_policy_place_set_key(pubint_error *error, const pi_script *script, pi_slice key);

/* What a message of Lua (or of its parser) puts in single quotes as the thing that is wrong; empty where it
 * names none. */
pi_slice pi_policy_place_quoted(pi_slice message, bool of_parser);

/* Where the parser stopped at a byte beyond ASCII: writes to out[size] what character it is, and returns the
 * character in the line; empty, and nothing written, where it did not. */
pi_slice pi_policy_place_sign(const pi_script *script, uint32_t line, pi_slice message, char *out,
                              size_t size);

#endif
