#include "server.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "control.h"
#include "errors.h"
#include "interrupt.h"
#include "lane.h"
#include "request.h"
#include "serve_log.h"
#include "stack.h"
#include "stopwatch.h"

/* --- connections --- */

static enum MHD_Result may_come(void *context, const struct sockaddr *address, socklen_t bytes) {
  pi_server *self = context;
  (void)bytes;
  return pi_links_may_come(&self->links, address, self->options->peer_connections) ? MHD_YES : MHD_NO;
}

static void note_connection(void *context, struct MHD_Connection *connection, void **link,
                            enum MHD_ConnectionNotificationCode code) {
  pi_server *self = context;
  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    pi_links_remove(&self->links, *link);
    *link = NULL;
    return;
  }
  const union MHD_ConnectionInfo *fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  const union MHD_ConnectionInfo *peer =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (fd != NULL) *link = pi_links_add(&self->links, fd->connect_fd, peer != NULL ? peer->client_addr : NULL);
}

/* What the library has to say is told by the answers themselves. */
static void say_nothing(void *context, const char *format, va_list values) {
  (void)context, (void)format, (void)values;
}

/* --- threads --- */

static pubint_status start_lane(pi_server *self, pi_lane *lane, pubint_error *error) {
  pubint_status status = pi_lane_init(lane, self, error);
  if (status != PUBINT_OK) return status;
  unsigned connections = (unsigned)(self->options->connections / self->options->threads) + 1;
  int fd = fcntl(self->listener.fd, F_DUPFD_CLOEXEC, 0);
  lane->daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG | MHD_ALLOW_SUSPEND_RESUME, 0, may_come,
      self, pi_request_take, lane, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_LISTEN_SOCKET,
      fd, MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_TIMEOUT,
      (unsigned)self->options->idle_timeout, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_THREAD_STACK_SIZE,
      (size_t)PI_STACK_BYTES, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_URI_LOG_CALLBACK,
      pi_request_begin, lane, MHD_OPTION_NOTIFY_COMPLETED, pi_request_end, lane, MHD_OPTION_NOTIFY_CONNECTION,
      note_connection, self, MHD_OPTION_END);
  if (lane->daemon != NULL) return PUBINT_OK;
  if (fd >= 0) close(fd);
  return pi_error_setf(error, PI_E_LISTEN, "cannot start a thread that answers");
}

