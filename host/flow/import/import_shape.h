/* The shapes in which a Tweet comes, one row each: what a shape is known by, and where it keeps what a case
 * needs. Adding a shape is a row in import_shapes.def.
 *
 * A shape is known by name: whatever has an id and a text and none of the marks below is no Tweet, since
 * messages and posts of other places have these two as well.
 */
#ifndef PI_IMPORT_SHAPE_H
#define PI_IMPORT_SHAPE_H

#include "import_read.h"

typedef enum pi_import_shape_name {
#define SHAPE(NAME, ...) PI_IMPORT_SHAPE_##NAME,
#include "import_shapes.def"
#undef SHAPE
  PI_IMPORT_SHAPE_COUNT
} pi_import_shape_name;

enum { PI_IMPORT_MARKS_MAX = 16, PI_IMPORT_PLACES_MAX = 6 }; /* with the NULL */

/* Paths (import_read.h) of which the first that is there counts; ids must agree. NULL ends each list. */
typedef struct pi_import_shape {
  const char *known;                      /* its marks, for people */
  const char *key;                        /* in reports as JSON */
  const char *title;                      /* for people: "3 of API v1.1" */
  const char *inner;                      /* the member that holds the Tweet; NULL: it is the Tweet */
  const char *marks[PI_IMPORT_MARKS_MAX]; /* any of these is there; none listed: any will do */
  const char *id[PI_IMPORT_PLACES_MAX];   /* the Tweet's */
  const char *text[PI_IMPORT_PLACES_MAX]; /* the longest first */
  const char *time[PI_IMPORT_PLACES_MAX]; /* when it was posted */
  const char *user[PI_IMPORT_PLACES_MAX]; /* the object of its author */
  const char *account_id[PI_IMPORT_PLACES_MAX];
  const char *username[PI_IMPORT_PLACES_MAX]; /* of the author, where no object holds it */
  bool may_be_cut; /* `text`, the last of its places, holds 280 code points of a longer one */
} pi_import_shape;

extern const pi_import_shape PI_IMPORT_SHAPES[PI_IMPORT_SHAPE_COUNT];

/* The shape of the object at `node`, NULL where it is no Tweet; *tweet is the object that holds it. */
const pi_import_shape *pi_import_shape_find(pi_import_reader *self, uint32_t node, uint32_t *tweet);

/* What an object is that is no Tweet, as in "a private message"; NULL where that is not known. Static. */
const char *pi_import_shape_other(pi_import_reader *self, uint32_t node);

#endif
