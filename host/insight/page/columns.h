/* How wide text is on a terminal, by the tables of Unicode that utf8proc has. */
#ifndef PI_COLUMNS_H
#define PI_COLUMNS_H

#include "utf8.h"

/* Columns of well-formed text: what combines and what has no width 0, wide 2. Of emoji joined to one picture
 * each counts, as most terminals have it. A pi_utf8_measure. */
size_t pi_columns(pi_slice text);

#endif
