/* Where the service listens: an address, a path, or a socket that whoever started it holds open already. */
#ifndef PI_LISTENER_H
#define PI_LISTENER_H

#include <stdbool.h>

#include <pubint/error.h>

enum { PI_LISTENER_NAME_BYTES = 160 };

typedef struct pi_listener {
  int fd;                            /* -1: closed */
  bool local;                        /* only this machine can reach it */
  bool path;                         /* it is a path's, whose peers the system knows */
  bool given;                        /* by who started the program: a path stays there */
  char name[PI_LISTENER_NAME_BYTES]; /* "127.0.0.1:8087", "unix:/run/pubint.sock" */
} pi_listener;

/* Listens at ADDR:PORT or unix:PATH, or on the socket that systemd hands over (LISTEN_FDS), which comes
 * first. E4003, E4156. */
pubint_status pi_listener_open(pi_listener *out, const char *where, pubint_error *error);

/* Closes it; takes a path away again. */
void pi_listener_close(pi_listener *self);

#endif
