/* Files that are packed otherwise than as text, told by their first bytes. */
#ifndef PI_PACKING_H
#define PI_PACKING_H

#include <pubint/error.h>
#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

typedef enum pi_packing_kind { PI_PACKING_OTHER, PI_PACKING_GZIP, PI_PACKING_ZSTD } pi_packing_kind;

typedef struct pi_packing {
  const char *name;
  const char *unpack;   /* the command that writes the text to its standard output */
  pi_slice mark;        /* what such a file has… */
  size_t at;            /* …at this place */
  unsigned char varies; /* bits of the mark's first byte that say nothing */
  pi_packing_kind kind; /* PI_PACKING_OTHER: it is not read here */
} pi_packing;

/* What `begin`, a file's first bytes, says; NULL: nothing, or that it is text. */
const pi_packing *pi_packing_of(pi_slice begin);

/* Whether bytes behind `begin` could make a mark of it. */
bool pi_packing_undecided(pi_slice begin);

/* The same of a file as it lies on disk ("-": standard input); NULL too where it cannot be looked at twice.
 */
const pi_packing *pi_packing_of_file(const char *name);

/* E1016: `file` is packed so, `outer` about it where that is not NULL. `where` says who does not read it:
 * "here", "by --resume". */
pubint_status pi_packing_refuse(const pi_packing *packing, const pi_packing *outer, const char *file,
                                const char *where, pubint_error *error);

/* Refuses a file that lies packed, however that is. */
pubint_status pi_packing_refuse_file(const char *name, const char *where, pubint_error *error);

#endif
