/* Files as a whole: all of one read, all of a text written, however many calls that takes. Reasons are
 * errno's numbers; file_error.h makes errors of them. */
#ifndef PI_FILE_H
#define PI_FILE_H

#include "buffer.h"
#include "errors.h"

/* How an error calls a file: "<stdin>" for "-". */
const char *pi_file_shown_name(const char *name);

/* Appends all that `fd` still gives. 0, or why not: EFBIG where that is more than `out` may hold, ENOMEM, or
 * what the system says. */
int pi_file_read_all(pi_buffer *out, int fd);

/* Writes all of the text. 0, or why not; *done, which may be NULL, is how many bytes were written. */
int pi_file_write_all(int fd, pi_slice text, size_t *done);

/* Closes `fd`. `reason` or, where that is 0, why it could not be closed: what was written may be lost then.
 */
int pi_file_close(int fd, int reason);

#endif
