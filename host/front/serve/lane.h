/* A thread that answers: its engine on the live policy, and requests to use again. */
#ifndef PI_LANE_H
#define PI_LANE_H

#include "serve.h"

/* Zeroed before. Call dispose in any case, when its thread has ended. */
pubint_status pi_lane_init(pi_lane *self, pi_server *server, pubint_error *error);
void pi_lane_dispose(pi_lane *self);

/* A seat on the policy that is live now, to be left again; NULL and the error when none can be made. */
pi_seat *pi_lane_sit(pi_lane *self, pubint_error *error);
void pi_lane_leave(pi_seat *seat); /* NULL is legal */

/* A request with nothing in it; NULL when memory ran out. */
pi_request *pi_lane_request(pi_lane *self);

/* Takes it back, with all that it holds. */
void pi_lane_end_request(pi_request *request);

#endif
