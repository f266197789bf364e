/* The seam to the decision log: nothing is answered before its line is on disk. Without a log all of this
 * does nothing. */
#ifndef PI_SERVE_LOG_H
#define PI_SERVE_LOG_H

#include "serve.h"

/* Opens the log of --decision-log, if there is one. */
pubint_status pi_serve_log_open(pi_server *self, pubint_error *error);

/* Whether what is evaluated now could be logged; else E4163. */
pubint_status pi_serve_log_ready(const pi_server *self, pubint_error *error);

/* Notes an evaluation that the lane made: of `input`, at `begin` to `end` of the buffer that save is given.
 */
void pi_serve_log_note(pi_request *request, pi_slice input, size_t begin, size_t end);

/* How many more may be noted before they are saved. */
size_t pi_serve_log_room(const pi_lane *lane);

/* Returns once all that was noted is on disk, or none of it is. */
pubint_status pi_serve_log_save(pi_request *request, const pi_buffer *evaluations, pubint_error *error);

/* Appends its counters as Prometheus reads them. */
void pi_serve_log_metrics(const pi_server *self, pi_buffer *out);

#endif
