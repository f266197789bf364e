/* The fields that `pubint batch --fields` names, checked against the schemas. */
#ifndef PI_BATCH_FIELDS_H
#define PI_BATCH_FIELDS_H

#include "command.h"
#include "rows.h"

/* Reads the list, whose text must outlive the rows; blanks around a name are none of it. PI_EXIT_DONE, or
 * refused with the nearest name. */
pi_exit pi_batch_fields_read(pi_rows *rows, const char *list);

/* How rows are written to the output `out` (NULL: standard output) where no --format says it: as its name
 * ends. */
pi_rows_format pi_batch_fields_format(const char *out);

#endif
