/* What each endpoint answers once its request is whole: a function a row of endpoints.def. */
#ifndef PI_ANSWERS_H
#define PI_ANSWERS_H

#include "serve.h"

enum MHD_Result pi_answer_case(pi_request *request);
enum MHD_Result pi_answer_batch(pi_request *request);
enum MHD_Result pi_answer_policy(pi_request *request);
enum MHD_Result pi_answer_reload(pi_request *request);
enum MHD_Result pi_answer_rollback(pi_request *request);
enum MHD_Result pi_answer_facts(pi_request *request);
enum MHD_Result pi_answer_schema(pi_request *request);
enum MHD_Result pi_answer_code(pi_request *request);
enum MHD_Result pi_answer_openapi(pi_request *request);
enum MHD_Result pi_answer_live(pi_request *request);
enum MHD_Result pi_answer_ready(pi_request *request);
enum MHD_Result pi_answer_metrics(pi_request *request);

#endif
