/* Members read out of a payload, with the first refusal kept.
 *
 * A member is found however its name is spelt: created_at, createdAt, CreatedAt and created-at are one, since
 * client libraries spell as their language does. Where an object holds one member in two spellings that do
 * not say the same, the Tweet is refused: which of them counts would be a guess. Paths are names parted by
 * "/", as in note_tweet/text.
 */
#ifndef PI_IMPORT_READ_H
#define PI_IMPORT_READ_H

#include <pubint/error.h>
#include <stdbool.h>

#include "arena.h"
#include "errors.h"
#include "tree.h"

#define PI_IMPORT_NOWHERE UINT32_MAX

/* One Tweet being read. Once it is refused, nothing more is looked at. */
typedef struct pi_import_reader {
  const pi_tree *tree;
  pi_arena *arena;     /* holds what is made */
  pubint_error *error; /* may be NULL */
  pubint_status status;
  const char *prefix; /* of paths in errors: "" or "/user" */
  uint32_t looked_at; /* the object whose names were looked through last, + 1, */
  bool respelt;       /* and whether it has names in other spellings than Twitter's own */
} pi_import_reader;

/* What a node is, in words: "a number", "an object". Static. */
const char *pi_import_read_kind(const pi_node *node);

/* Whether two names are one in different spellings. */
bool pi_import_read_same_name(pi_slice a, pi_slice b);

/* --- refusing --- */

/* Returns an error to fill further; NULL when nobody wants one, or an earlier refusal stands. `path` follows
 * the prefix. */
pubint_error *pi_import_read_refuse(pi_import_reader *self, pi_code code, const char *path);
void pi_import_read_refuse_value(pi_import_reader *self, pi_code code, const char *path, const char *found,
                                 const char *expected);
void pi_import_read_no_memory(pi_import_reader *self);

/* --- members --- */

/* The node at `path` from `object`; PI_IMPORT_NOWHERE where there is none, and of PI_IMPORT_NOWHERE. */
uint32_t pi_import_read_at(pi_import_reader *self, uint32_t object, const char *path);

/* The same, where it is an object; PI_IMPORT_NOWHERE where it is something else. */
uint32_t pi_import_read_object(pi_import_reader *self, uint32_t object, const char *path);

/* NULL for PI_IMPORT_NOWHERE. */
const pi_node *pi_import_read_node(const pi_import_reader *self, uint32_t index);

/* ptr NULL where there is none; anything but a text is refused. */
pi_slice pi_import_read_string(pi_import_reader *self, uint32_t object, const char *path);

/* The first text among `paths`, which end in NULL; *which, if not NULL, is its index. */
pi_slice pi_import_read_first(pi_import_reader *self, uint32_t object, const char *const *paths,
                              size_t *which);

/* False where there is none; anything but true or false is refused. */
bool pi_import_read_flag(pi_import_reader *self, uint32_t object, const char *path);

/* A truth value, whole number or text; NULL where there is none; anything else is refused. */
const pi_node *pi_import_read_scalar(pi_import_reader *self, uint32_t object, const char *path);

/* The id that stands at any of `paths`, which end in NULL: a text, or a number that is exact. Two that differ
 * are refused, but a number that was rounded is none beside a text that it may have been. */
pi_slice pi_import_read_id(pi_import_reader *self, uint32_t object, const char *const *paths);

/* Whether two values say the same, all the way down. */
bool pi_import_read_equal(const pi_tree *tree, uint32_t a, uint32_t b);

#endif
