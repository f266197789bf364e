/* Errors of files: the system's reason and the file's name. */
#ifndef PI_FILE_ERROR_H
#define PI_FILE_ERROR_H

#include "errors.h"

/* Fills the error with the code's row, "MESSAGE: REASON" and the file; returns the row's status. */
pubint_status pi_file_error(pubint_error *error, pi_code code, const char *file, int reason);

#endif
