#include "crew.h"

#include <stdlib.h>
#include <string.h>

#include "errors.h"
#include "stack.h"

/* A block whose text grows beyond TEXT_PIECE is handed in by pieces, so that memory stays bounded. */
enum { TEXT_PIECE = 2 * 1024 * 1024, TEXT_MAX = 64 * 1024 * 1024 };

void pi_crew_init(pi_crew *crew, const pi_crew_job *job, const pi_stop *stop) {
  *crew = (pi_crew){.job = job, .stop = stop};
  pi_feed_init(&crew->feed);
}

void pi_crew_dispose(pi_crew *crew) {
  pi_feed_dispose(&crew->feed);
}

/* ---- a block ---- */

/* While the block is next. */
static pubint_status hand_in(pi_crew_hand *hand, pubint_error *error) {
  pi_slice text = {hand->text.data, hand->text.len};
  while (text.len > 0 && text.ptr[text.len - 1] != '\n') text.len--; /* a line that memory ran out in */
  pubint_status status = hand->crew->job->hand_in(hand, text, error);
  pi_buffer_reset(&hand->text);
  return status;
}

static pubint_status hand_in_piece(pi_crew_hand *hand, pubint_error *error) {
  pi_feed *feed = &hand->crew->feed;
  pubint_status status = PUBINT_OK;
  if (pi_feed_enter(feed, hand->block.sequence)) status = hand_in(hand, error);
  pi_buffer_reset(&hand->text);
  pi_feed_leave(feed, false, false);
  return status;
}

/* The line of a block behind `at`, without its newline; false behind the last. */
static bool next_line(const pi_block *block, size_t *at, pi_slice *line) {
  if (*at >= block->bytes) return false;
  const char *begin = block->data + *at;
  const char *newline = memchr(begin, '\n', block->bytes - *at);
  *line = (pi_slice){begin, newline != NULL ? (size_t)(newline - begin) : block->bytes - *at};
  *at += line->len + (newline != NULL);
  return true;
}

static pubint_status work_block(pi_crew_hand *hand, pubint_error *error) {
  const pi_crew *crew = hand->crew;
  const pi_block *block = &hand->block;
  uint64_t number = block->first_line;
  pubint_status status = PUBINT_OK;
  size_t at = 0;
  pi_slice line;
  while (status == PUBINT_OK && !hand->cut && next_line(block, &at, &line)) {
    status = crew->job->line(hand, line, number++, error);
    hand->cut = hand->cut || (at < block->bytes && pi_stop_asked(crew->stop));
    if (status == PUBINT_OK && hand->text.len > TEXT_PIECE) status = hand_in_piece(hand, error);
  }
  return status;
}

/* Waits until the block is next, hands in the rest and lets the one behind it be next. False when the worker
 * is to end. */
static bool finish_block(pi_crew_hand *hand, pubint_status status, pubint_error *error) {
  pi_crew *crew = hand->crew;
  bool is_next = pi_feed_enter(&crew->feed, hand->block.sequence);
  bool goes_on = false;
  if (is_next) {
    pubint_error other;
    pubint_status handed = hand_in(hand, status == PUBINT_OK ? error : &other);
    if (status == PUBINT_OK) status = handed;
    if (status == PUBINT_OK) status = crew->job->pass(hand, error);
    crew->cut = hand->cut;
    crew->status = status;
    if (status != PUBINT_OK) crew->error = *error;
    goes_on = status == PUBINT_OK && !hand->cut;
  }
  pi_feed_leave(&crew->feed, is_next, !goes_on);
  return goes_on;
}

static void *work(void *argument) {
  pi_crew_hand *hand = argument;
  for (bool goes_on = true; goes_on;) {
    pubint_error error = {0};
    bool more = false;
    pi_buffer_reset(&hand->text);
    hand->cut = false;
    pubint_status status = pi_feed_take(&hand->crew->feed, &hand->block, &more, &error);
    if (status == PUBINT_OK && !more) break;
    if (hand->crew->job->begin != NULL) hand->crew->job->begin(hand);
    if (status == PUBINT_OK) status = work_block(hand, &error);
    goes_on = finish_block(hand, status, &error);
  }
  return NULL;
}

/* ---- workers ---- */

static pi_crew_hand *worker_at(const pi_crew *crew, char *workers, unsigned i) {
  return (pi_crew_hand *)(void *)(workers + i * crew->job->worker_bytes);
}

static pubint_status open_worker(pi_crew *crew, pi_crew_hand *hand, pubint_error *error) {
  hand->crew = crew;
  pi_buffer_init(&hand->text, TEXT_MAX);
  pubint_status status = crew->job->open(hand, error);
  hand->block.data = malloc(PI_BLOCK_BYTES);
  if (status == PUBINT_OK && hand->block.data == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  return status;
}

static void close_worker(pi_crew *crew, pi_crew_hand *hand) {
  crew->job->close(hand);
  pi_buffer_dispose(&hand->text);
  free(hand->block.data);
}

static void run_threads(pi_crew *crew, char *workers, unsigned count) {
  pthread_t *threads = calloc(count, sizeof *threads);
  unsigned started = 1;
  for (; threads != NULL && started < count; started++) {
    if (!pi_stack_start_thread(&threads[started], work, worker_at(crew, workers, started))) break;
  }
  work(worker_at(crew, workers, 0));
  for (unsigned i = 1; i < started; i++) pthread_join(threads[i], NULL);
  free(threads);
}

pubint_status pi_crew_run(pi_crew *crew, unsigned count, pubint_error *error) {
  char *workers = calloc(count, crew->job->worker_bytes);
  if (workers == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = PUBINT_OK;
  unsigned opened = 0;
  for (; opened < count && status == PUBINT_OK; opened++) {
    status = open_worker(crew, worker_at(crew, workers, opened), error);
  }
  if (status == PUBINT_OK) run_threads(crew, workers, count);
  for (unsigned i = 0; i < opened; i++) close_worker(crew, worker_at(crew, workers, i));
  free(workers);
  return status;
}
