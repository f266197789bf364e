/* One Tweet out of a payload of API v1.1 or v2: what it says of itself and of its author.
 *
 * What is absent or null stays unknown. Which API a Tweet is from shows in its keys; where both have one
 * for the same thing, either is read.
 */
#ifndef PI_IMPORT_TWEET_H
#define PI_IMPORT_TWEET_H

#include <pubint/error.h>
#include <stdbool.h>

#include "arena.h"
#include "buffer.h"
#include "json_keys.h"
#include "tree.h"

enum { PI_IMPORT_COUNTRIES_MAX = 26 * 26 };

typedef enum pi_import_api { PI_IMPORT_V1, PI_IMPORT_V2, PI_IMPORT_API_COUNT } pi_import_api;

/* Texts that are not known have ptr NULL; they live in the payload, its arena or `texts`. */
typedef struct pi_import_tweet {
  pi_import_api api;
  pi_slice id;
  pi_slice text;       /* entities decoded */
  pi_slice lang;       /* as it stands there: und, in, iw … */
  pi_slice created_at; /* RFC 3339 */
  pi_slice account_id;
  pi_slice username;
  const pi_node *verified; /* of any scalar kind; NULL: unknown */
  const pi_node *verified_type;
  const pi_node *followers_count;
  bool truncated;  /* the text is cut, and the whole of it not there */
  bool has_author; /* more than the author's id came with it */
  bool everywhere; /* withheld in every country (XX) */
  bool copyright;  /* withheld for copyright (XY, or so marked) */
  size_t countries_count;
  pi_slice countries[PI_IMPORT_COUNTRIES_MAX]; /* sorted, each once; without XX and XY */
} pi_import_tweet;

/* The users of an envelope's includes, by id. */
typedef struct pi_import_users {
  const pi_json_member *keys; /* sorted; place: the node */
  size_t count;
} pi_import_users;

/* `includes` may be no object. The arena holds what is made; false when memory ran out. */
bool pi_import_users_index(pi_import_users *out, const pi_tree *tree, uint32_t includes, pi_arena *arena);

/* Whether the object at `node` is a Tweet: it has an id and a text. */
bool pi_import_is_tweet(const pi_tree *tree, uint32_t node);

/* Reads the Tweet at `node`. A refusal has in `error` no place but the path within the Tweet; out->id is its
 * id where that was read. */
pubint_status pi_import_tweet_read(pi_import_tweet *out, const pi_tree *tree, uint32_t node,
                                   const pi_import_users *users, pi_arena *arena, pubint_error *error);

#endif
