/* Sends the answer to a request: bytes, or the problem that an error is. */
#ifndef PI_REPLY_H
#define PI_REPLY_H

#include "serve.h"

/* The bytes are copied. */
enum MHD_Result pi_reply_bytes(pi_request *request, unsigned status, const char *type, pi_slice bytes);

/* What lies in the lane's `out`, or E5001 where that failed. */
enum MHD_Result pi_reply_out(pi_request *request, const char *type);

/* The problem; `close` ends the connection behind it. The id of the case may be empty. */
enum MHD_Result pi_reply_problem(pi_request *request, const pubint_error *error, pi_slice case_id,
                                 bool close);

/* The bytes that `read` gives as the client takes them (MHD_ContentReaderCallback with the request). */
enum MHD_Result pi_reply_stream(pi_request *request, const char *type, MHD_ContentReaderCallback read);

#endif
