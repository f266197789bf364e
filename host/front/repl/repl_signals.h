/* The signals that a session at a terminal lives with: Ctrl-C, another size, and being told to end.
 *
 * A handler only notes that its signal came; the note stands until somebody takes it, so that none is lost
 * between two places that look.
 */
#ifndef PI_REPL_SIGNALS_H
#define PI_REPL_SIGNALS_H

#include <poll.h>
#include <stdbool.h>

/* Catches SIGINT, SIGWINCH, SIGHUP and SIGTERM from now on. */
void pi_repl_signals_catch(void);

/* Notes an interrupt that came as a key. */
void pi_repl_signals_interrupt(void);

/* Whether there was an interrupt, or another size, since this was asked last. */
bool pi_repl_signals_take_interrupt(void);
bool pi_repl_signals_take_size(void);

/* Whether the session is to end: its terminal went away, or somebody said so. */
bool pi_repl_signals_ended(void);

/* poll for one file that any signal not yet taken ends with EINTR, also one that came just before. */
int pi_repl_signals_poll(struct pollfd *file, int timeout_ms);

#endif
