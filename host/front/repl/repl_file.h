/* A file of cases, one a line, that may be far larger than memory: lines by number, or the next one with a
 * property.
 *
 * Where lines begin is learnt as far as somebody has gone, and noted for every so-manieth line; when the
 * notes are full every second is dropped. So memory has a bound, and going back or on costs one short read.
 */
#ifndef PI_REPL_FILE_H
#define PI_REPL_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/error.h>

#include "slice.h"
#include "stop.h"

typedef struct pi_repl_file pi_repl_file;

/* Opens a regular file. `stop` is asked now and then while lines are gone through. On failure *out is NULL.
 */
pubint_status pi_repl_file_open(pi_repl_file **out, const char *name, const pi_stop *stop,
                                pubint_error *error);
void pi_repl_file_close(pi_repl_file *file);

const char *pi_repl_file_name(const pi_repl_file *file);

/* Whether the whole file is one case over several lines; it is line 1 then. */
bool pi_repl_file_single(const pi_repl_file *file);

/* The text of line `number` (from 1), without its newline, cut where it is too long for a case; it holds
 * until the next call. *found is false where the file ends before, pi_repl_file_lines tells how many it has
 * then, and where it was stopped. */
pubint_status pi_repl_file_line(pi_repl_file *file, uint64_t number, pi_slice *out, bool *found,
                                pubint_error *error);

/* Lines seen so far; all of them once *complete. */
uint64_t pi_repl_file_lines(const pi_repl_file *file, bool *complete);

/* The first line with a case of that id, from 1 on; 0 where there is none, or it was stopped. */
pubint_status pi_repl_file_find_id(pi_repl_file *file, pi_slice id, uint64_t *out, pubint_error *error);

#endif
