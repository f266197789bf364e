/* Names of files, for Tab. */
#ifndef PI_REPL_COMPLETE_FILES_H
#define PI_REPL_COMPLETE_FILES_H

#include "repl_candidates.h"

/* Files and folders whose path begins with the word, in quotes where a line needs them. */
void pi_repl_complete_files(pi_repl_candidates *out);

/* Names of a policy's tests: NAME of tests/NAME_test.lua. */
void pi_repl_complete_files_tests(pi_repl_candidates *out, const char *policy);

#endif
