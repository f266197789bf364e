/* Files that are packed otherwise than as text, told by their first bytes. */
#ifndef PI_PACKING_H
#define PI_PACKING_H

#include <pubint/error.h>

#include "slice.h"

typedef struct pi_packing {
  const char *name;
  const char *unpack; /* the command that writes the text to its standard output */
  pi_slice mark;      /* what such a file begins with */
} pi_packing;

/* What `begin`, a file's first bytes, says; NULL: nothing, or that it is text. */
const pi_packing *pi_packing_of(pi_slice begin);

/* E1016: `file` is packed so. */
pubint_status pi_packing_refuse(const pi_packing *packing, const char *file, pubint_error *error);

#endif
