#include "links.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "stopwatch.h"

void pi_links_init(pi_links *self) {
  *self = (pi_links){.first = NULL};
  pthread_mutex_init(&self->lock, NULL);
}

void pi_links_dispose(pi_links *self) {
  while (self->first != NULL) pi_links_remove(self, self->first);
  pthread_mutex_destroy(&self->lock);
}

/* The address as a number: that of IPv4, or the network half of IPv6, whose other half a host has to itself.
 */
static uint64_t peer_of(const struct sockaddr *peer) {
  uint64_t half = 0;
  if (peer != NULL && peer->sa_family == AF_INET) {
    uint32_t address = ntohl(((const struct sockaddr_in *)(const void *)peer)->sin_addr.s_addr);
    return address >> 24 == 127 ? 0 : address;
  }
  if (peer == NULL || peer->sa_family != AF_INET6) return 0;
  const struct in6_addr *address = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
  if (!IN6_IS_ADDR_LOOPBACK(address)) memcpy(&half, address, sizeof half);
  return half;
}

bool pi_links_may_come(pi_links *self, const struct sockaddr *peer, uint64_t most) {
  uint64_t from = peer_of(peer), count = 0;
  if (from == 0) return true;
  pthread_mutex_lock(&self->lock);
  for (const pi_link *link = self->first; link != NULL; link = link->next) count += link->peer == from;
  pthread_mutex_unlock(&self->lock);
  return count < most;
}

pi_link *pi_links_add(pi_links *self, int fd, const struct sockaddr *peer) {
  pi_link *link = malloc(sizeof *link);
  if (link == NULL) return NULL;
  *link = (pi_link){.fd = fd, .peer = peer_of(peer)};
  pi_link_enter(link, PI_LINK_IDLE);
  pthread_mutex_lock(&self->lock);
  link->next = self->first;
  if (self->first != NULL) self->first->last = link;
  self->first = link;
  self->count++;
  pthread_mutex_unlock(&self->lock);
  return link;
}

void pi_links_remove(pi_links *self, pi_link *link) {
  if (link == NULL) return;
  pthread_mutex_lock(&self->lock);
  if (link->next != NULL) link->next->last = link->last;
  if (link->last != NULL) link->last->next = link->next;
  if (self->first == link) self->first = link->next;
  self->count--;
  pthread_mutex_unlock(&self->lock);
  free(link);
}

void pi_link_enter(pi_link *self, pi_link_phase phase) {
  if (self == NULL) return;
  atomic_store_explicit(&self->since, pi_stopwatch_now(), memory_order_relaxed);
  atomic_store_explicit(&self->phase, phase, memory_order_relaxed);
}

static pi_link_phase phase_of(const pi_link *link) {
  return (pi_link_phase)atomic_load_explicit(&link->phase, memory_order_relaxed);
}

/* What a client whose request does not come to its end is told before its connection ends. */
static const char SLOW[] =
    "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
    "Content-Length: 112\r\n\r\n"
    "{\"type\":\"urn:pubint:error:E4155\",\"title\":\"Request Timeout\",\"status\":408,"
    "\"detail\":\"the request came too slowly\"}\n";

static void cut(pi_link *link, pi_link_phase phase) {
  if (phase == PI_LINK_BODY) (void)!send(link->fd, SLOW, sizeof SLOW - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
  shutdown(link->fd, SHUT_RDWR);
  link->cut = true;
}

/* The socket stays open while the lock is held: it is removed from here before it is closed. */
void pi_links_sweep(pi_links *self, const uint64_t limits[PI_LINK_PHASES]) {
  int64_t now = pi_stopwatch_now();
  pthread_mutex_lock(&self->lock);
  for (pi_link *link = self->first; link != NULL; link = link->next) {
    pi_link_phase phase = phase_of(link);
    int64_t limit = (int64_t)limits[phase] * 1000000000;
    int64_t since = atomic_load_explicit(&link->since, memory_order_relaxed);
    if (limit > 0 && now - since > limit && !link->cut) cut(link, phase);
  }
  pthread_mutex_unlock(&self->lock);
}

void pi_links_end_idle(pi_links *self) {
  pthread_mutex_lock(&self->lock);
  for (const pi_link *link = self->first; link != NULL; link = link->next) {
    if (phase_of(link) == PI_LINK_IDLE) shutdown(link->fd, SHUT_RD);
  }
  pthread_mutex_unlock(&self->lock);
}

unsigned pi_links_busy(pi_links *self) {
  unsigned busy = 0;
  pthread_mutex_lock(&self->lock);
  for (const pi_link *link = self->first; link != NULL; link = link->next) {
    busy += phase_of(link) != PI_LINK_IDLE;
  }
  pthread_mutex_unlock(&self->lock);
  return busy;
}
