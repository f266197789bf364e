#include "listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "errors.h"

enum { BACKLOG = 4096, FIRST_GIVEN = 3 };
#define PATH_PREFIX "unix:"

static pubint_status cannot(pubint_error *error, const char *where, int reason) {
  pubint_status status = pi_error_setf(error, PI_E_LISTEN, "cannot listen on %s", where);
  const char *said = strerror(reason);
  pi_error_found(error, said, strlen(said));
  return status;
}

static pubint_status refuse(pubint_error *error, const char *where) {
  pubint_status status = pi_error_setf(error, PI_E_OPTION_VALUE, "the value of --listen is not right");
  pi_error_found(error, where, strlen(where));
  snprintf(error->expected, sizeof error->expected, "ADDR:PORT as 127.0.0.1:8087, or unix:PATH");
  return status;
}

/* --- what it is --- */

/* Whether an address is reached from this machine alone. */
static bool is_local(const struct sockaddr_storage *address) {
  if (address->ss_family == AF_UNIX) return true;
  if (address->ss_family == AF_INET) {
    const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address;
    return ntohl(in->sin_addr.s_addr) >> 24 == 127;
  }
  const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)address;
  return address->ss_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
}

/* Names the socket as it lies, with the port that it was given. */
static void name(pi_listener *self) {
  struct sockaddr_storage address = {0};
  socklen_t size = sizeof address;
  char host[INET6_ADDRSTRLEN + 1] = "", port[16] = "";
  if (getsockname(self->fd, (struct sockaddr *)&address, &size) != 0) return;
  self->local = is_local(&address);
  self->path = address.ss_family == AF_UNIX;
  if (self->path) {
    const struct sockaddr_un *un = (const struct sockaddr_un *)(const void *)&address;
    snprintf(self->name, sizeof self->name, PATH_PREFIX "%s", un->sun_path);
    return;
  }
  getnameinfo((struct sockaddr *)&address, size, host, sizeof host, port, sizeof port,
              NI_NUMERICHOST | NI_NUMERICSERV);
  snprintf(self->name, sizeof self->name, strchr(host, ':') != NULL ? "[%s]:%s" : "%s:%s", host, port);
}

/* --- opening --- */

/* A socket that nobody answers at is what an earlier run left. */
static void remove_stale(const struct sockaddr_un *address) {
  struct stat status;
  if (lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode)) return;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  bool stale = connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 && errno == ECONNREFUSED;
  close(fd);
  if (stale) unlink(address->sun_path);
}

static pubint_status open_path(pi_listener *out, const char *where, pubint_error *error) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const char *path = where + sizeof PATH_PREFIX - 1;
  if (path[0] == '\0' || strlen(path) >= sizeof address.sun_path) return refuse(error, where);
  memcpy(address.sun_path, path, strlen(path) + 1);
  remove_stale(&address);
  out->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  mode_t before = umask(0117); /* its owner and group may connect */
  bool bound = out->fd >= 0 && bind(out->fd, (struct sockaddr *)&address, sizeof address) == 0;
  umask(before);
  return bound && listen(out->fd, BACKLOG) == 0 ? PUBINT_OK : cannot(error, where, errno);
}

/* Whether the text is a number up to 65535. */
static bool is_port(const char *text) {
  size_t digits = strspn(text, "0123456789");
  return digits > 0 && digits <= 5 && text[digits] == '\0' && strtol(text, NULL, 10) <= 65535;
}

static pubint_status open_address(pi_listener *out, const char *where, pubint_error *error) {
  char host[INET6_ADDRSTRLEN + 1];
  const char *colon = strrchr(where, ':');
  size_t len = colon != NULL ? (size_t)(colon - where) : 0;
  const char *from = where;
  if (len >= 2 && where[0] == '[' && where[len - 1] == ']') from = where + 1, len -= 2;
  if (len == 0 || len >= sizeof host || !is_port(colon + 1)) return refuse(error, where);
  memcpy(host, from, len);
  host[len] = '\0';
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV}, *found;
  if (getaddrinfo(strcmp(host, "localhost") == 0 ? "127.0.0.1" : host, colon + 1, &hints, &found) != 0)
    return refuse(error, where);
  int on = 1;
  out->fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (out->fd >= 0) setsockopt(out->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  bool bound =
      out->fd >= 0 && bind(out->fd, found->ai_addr, found->ai_addrlen) == 0 && listen(out->fd, BACKLOG) == 0;
  int reason = errno;
  freeaddrinfo(found);
  return bound ? PUBINT_OK : cannot(error, where, reason);
}

/* The socket that systemd holds for this process (sd_listen_fds(3)). */
static bool take_given(pi_listener *out) {
  const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
  if (pid == NULL || count == NULL || strtol(pid, NULL, 10) != (long)getpid() || strtol(count, NULL, 10) < 1)
    return false;
  out->fd = FIRST_GIVEN;
  out->given = true;
  fcntl(out->fd, F_SETFD, FD_CLOEXEC);
  fcntl(out->fd, F_SETFL, fcntl(out->fd, F_GETFL) | O_NONBLOCK);
  return true;
}

pubint_status pi_listener_open(pi_listener *out, const char *where, pubint_error *error) {
  *out = (pi_listener){.fd = -1};
  pubint_status status = PUBINT_OK;
  if (!take_given(out)) {
    bool path = strncmp(where, PATH_PREFIX, sizeof PATH_PREFIX - 1) == 0;
    status = path ? open_path(out, where, error) : open_address(out, where, error);
  }
  if (status == PUBINT_OK) name(out);
  if (status != PUBINT_OK) pi_listener_close(out);
  return status;
}

void pi_listener_close(pi_listener *self) {
  if (self->fd >= 0) close(self->fd);
  if (self->path && !self->given) unlink(self->name + sizeof PATH_PREFIX - 1);
  self->fd = -1;
}
