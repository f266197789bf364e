/* Workers over the blocks of many lines: as many threads as are asked for, each with memory of its own, and
 * what they make handed in by one at a time and in the blocks' order.
 *
 * A job says what is done with a line and with what comes of it. The first failure, by its place among the
 * blocks, ends the run, and so does a stop or a worker that is cut: what stands before is handed in, and
 * nothing behind it.
 */
#ifndef PI_CREW_H
#define PI_CREW_H

#include "buffer.h"
#include "feed.h"

/* What each worker begins with; the rest is the job's. */
typedef struct pi_crew_hand {
  struct pi_crew *crew;
  pi_block block;
  pi_buffer text; /* of the block, not yet handed in: whole lines */
  bool cut;       /* the run ends behind the line at hand: set by the job, or by a stop */
} pi_crew_hand;

typedef struct pi_crew_job {
  size_t worker_bytes;
  /* Opens and closes the rest of a worker, which is zeroed; a worker that could not be opened is closed too.
   * On the calling thread, one after another. */
  pubint_status (*open)(pi_crew_hand *hand, pubint_error *error);
  void (*close)(pi_crew_hand *hand);
  /* A block was read. May be NULL. */
  void (*begin)(pi_crew_hand *hand);
  /* A line of it, by its number in its file; a failure ends the run. */
  pubint_status (*line)(pi_crew_hand *hand, pi_slice line, uint64_t number, pubint_error *error);
  /* While the block is next: takes some of its text, and what else came of it so far. */
  pubint_status (*hand_in)(pi_crew_hand *hand, pi_slice text, pubint_error *error);
  /* While the block is next, once all of it was handed in. */
  pubint_status (*pass)(pi_crew_hand *hand, pubint_error *error);
} pi_crew_job;

typedef struct pi_crew {
  pi_feed feed;
  const pi_crew_job *job;
  const pi_stop *stop; /* NULL: never */

  /* touched while a block is next alone */
  bool cut; /* a block was cut short */
  pubint_status status;
  pubint_error error;
} pi_crew;

/* The lines of its feed are still to be opened; they are closed with the crew. */
void pi_crew_init(pi_crew *crew, const pi_crew_job *job, const pi_stop *stop);
void pi_crew_dispose(pi_crew *crew);

/* Runs `count` workers, the first on the calling thread, and waits for all; where threads run out fewer of
 * them do the same work. A failure here is one to begin; what comes of the work stands in the crew. */
pubint_status pi_crew_run(pi_crew *crew, unsigned count, pubint_error *error);

#endif
