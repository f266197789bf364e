/* Where local law keeps a Tweet, or all of an account, from view: as API v1.1 and v2 say it (R066, R069). */
#ifndef PI_IMPORT_WITHHELD_H
#define PI_IMPORT_WITHHELD_H

#include "import_read.h"

enum { PI_IMPORT_COUNTRIES_MAX = 26 * 26 };

typedef struct pi_import_withheld {
  bool everywhere; /* in every country (XX) */
  bool copyright;  /* for copyright (XY, or so marked) */
  size_t count;
  pi_slice codes[PI_IMPORT_COUNTRIES_MAX]; /* sorted, each once; without XX and XY; in the payload */
} pi_import_withheld;

/* Adds what the object says, a Tweet or a user. */
void pi_import_withheld_read(pi_import_withheld *out, pi_import_reader *self, uint32_t object);

/* Adds what `other` says. */
void pi_import_withheld_join(pi_import_withheld *out, pi_import_reader *self,
                             const pi_import_withheld *other);

#endif
