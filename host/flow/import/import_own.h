/* Whether a Tweet's words are its author's own, and whether everything that could decide was read.
 *
 * A Retweet is refused however it says that it is one: by a reference, an object, a flag, or a text that
 * begins as a Retweet's does. A member that by its name could decide, and that nothing here reads, is never
 * dropped in silence: withholding and references are refused, quotes noted.
 */
#ifndef PI_IMPORT_OWN_H
#define PI_IMPORT_OWN_H

#include "import_read.h"

/* "RT @name", with a colon behind it or without, in letters of either size. */
bool pi_import_own_is_retweet(pi_slice text);

/* Somebody else's words set by hand behind the author's: "… QT @name …", "… RT @name …". */
bool pi_import_own_quotes(pi_slice text);

/* Refuses a Retweet. `text` may have ptr NULL. */
void pi_import_own_check(pi_import_reader *self, uint32_t tweet, pi_slice text);

/* Refuses a member of the Tweet that could decide and is not read; *quotes becomes true where one that is not
 * read tells of a quoted Tweet. */
void pi_import_own_check_unread(pi_import_reader *self, uint32_t tweet, bool *quotes);

/* The same of an author, of whom only withholding could decide. */
void pi_import_own_check_user(pi_import_reader *self, uint32_t user);

#endif
