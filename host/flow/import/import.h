/* History from Twitter: payloads of API v1.1 and v2, and side files of offices and violations, to cases.
 *
 * Every Tweet that comes in is imported or refused, with a reason; what is worth knowing about one that was
 * imported is noted. Cases are in the order of the payloads, and the same input gives the same bytes.
 */
#ifndef PI_IMPORT_H
#define PI_IMPORT_H

#include <pubint/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "import_report.h"
#include "slice.h"

typedef struct pi_import_options {
  const char *const *files; /* payloads; "-" is standard input */
  size_t files_count;
  const char *offices;    /* CSV; NULL: no office is known */
  const char *violations; /* CSV; NULL: no Tweet was assessed */
  const char
      *account;    /* whose the Tweets of an archive are: its account.js, or a user as JSON; NULL: not said */
  const char *out; /* NULL: standard output */
  bool force;      /* OUT may exist */
  void (*show)(pi_buffer *out, pi_slice line); /* for a terminal; NULL: byte for byte */
} pi_import_options;

/* Reads everything and writes the cases; what happened goes to `report`, which the caller has initialised.
 * Fails, with nothing or less than everything written, where a file cannot be read or written, or a side file
 * is not right. */
pubint_status pi_import_run(const pi_import_options *options, pi_import_report *report, pubint_error *error);

/* The same on one payload in memory, the cases as lines in `out`. The names stand in errors only; a side file
 * without text (ptr NULL) is none. */
typedef struct pi_import_texts {
  pi_slice payload;
  pi_slice offices;
  pi_slice violations;
} pi_import_texts;
pubint_status pi_import_texts_run(const pi_import_texts *texts, pi_buffer *out, pi_import_report *report,
                                  pubint_error *error);

#endif
