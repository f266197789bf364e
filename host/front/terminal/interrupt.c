#define _GNU_SOURCE /* ppoll */
#include "interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#include "command.h"

/* All that a handler can reach. */
static pi_stop stop = {.wake = -1};
static int waker = -1; /* the end of the pipe that makes stop.wake readable */
static struct timespec first_signal;
static volatile sig_atomic_t resized;
static volatile sig_atomic_t ended;
static volatile sig_atomic_t hung_up;

static const int CAUGHT[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH};
enum { CAUGHT_COUNT = sizeof CAUGHT / sizeof CAUGHT[0], CAUGHT_BY_COMMANDS = 2, CAUGHT_BY_SERVICES = 3 };

const pi_stop *pi_interrupt_stop(void) {
  return &stop;
}

bool pi_interrupt_came(void) {
  return pi_stop_asked(&stop);
}

static sigset_t caught_set(void) {
  sigset_t caught;
  sigemptyset(&caught);
  for (size_t i = 0; i < CAUGHT_COUNT; i++) sigaddset(&caught, CAUGHT[i]);
  return caught;
}

static void catch_with(void (*handler)(int), size_t count) {
  struct sigaction action = {.sa_handler = handler, .sa_mask = caught_set()};
  for (size_t i = 0; i < count; i++) sigaction(CAUGHT[i], &action, NULL);
}

/* --- a command --- */

static void end_soon(int signal_number) {
  (void)signal_number;
  int reason = errno;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (atomic_load(&stop.asked) == 0) {
    first_signal = now;
    atomic_store(&stop.asked, 1);
    if (waker >= 0 && write(waker, "", 1) < 0) errno = reason;
  } else if (now.tv_sec - first_signal.tv_sec > 1) {
    _exit(PI_EXIT_INTERRUPTED);
  }
  errno = reason;
}

void pi_interrupt_catch(void) {
  int ends[2];
  if (pipe(ends) == 0) { /* without it a read that waits goes on waiting, and nothing else changes */
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    stop.wake = ends[0];
    waker = ends[1];
  }
  catch_with(end_soon, CAUGHT_BY_COMMANDS);
}

/* --- a service --- */

static void note_service(int signal_number) {
  if (signal_number == SIGHUP) {
    hung_up = 1;
  } else {
    atomic_store(&stop.asked, 1);
  }
}

void pi_interrupt_catch_service(void) {
  catch_with(note_service, CAUGHT_BY_SERVICES);
}

bool pi_interrupt_take_hangup(void) {
  bool came = hung_up != 0;
  if (came) hung_up = 0;
  return came;
}

/* --- a session --- */

static void note(int signal_number) {
  if (signal_number == SIGWINCH) {
    resized = 1;
    return;
  }
  if (signal_number != SIGINT) ended = 1;
  atomic_store(&stop.asked, 1);
}

void pi_interrupt_catch_session(void) {
  catch_with(note, CAUGHT_COUNT);
}

void pi_interrupt_note(void) {
  atomic_store(&stop.asked, 1);
}

bool pi_interrupt_take(void) {
  bool came = atomic_exchange(&stop.asked, 0) != 0;
  if (ended != 0) atomic_store(&stop.asked, 1); /* that stands */
  return came;
}

bool pi_interrupt_take_size(void) {
  bool came = resized != 0;
  if (came) resized = 0;
  return came;
}

bool pi_interrupt_ended(void) {
  return ended != 0;
}

int pi_interrupt_poll(struct pollfd *file, int timeout_ms) {
  struct timespec timeout = {.tv_sec = timeout_ms / 1000, .tv_nsec = timeout_ms % 1000 * 1000000L};
  sigset_t caught = caught_set(), before;
  sigprocmask(SIG_BLOCK, &caught, &before);
  int ready = -1;
  int reason = EINTR;
  if (!pi_interrupt_came() && resized == 0) {
    ready = ppoll(file, 1, timeout_ms < 0 ? NULL : &timeout, &before);
    reason = errno;
  }
  sigprocmask(SIG_SETMASK, &before, NULL);
  errno = reason;
  return ready;
}
