#include "control.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "errors.h"

pubint_status pi_control_init(pi_control *self, pubint_error *error) {
  *self = (pi_control){.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  return self->wake >= 0 ? PUBINT_OK : pi_error_setf(error, PI_E_LISTEN, "there is no eventfd to be had");
}

void pi_control_dispose(pi_control *self) {
  if (self->wake >= 0) close(self->wake);
}

/* It is suspended before anybody can take it. */
bool pi_control_submit(pi_control *self, pi_request *request) {
  uint64_t one = 1;
  if (atomic_exchange(&self->busy, true)) return false;
  MHD_suspend_connection(request->connection);
  atomic_store(&self->waiting, request);
  (void)!write(self->wake, &one, sizeof one); /* it holds more than can ever be written */
  return true;
}

pi_request *pi_control_take(pi_control *self) {
  uint64_t count;
  if (read(self->wake, &count, sizeof count) < 0) return NULL;
  return atomic_exchange(&self->waiting, NULL);
}

void pi_control_done(pi_request *request) {
  struct MHD_Connection *connection = request->connection;
  request->resumed = true;
  atomic_store(&request->lane->server->control.busy, false);
  MHD_resume_connection(connection);
}
