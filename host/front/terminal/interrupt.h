/* Ctrl-C and the other signals that a program at a terminal lives with.
 *
 * A handler only notes that its signal came, and asks the one stop that all that works looks at.
 */
#ifndef PI_INTERRUPT_H
#define PI_INTERRUPT_H

#include <poll.h>
#include <stdbool.h>

#include "stop.h"

/* The stop that is asked once an interrupt came, and whether it is. */
const pi_stop *pi_interrupt_stop(void);
bool pi_interrupt_came(void);

/* --- a command --- */

/* SIGINT and SIGTERM ask the stop from now on, and end a read that waits for a pipe. One that comes later,
 * when what works has taken a second, ends the program; at once after the first it is the same one, sent to a
 * whole group. */
void pi_interrupt_catch(void);

/* --- a service --- */

/* SIGINT and SIGTERM ask the stop, SIGHUP is noted. No later one ends the program: that is for whoever stops
 * the service in good order. */
void pi_interrupt_catch_service(void);

/* Whether there was a SIGHUP since this was asked last. */
bool pi_interrupt_take_hangup(void);

/* --- a session --- */

/* SIGINT asks the stop until it is taken, SIGHUP and SIGTERM for good; SIGWINCH notes another size. */
void pi_interrupt_catch_session(void);

/* Notes an interrupt that came as a key. */
void pi_interrupt_note(void);

/* Whether there was an interrupt, or another size, since this was asked last. */
bool pi_interrupt_take(void);
bool pi_interrupt_take_size(void);

/* Whether the session is to end: its terminal went away, or somebody said so. */
bool pi_interrupt_ended(void);

/* poll for one file that any signal not yet taken ends with EINTR, also one that came just before. */
int pi_interrupt_poll(struct pollfd *file, int timeout_ms);

#endif
