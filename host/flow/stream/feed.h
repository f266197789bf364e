/* Hands blocks of lines to threads, one after another, and lets them go on one at a time, in the blocks'
 * order.
 *
 * What this guards (an output, the counters of what was done) is its owner's, and touched between
 * pi_feed_enter and pi_feed_leave alone.
 */
#ifndef PI_FEED_H
#define PI_FEED_H

#include <pthread.h>

#include "lines.h"

typedef struct pi_feed {
  pthread_mutex_t reading; /* guards being_read; the lines are whose thread has set it */
  pthread_cond_t read_freed;
  bool being_read; /* reading may wait for a pipe; no lock is held over that */
  pi_lines lines;

  pthread_mutex_t order; /* guards all below */
  pthread_cond_t next_changed;
  uint64_t next; /* the block that may go on */
  bool ended;    /* nothing comes behind the block that ended it */
} pi_feed;

/* The lines are still to be opened. */
void pi_feed_init(pi_feed *feed);

/* Closes the lines too. */
void pi_feed_dispose(pi_feed *feed);

/* Reads the next block; *more is false where there is none, or where all has ended. A failure takes the place
 * of a block: its sequence comes to be next like any other. */
pubint_status pi_feed_take(pi_feed *feed, pi_block *block, bool *more, pubint_error *error);

/* Waits until a block is next, or the end, and locks; false: it has ended, and nothing of the block counts.
 */
bool pi_feed_enter(pi_feed *feed, uint64_t sequence);

/* Unlocks. With `passed` the block behind it is next, unless `ends` says that nothing follows this one. */
void pi_feed_leave(pi_feed *feed, bool passed, bool ends);

#endif
