/* What takes a while, as loading and proving a policy, is done by the first thread, one after another; the
 * request that asks for it waits meanwhile without holding its lane. */
#ifndef PI_CONTROL_H
#define PI_CONTROL_H

#include "serve.h"

pubint_status pi_control_init(pi_control *self, pubint_error *error);
void pi_control_dispose(pi_control *self);

/* Hands the request to the first thread: its answer is made again once that is done. False where another one
 * waits. */
bool pi_control_submit(pi_control *self, pi_request *request);

/* On the first thread: the request that waits, or NULL; and its end, after which it is not to be touched. */
pi_request *pi_control_take(pi_control *self);
void pi_control_done(pi_request *request);

#endif
