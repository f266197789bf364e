/* The author of a Tweet: among the users that an answer of API v2 includes, beside the Tweet, or from a file
 * of the account's own. */
#ifndef PI_IMPORT_AUTHOR_H
#define PI_IMPORT_AUTHOR_H

#include "import_read.h"
#include "import_shape.h"
#include "import_withheld.h"
#include "json_keys.h"

/* The users of an envelope's includes, by id. */
typedef struct pi_import_users {
  const pi_json_member
      *keys; /* sorted, each id once; index: the node, or PI_IMPORT_NOWHERE of two who differ */
  size_t count;
} pi_import_users;

/* What is known of an author. Texts that are not known have ptr NULL; all lives in the payload or its arena.
 */
typedef struct pi_import_author {
  pi_slice id;
  pi_slice username;
  const pi_node *verified; /* of any scalar kind; NULL: unknown */
  const pi_node *verified_type;
  const pi_node *followers_count;
  bool parody;   /* the account says of itself that it is one (A08) */
  uint32_t user; /* its object in the payload; PI_IMPORT_NOWHERE: the id, or less, is all there is */
} pi_import_author;

/* `includes` may be no object. The arena holds what is made; false when memory ran out. */
bool pi_import_users_index(pi_import_users *out, const pi_tree *tree, uint32_t includes, pi_arena *arena);

/* The author of `tweet`. Two users of one id who do not say the same are refused. */
void pi_import_author_read(pi_import_author *out, pi_import_reader *self, const pi_import_shape *shape,
                           uint32_t tweet, const pi_import_users *users);

/* The account of a file of its own. */
typedef struct pi_import_account {
  pi_import_author author; /* without `user`: that is of another payload */
  pi_import_withheld withheld;
} pi_import_account;

/* An archive's account.js, or a user as API v1.1 or v2 gives it. Refuses what is none, and what could decide
 * and is not read. */
void pi_import_account_read(pi_import_account *out, pi_import_reader *self);

#endif
