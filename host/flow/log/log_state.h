/* The inside of a log that is written: who waits, and where the chain stands. */
#ifndef PI_LOG_STATE_H
#define PI_LOG_STATE_H

#include <pthread.h>

#include "buffer.h"
#include "log.h"

enum { PI_LOG_WAITING_MAX = 64 * 1024 * 1024 }; /* bytes of lines that wait for the disk */

/* Lines that were handed in together, and who hears of them. */
typedef struct pi_log_waiter {
  struct pi_log_waiter *next;
  uint64_t first;
  pi_log_done *done;
  void *context;
} pi_log_waiter;

/* Lines that go to disk together. */
typedef struct pi_log_group {
  pi_buffer lines;
  pi_log_waiter *first, *last;
  uint64_t count;
} pi_log_group;

typedef struct pi_log_place {
  uint64_t n;
  char link[PI_SHA256_HEX + 1];
} pi_log_place;

struct pi_log {
  pi_log_options options;
  char *name; /* of the folder; owned */
  int folder;
  int lock;

  /* of the writing thread, and of whoever opens and closes */
  int segment;    /* -1: the next group begins one */
  uint64_t bytes; /* of the segment, all on disk */
  pi_log_group writing;
  pthread_t thread;

  pthread_mutex_t mutex; /* for all below */
  pthread_cond_t work;   /* something waits, or it is to end */
  pthread_cond_t taken;  /* what waited was taken */
  pi_log_group waiting;
  pi_log_place ahead;  /* of the last line that waits or is being written */
  pi_log_place stored; /* of the last line on disk */
  pi_log_counters counters;
  int reason;   /* why the last group could not be written; 0: it could */
  bool stopped; /* what is on disk is not known any more */
  bool ending;
};

/* Writes the group that is being written to disk, the numbers of its lines following `before`. 0, or why not;
 * then the segment is as it was before. self->stopped is set where that is not sure. */
int pi_log_write_group(pi_log *self, uint64_t before);

/* Finds the end of the log in its folder, and cuts what is torn. */
pubint_status pi_log_recover(pi_log *self, pubint_error *error);

/* The log's thread. */
void *pi_log_thread(void *log);

#endif
