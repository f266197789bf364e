#include "feed.h"

void pi_feed_init(pi_feed *feed) {
  *feed = (pi_feed){.lines = {.source.fd = -1}};
  pthread_mutex_init(&feed->reading, NULL); /* none of these can fail with default attributes */
  pthread_mutex_init(&feed->order, NULL);
  pthread_cond_init(&feed->read_freed, NULL);
  pthread_cond_init(&feed->next_changed, NULL);
}

void pi_feed_dispose(pi_feed *feed) {
  pi_lines_close(&feed->lines);
  pthread_cond_destroy(&feed->next_changed);
  pthread_cond_destroy(&feed->read_freed);
  pthread_mutex_destroy(&feed->order);
  pthread_mutex_destroy(&feed->reading);
}

pubint_status pi_feed_take(pi_feed *feed, pi_block *block, bool *more, pubint_error *error) {
  *more = false;
  pthread_mutex_lock(&feed->order);
  bool ended = feed->ended;
  pthread_mutex_unlock(&feed->order);
  if (ended) return PUBINT_OK;
  pthread_mutex_lock(&feed->reading);
  while (feed->being_read) pthread_cond_wait(&feed->read_freed, &feed->reading);
  feed->being_read = true;
  pthread_mutex_unlock(&feed->reading);
  pubint_status status = pi_lines_next(&feed->lines, block, more, error);
  pthread_mutex_lock(&feed->reading);
  feed->being_read = false;
  pthread_cond_signal(&feed->read_freed);
  pthread_mutex_unlock(&feed->reading);
  return status;
}

bool pi_feed_enter(pi_feed *feed, uint64_t sequence) {
  pthread_mutex_lock(&feed->order);
  while (feed->next != sequence && !feed->ended) pthread_cond_wait(&feed->next_changed, &feed->order);
  return !feed->ended;
}

void pi_feed_leave(pi_feed *feed, bool passed, bool ends) {
  if (passed) {
    feed->next++;
    feed->ended = feed->ended || ends;
    pthread_cond_broadcast(&feed->next_changed);
  }
  pthread_mutex_unlock(&feed->order);
}
