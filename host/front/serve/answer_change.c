/* What changes the service: another policy goes live. The first thread does it, and the answer follows. */
#include "answers.h"
#include "control.h"
#include "errors.h"
#include "outline.h"
#include "reply.h"

/* At first hands the request on; once that is done tells what came of it. */
static enum MHD_Result change(pi_request *request) {
  static const pi_slice NO_CASE = {"", 0};
  pi_lane *lane = request->lane;
  if (!request->resumed) {
    if (!atomic_load(&lane->server->stopping) && pi_control_submit(&lane->server->control, request))
      return MHD_YES;
    pi_error_setf(&request->error, PI_E_NOT_NOW, "another change of the policy is under way");
    return pi_reply_problem(request, &request->error, NO_CASE, false);
  }
  if (request->failed) return pi_reply_problem(request, &request->error, NO_CASE, false);
  uint64_t turn;
  pi_live_policy *live = pi_live_take(&lane->server->live, &turn);
  pi_buffer_reset(&lane->out);
  pi_outline o = pi_outline_begin(&lane->out);
  pi_outline_string(&o, "policy", live->policy->id);
  pi_outline_string(&o, "before", request->seat->policy->policy->id);
  pi_outline_end(&o);
  if (lane->out.len > 0 && lane->out.data[lane->out.len - 1] != '\n') pi_buffer_byte(&lane->out, '\n');
  pi_live_leave(live);
  return pi_reply_out(request, request->endpoint->type);
}

enum MHD_Result pi_answer_reload(pi_request *request) {
  return change(request);
}

enum MHD_Result pi_answer_rollback(pi_request *request) {
  return change(request);
}