static pubint_status start(pi_server *self, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  self->lanes = calloc(self->options->threads, sizeof *self->lanes);
  if (self->lanes == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  sigset_t all, before; /* signals are the first thread's, which waits for them */
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (status == PUBINT_OK && self->lanes_count < self->options->threads)
    status = start_lane(self, &self->lanes[self->lanes_count++], error);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return status;
}

/* Takes no more connections, lets each end what it is at, and waits for them; false where some did not end.
 */
static bool stop(pi_server *self) {
  atomic_store(&self->stopping, true);
  pi_request *waiting = pi_control_take(&self->control);
  if (waiting != NULL) {
    pi_error_setf(&waiting->error, PI_E_NOT_NOW, "the service is stopping");
    waiting->failed = true;
    pi_control_done(waiting);
  }
  for (unsigned i = 0; i < self->lanes_count; i++) {
    if (self->lanes[i].daemon == NULL) continue;
    int fd = MHD_quiesce_daemon(self->lanes[i].daemon);
    if (fd >= 0) close(fd);
  }
  int64_t begun = pi_stopwatch_now(), grace = (int64_t)self->options->grace * 1000000000;
  unsigned quiet = 0; /* a request can be on its way from one phase to the next */
  while (quiet < 3 && pi_stopwatch_now() - begun <= grace) {
    pi_links_end_idle(&self->links);
    quiet = pi_links_busy(&self->links) == 0 ? quiet + 1 : 0;
    usleep(10000);
  }
  return quiet > 0;
}

static void close_all(pi_server *self) {
  for (unsigned i = 0; i < self->lanes_count; i++) {
    if (self->lanes[i].daemon != NULL) MHD_stop_daemon(self->lanes[i].daemon);
  }
  for (unsigned i = 0; i < self->lanes_count; i++) pi_lane_dispose(&self->lanes[i]);
  free(self->lanes);
  pi_log_close(self->log);
  pi_listener_close(&self->listener);
  pi_links_dispose(&self->links);
  pi_live_dispose(&self->live);
  pi_control_dispose(&self->control);
  pi_passes_dispose(&self->tokens);
  pthread_rwlock_destroy(&self->tokens_lock);
}

/* --- the policy --- */

static pubint_status load(pi_server *self, bool prove, pubint_error *error) {
  pubint_policy *policy;
  pubint_status status = pi_live_load(&policy, self->policy_name, error);
  if (status != PUBINT_OK) return status;
  if (prove) status = pi_live_prove(policy, pi_interrupt_stop(), error);
  if (status == PUBINT_OK) return pi_live_swap(&self->live, policy, error);
  pubint_policy_free(policy);
  return status;
}

static void reload(pi_server *self) {
  pubint_error error = {0};
  pubint_status status = load(self, true, &error);
  pi_metrics_reloaded(&self->metrics, status == PUBINT_OK);
  if (status != PUBINT_OK) {
    pi_complain(&error);
    fprintf(stderr, "pubint: the policy that was live stays\n");
    return;
  }
  fprintf(stderr, "pubint: live: %s\n", self->live.now->policy->id.ptr);
}

/* --- the run --- */

static void say_begin(const pi_server *self) {
  fprintf(stderr, "pubint: listening on %s, %llu threads\npubint: policy %s (%s)\npubint: %s%s\n",
          self->listener.name, (unsigned long long)self->options->threads, self->live.now->policy->id.ptr,
          self->policy_name, self->log != NULL ? "decision log " : "no decision log",
          self->log != NULL ? self->options->decision_log : "");
}

/* What a request asks of this thread. */
static void change(pi_server *self, pi_request *request) {
  pubint_status status = request->endpoint->id == PI_ENDPOINT_ROLLBACK
                             ? pi_live_roll_back(&self->live, &request->error)
                             : load(self, true, &request->error);
  pi_metrics_reloaded(&self->metrics, status == PUBINT_OK);
  request->failed = status != PUBINT_OK;
  if (status == PUBINT_OK) fprintf(stderr, "pubint: live: %s\n", self->live.now->policy->id.ptr);
  pi_control_done(request);
}

static void reread(pi_server *self) {
  pubint_error error = {0};
  pi_passes tokens = {.items = NULL};
  if (self->options->tokens != NULL && pi_passes_load(&tokens, self->options->tokens, &error) == PUBINT_OK) {
    pthread_rwlock_wrlock(&self->tokens_lock);
    pi_passes before = self->tokens;
    self->tokens = tokens;
    pthread_rwlock_unlock(&self->tokens_lock);
    pi_passes_dispose(&before);
  } else if (self->options->tokens != NULL) {
    pi_complain(&error);
    fprintf(stderr, "pubint: the tokens that were valid stay\n");
  }
  reload(self);
}

static void serve(pi_server *self) {
  const uint64_t limits[PI_LINK_PHASES] = {[PI_LINK_IDLE] = self->options->idle_timeout,
                                           [PI_LINK_BODY] = self->options->request_timeout,
                                           [PI_LINK_ANSWER] = self->options->answer_timeout};
  struct pollfd wake = {.fd = self->control.wake, .events = POLLIN};
  while (!pi_interrupt_came()) {
    (void)pi_interrupt_poll(&wake, 500);
    if (pi_interrupt_take_hangup()) reread(self);
    pi_request *request = pi_control_take(&self->control);
    if (request != NULL) change(self, request);
    pi_links_sweep(&self->links, limits);
  }
}

/* As many files as connections need, where the system lets us. */
static void raise_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/* Reached by others than this machine, the service asks for tokens. */
static pubint_status check_reach(const pi_server *self, pubint_error *error) {
  if (self->listener.local || self->tokens.items != NULL) return PUBINT_OK;
  pi_error_setf(error, PI_E_OPTION_VALUE, "--listen names an address that other machines reach");
  pi_error_found(error, self->listener.name, strlen(self->listener.name));
  snprintf(error->expected, sizeof error->expected, "127.0.0.1, [::1] or unix:PATH, or --tokens beside it");
  return error->status;
}

pi_exit pi_server_run(const pi_server_setup *setup) {
  pi_server self = {.options = setup->options,
                    .policy_name = setup->policy,
                    .no_excerpts = setup->no_excerpts,
                    .listener = {.fd = -1}};
  pubint_error error = {0};
  pi_exit exit = PI_EXIT_DONE;
  raise_files();
  pi_live_init(&self.live);
  pi_links_init(&self.links);
  pthread_rwlock_init(&self.tokens_lock, NULL);
  pi_interrupt_catch_service();
  pubint_status status = pi_control_init(&self.control, &error);
  if (status == PUBINT_OK && setup->options->tokens != NULL)
    status = pi_passes_load(&self.tokens, setup->options->tokens, &error);
  if (status == PUBINT_OK) status = load(&self, false, &error);
  if (status == PUBINT_OK) status = pi_serve_log_open(&self, &error);
  if (status == PUBINT_OK) status = pi_listener_open(&self.listener, setup->options->listen, &error);
  if (status == PUBINT_OK) status = check_reach(&self, &error);
  if (status == PUBINT_OK && !setup->options->check) status = start(&self, &error);
  if (status == PUBINT_OK) say_begin(&self);
  if (status == PUBINT_OK && !setup->options->check) {
    serve(&self);
    if (!stop(&self)) exit = PI_EXIT_SYSTEM;
  }
  close_all(&self);
  return status == PUBINT_OK ? exit : pi_complain(&error);
}
