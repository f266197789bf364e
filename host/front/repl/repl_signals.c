#define _GNU_SOURCE /* ppoll */
#include "repl_signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

#include "repl.h"

/* All that a handler can reach. */
static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t resized;
static volatile sig_atomic_t ended;

static const int CAUGHT[] = {SIGINT, SIGWINCH, SIGHUP, SIGTERM};
enum { CAUGHT_COUNT = sizeof CAUGHT / sizeof CAUGHT[0] };

static void note(int signal_number) {
  if (signal_number == SIGWINCH) {
    resized = 1;
  } else if (signal_number == SIGINT) {
    interrupted = 1;
  } else {
    ended = 1;
  }
}

void pi_repl_signals_catch(void) {
  struct sigaction action = {.sa_handler = note};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < CAUGHT_COUNT; i++) sigaction(CAUGHT[i], &action, NULL);
}

void pi_repl_signals_interrupt(void) {
  interrupted = 1;
}

bool pi_repl_interrupted(void *context) {
  (void)context;
  return interrupted != 0 || ended != 0;
}

static bool take(volatile sig_atomic_t *noted) {
  bool came = *noted != 0;
  if (came) *noted = 0;
  return came;
}

bool pi_repl_signals_take_interrupt(void) {
  return take(&interrupted);
}

bool pi_repl_signals_take_size(void) {
  return take(&resized);
}

bool pi_repl_signals_ended(void) {
  return ended != 0;
}

int pi_repl_signals_poll(struct pollfd *file, int timeout_ms) {
  struct timespec timeout = {.tv_sec = timeout_ms / 1000, .tv_nsec = timeout_ms % 1000 * 1000000L};
  sigset_t caught, before;
  sigemptyset(&caught);
  for (size_t i = 0; i < CAUGHT_COUNT; i++) sigaddset(&caught, CAUGHT[i]);
  sigprocmask(SIG_BLOCK, &caught, &before);
  int ready = -1;
  int reason = EINTR;
  if (interrupted == 0 && resized == 0 && ended == 0) {
    ready = ppoll(file, 1, timeout_ms < 0 ? NULL : &timeout, &before);
    reason = errno;
  }
  sigprocmask(SIG_SETMASK, &before, NULL);
  errno = reason;
  return ready;
}
