/* One Tweet out of a payload: what it says of itself and of its author.
 *
 * What is absent or null stays unknown. In which shape it came shows in its names (import_shape.h).
 */
#ifndef PI_IMPORT_TWEET_H
#define PI_IMPORT_TWEET_H

#include "buffer.h"
#include "import_author.h"
#include "import_withheld.h"

/* Texts that are not known have ptr NULL; they live in the payload or its arena. */
typedef struct pi_import_tweet {
  const pi_import_shape *shape;
  pi_slice id;
  pi_slice text;       /* entities decoded */
  pi_slice lang;       /* as it stands there: und, in, iw … */
  pi_slice created_at; /* RFC 3339 */
  pi_import_author author;
  bool truncated;              /* the text is cut, and the whole of it not there */
  bool may_be_cut;             /* it is as long as one that is */
  bool article;                /* the text is that of an article */
  bool versions;               /* it was edited: there are others of it */
  bool quotes;                 /* somebody else's words stand in it, set by hand */
  bool quote_unread;           /* a member that nothing reads tells of a quoted Tweet */
  pi_import_withheld withheld; /* the Tweet, or all of its author */
} pi_import_tweet;

/* Reads the Tweet `node`, which has that shape. A refusal has in `error` no place but the path within the
 * Tweet; out->id is its id where that was read. */
pubint_status pi_import_tweet_read(pi_import_tweet *out, const pi_tree *tree, const pi_import_shape *shape,
                                   uint32_t node, const pi_import_users *users, pi_arena *arena,
                                   pubint_error *error);

#endif
