/* The connections that are open: how many, whose, and for how long each has been doing what it does.
 *
 * The HTTP library knows only that a connection was silent for a while, which a byte a second prevents. Here
 * each of its parts has a time in which it must end; what takes longer is cut by closing its socket.
 */
#ifndef PI_LINKS_H
#define PI_LINKS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

typedef enum pi_link_phase {
  PI_LINK_IDLE,   /* between requests, or in the middle of a head */
  PI_LINK_BODY,   /* a body arrives */
  PI_LINK_WORK,   /* the service works on the answer */
  PI_LINK_ANSWER, /* the client reads the answer */
  PI_LINK_PHASES
} pi_link_phase;

typedef struct pi_link {
  struct pi_link *next, *last;
  int fd;
  uint64_t peer;      /* its address; 0: of this machine */
  atomic_uint phase;  /* pi_link_phase */
  atomic_llong since; /* nanoseconds of the monotonic clock */
  bool cut;
} pi_link;

typedef struct pi_links {
  pthread_mutex_t lock;
  pi_link *first;
  unsigned count;
} pi_links;

void pi_links_init(pi_links *self);
void pi_links_dispose(pi_links *self);

/* Whether one more from there may come: below `most` of one peer that is not of this machine. */
bool pi_links_may_come(pi_links *self, const struct sockaddr *peer, uint64_t most);

/* Takes a connection in; NULL when memory ran out: it goes without a time. */
pi_link *pi_links_add(pi_links *self, int fd, const struct sockaddr *peer);
void pi_links_remove(pi_links *self, pi_link *link); /* NULL is legal */

/* From now on it is in that phase. NULL is legal. */
void pi_link_enter(pi_link *self, pi_link_phase phase);

/* Cuts what is longer in its phase than its limit in seconds (0: none). */
void pi_links_sweep(pi_links *self, const uint64_t limits[PI_LINK_PHASES]);

/* Has each idle connection end behind what it has sent already. */
void pi_links_end_idle(pi_links *self);

/* How many there are that are not idle. */
unsigned pi_links_busy(pi_links *self);

#endif
