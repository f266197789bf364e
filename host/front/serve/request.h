/* A request from its first byte to the end of its answer, as the HTTP library tells of it. */
#ifndef PI_REQUEST_H
#define PI_REQUEST_H

#include "serve.h"

/* MHD's callbacks; `lane` is a pi_lane. */
void *pi_request_begin(void *lane, const char *target, struct MHD_Connection *connection);
enum MHD_Result pi_request_take(void *lane, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *upload,
                                size_t *upload_bytes, void **request);
void pi_request_end(void *lane, struct MHD_Connection *connection, void **request,
                    enum MHD_RequestTerminationCode code);

#endif
