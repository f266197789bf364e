#include "file_error.h"

#include <stdio.h>
#include <string.h>

pubint_status pi_file_error(pubint_error *error, pi_code code, const char *file, int reason) {
  char text[96];
  if (strerror_r(reason, text, sizeof text) != 0) snprintf(text, sizeof text, "error %d", reason);
  pubint_status status = pi_error_setf(error, code, "%s: %s", pi_error_find(code)->message, text);
  if (error != NULL && file[0] == '\0') file = "\"\""; /* so that a name that is empty is seen */
  if (error != NULL) pi_error_field(error->file, sizeof error->file, file, strlen(file));
  return status;
}
