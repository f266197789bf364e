/* Names of files in commands that people are given to copy. */
#ifndef PI_SHELL_WORD_H
#define PI_SHELL_WORD_H

#include "buffer.h"

/* Appends a file's name as one word of a shell's command: as it is, or between quotes; what begins like an
 * option has ./ before it. */
void pi_shell_word_add(pi_buffer *out, const char *name);

#endif
