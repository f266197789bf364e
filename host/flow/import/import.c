#include "import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "errors.h"
#include "file.h"
#include "file_error.h"
#include "import_case.h"
#include "import_seen.h"
#include "import_sides.h"
#include "import_stream.h"
#include "import_tweet.h"
#include "lines.h"
#include "output.h"
#include "target.h"

enum { LINES_MAX = 1024 * 1024 * 1024, WRITTEN_AT_ONCE = 256 * 1024 };

/* One import. */
typedef struct importing {
  void (*show)(pi_buffer *out, pi_slice line);
  pi_import_report *report;
  pubint_error *error; /* of what ends everything */
  pi_import_side offices;
  pi_import_side violations;
  bool has_offices;
  pi_import_maker maker;
  pi_import_seen seen;
  pi_buffer one;     /* the case being made */
  pi_buffer *lines;  /* cases that wait to be written */
  pi_output *output; /* NULL: they stay where they are */
  pi_import_stream *stream;
  const pi_tree *tree;              /* the value being looked at */
  const pi_import_account *account; /* whose archive it is; NULL: not said */
  uint64_t index;                   /* of the last item of its file */
} importing;

/* --- single Tweets --- */

static pi_import_item item_of(const importing *self, pi_slice id) {
  return (pi_import_item){self->stream->name, self->stream->value_line, self->index, id};
}

/* Refusals about the Tweet end here; other failures go up. */
static pubint_status refuse(const importing *self, pi_slice id, pubint_status status,
                            const pubint_error *why) {
  if (status != PUBINT_E_INPUT) {
    if (self->error != NULL) *self->error = *why;
    return status;
  }
  pi_import_item item = item_of(self, id);
  pi_import_report_refuse(self->report, &item, why);
  return PUBINT_OK;
}

static pubint_status refuse_repeat(const importing *self, pi_slice id, const pi_import_sight *first) {
  pubint_error why;
  pubint_status status = pi_error_set(&why, PI_E_REPEATED_TWEET);
  bool same = first->facts == pi_import_seen_hash(&self->seen, (pi_slice){self->one.data, self->one.len});
  pi_error_found(&why, same ? "the same facts" : "other facts",
                 strlen(same ? "the same facts" : "other facts"));
  snprintf(why.hint, sizeof why.hint, "the first is of %.100s, line %llu", first->file,
           (unsigned long long)first->line);
  return refuse(self, id, status, &why);
}

static pubint_status refuse_unassessed(const importing *self, pi_slice id) {
  pubint_error why;
  pubint_status status = pi_error_set(&why, PI_E_NOT_ASSESSED);
  snprintf(why.expected, sizeof why.expected, "a row for the Tweet; rule none where it breaks no rule");
  return refuse(self, id, status, &why);
}

/* From November 2022 a badge could be bought; then `verified` alone says little of who somebody is. */
static bool is_badge_unclear(const pi_import_tweet *tweet) {
  const pi_node *verified = tweet->author.verified;
  if (verified == NULL || verified->kind != PI_NODE_BOOLEAN || !verified->as.boolean) return false;
  bool before = tweet->created_at.ptr != NULL && memcmp(tweet->created_at.ptr, "2022-11", 7) < 0;
  return tweet->author.verified_type == NULL && !before;
}

static void note_tweet(const importing *self, const pi_import_tweet *tweet, pi_office_found found) {
  pi_import_item item = item_of(self, tweet->id);
  const struct {
    bool holds;
    pi_import_note note;
  } NOTES[] = {
      {tweet->truncated, PI_NOTE_TRUNCATED},
      {tweet->withheld.everywhere, PI_NOTE_EVERYWHERE},
      {tweet->withheld.copyright, PI_NOTE_COPYRIGHT},
      {is_badge_unclear(tweet), PI_NOTE_BADGE},
      {tweet->may_be_cut, PI_NOTE_MAYBE_CUT},
      {tweet->article, PI_NOTE_ARTICLE},
      {tweet->versions, PI_NOTE_VERSIONS},
      {tweet->quotes, PI_NOTE_QUOTES},
      {tweet->quote_unread, PI_NOTE_QUOTE_UNREAD},
      {tweet->author.username.ptr == NULL, PI_NOTE_NO_AUTHOR},
      {self->has_offices && found == PI_OFFICE_NO_ROW, PI_NOTE_NO_OFFICE},
      {found == PI_OFFICE_OUTSIDE, PI_NOTE_OFFICE_OUTSIDE},
      {found == PI_OFFICE_UNCHECKED, PI_NOTE_OFFICE_UNCHECKED},
      {found == PI_OFFICE_UNDATED, PI_NOTE_OFFICE_UNDATED},
  };
  for (size_t i = 0; i < sizeof NOTES / sizeof *NOTES; i++) {
    if (NOTES[i].holds) pi_import_report_note(self->report, &item, NOTES[i].note);
  }
}

/* Writes what waits, where it is enough or `all` of it is wanted. */
static pubint_status flush(importing *self, bool all) {
  if (self->lines->failed) return pi_error_set(self->error, PI_E_NO_MEMORY);
  if (self->output == NULL || (!all && self->lines->len < WRITTEN_AT_ONCE)) return PUBINT_OK;
  pubint_status status = pi_output_write(self->output, self->lines->data, self->lines->len, self->error);
  pi_buffer_reset(self->lines);
  return status;
}

static pubint_status keep(importing *self, const pi_import_tweet *tweet) {
  pi_slice line = {self->one.data, self->one.len};
  pi_import_sight sight = {tweet->id, pi_import_seen_hash(&self->seen, line), self->stream->name,
                           self->stream->value_line};
  if (!pi_import_seen_add(&self->seen, &sight)) return pi_error_set(self->error, PI_E_NO_MEMORY);
  if (self->show != NULL) {
    self->show(self->lines, line);
  } else {
    pi_buffer_slice(self->lines, line);
  }
  pi_buffer_byte(self->lines, '\n');
  self->report->in++;
  self->report->imported++;
  self->report->shapes[tweet->shape - PI_IMPORT_SHAPES]++;
  return flush(self, false);
}

/* An archive's Tweets do not say whose they are: their account's own file does. */
static pubint_status give_account(const importing *self, pi_import_tweet *tweet, pubint_error *error) {
  bool unsaid = tweet->author.id.ptr == NULL && tweet->author.username.ptr == NULL;
  if (!unsaid || self->account == NULL || tweet->shape != &PI_IMPORT_SHAPES[PI_IMPORT_SHAPE_ARCHIVE]) {
    return PUBINT_OK;
  }
  pi_import_reader reader = {.tree = self->tree, .error = error, .prefix = ""};
  tweet->author = self->account->author;
  pi_import_withheld_join(&tweet->withheld, &reader, &self->account->withheld);
  return reader.status;
}

static pubint_status take_tweet(importing *self, const pi_import_shape *shape, uint32_t node,
                                const pi_import_users *users) {
  pi_import_tweet tweet;
  pubint_error why;
  pubint_status status =
      pi_import_tweet_read(&tweet, self->tree, shape, node, users, &self->stream->arena, &why);
  if (status == PUBINT_OK) status = give_account(self, &tweet, &why);
  pi_import_rows rows = {.offices = &self->offices, .violations = &self->violations};
  if (tweet.id.ptr != NULL) { /* of a Tweet that is refused too, the rows have found it */
    rows.violations_count = pi_import_violations_find(&self->violations, tweet.id, &rows.violation);
  }
  if (status != PUBINT_OK) return refuse(self, tweet.id, status, &why);
  if (rows.violations_count == 0 && !tweet.withheld.copyright) return refuse_unassessed(self, tweet.id);
  pi_office_found found = pi_import_office_find(&self->offices, tweet.author.id, tweet.author.username,
                                                tweet.created_at, &rows.office);
  rows.has_office = found == PI_OFFICE_FOUND || found == PI_OFFICE_UNCHECKED;
  pi_buffer_reset(&self->one);
  status = pi_import_case_make(&self->maker, &tweet, &rows, &self->one, &why);
  if (status != PUBINT_OK) return refuse(self, tweet.id, status, &why);
  const pi_import_sight *first = pi_import_seen_find(&self->seen, tweet.id);
  if (first != NULL) return refuse_repeat(self, tweet.id, first);
  status = keep(self, &tweet);
  if (status == PUBINT_OK) note_tweet(self, &tweet, found);
  return status;
}

/* --- what a payload holds --- */

/* What stands at `node` instead of a Tweet, by its first keys: "an object with end, start, tweet_count". */
static void describe(const pi_tree *tree, uint32_t node, char *out, size_t size) {
  const pi_node *value = &tree->nodes[node];
  if (value->kind != PI_NODE_OBJECT) {
    snprintf(out, size, value->kind == PI_NODE_ARRAY ? "an array" : "a single value");
    return;
  }
  char text[512];
  size_t length =
      (size_t)snprintf(text, sizeof text, value->count > 0 ? "an object with " : "an empty object");
  for (uint32_t i = 0; i < value->count && length < size; i++) {
    pi_slice key = tree->nodes[value->as.first + i].key;
    int cut = key.len < 40 ? (int)key.len : 40;
    length +=
        (size_t)snprintf(text + length, sizeof text - length, "%s%.*s", i > 0 ? ", " : "", cut, key.ptr);
  }
  pi_error_field(out, size, text, strlen(text));
}

static pubint_status refuse_no_tweet(importing *self, pi_import_reader *reader, uint32_t node) {
  pubint_error why;
  pubint_status status = pi_error_set(&why, PI_E_NO_TWEET);
  const char *other = pi_import_shape_other(reader, node);
  if (other != NULL) {
    snprintf(why.found, sizeof why.found, "%s", other);
  } else {
    describe(self->tree, node, why.found, sizeof why.found);
  }
  snprintf(why.expected, sizeof why.expected, "a Tweet: an object with an id and a text");
  snprintf(why.hint, sizeof why.hint,
           "`pubint help import` says by which names each shape of a Tweet is known");
  return refuse(self, (pi_slice){NULL, 0}, status, &why);
}

static pubint_status take_item(importing *self, uint32_t node, const pi_import_users *users) {
  pi_import_reader reader = {.tree = self->tree, .arena = &self->stream->arena, .prefix = ""};
  uint32_t tweet;
  self->index++;
  const pi_import_shape *shape = pi_import_shape_find(&reader, node, &tweet);
  return shape != NULL ? take_tweet(self, shape, tweet, users) : refuse_no_tweet(self, &reader, node);
}

static bool is_container(const pi_node *node) {
  return node != NULL && (node->kind == PI_NODE_ARRAY || node->kind == PI_NODE_OBJECT);
}

/* The one Tweet at `node`, or those of the array there. */
static pubint_status take_items(importing *self, uint32_t node, const pi_import_users *users) {
  const pi_node *list = &self->tree->nodes[node];
  if (list->kind != PI_NODE_ARRAY) return take_item(self, node, users);
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < list->count && status == PUBINT_OK; i++) {
    status = take_item(self, list->as.first + i, users);
  }
  return status;
}

/* Twitter's own error instead of data. */
static pubint_status refuse_api_error(importing *self, const pi_node *errors) {
  pubint_error why;
  self->index++;
  pubint_status status = pi_error_setf(&why, PI_E_NO_TWEET, "an error of the API instead of Tweets");
  static const char *const KEYS[] = {"detail", "message", "title"};
  pi_import_reader reader = {.tree = self->tree, .arena = &self->stream->arena, .prefix = ""};
  for (size_t i = 0; errors->count > 0 && i < sizeof KEYS / sizeof *KEYS && why.found[0] == '\0'; i++) {
    const pi_node *text = pi_import_read_node(&reader, pi_import_read_at(&reader, errors->as.first, KEYS[i]));
    if (text == NULL || text->kind != PI_NODE_STRING) continue;
    pi_error_found(&why, text->as.string.ptr, text->as.string.len);
  }
  return refuse(self, (pi_slice){NULL, 0}, status, &why);
}

/* Whether an answer says of itself that it holds nothing. */
static bool is_empty_page(pi_import_reader *reader, uint32_t node) {
  const pi_node *count = pi_import_read_node(reader, pi_import_read_at(reader, node, "meta/result_count"));
  return count != NULL && count->kind == PI_NODE_INTEGER && count->as.integer == 0;
}

/* The Tweets of an envelope; PI_IMPORT_NOWHERE where there is none. */
static uint32_t find_items(pi_import_reader *reader, uint32_t node) {
  static const char *const ENVELOPES[] = {"data", "statuses", "results"}; /* v2, v1.1, v1.1 premium */
  for (size_t i = 0; i < sizeof ENVELOPES / sizeof *ENVELOPES; i++) {
    uint32_t items = pi_import_read_at(reader, node, ENVELOPES[i]);
    if (is_container(pi_import_read_node(reader, items))) return items;
  }
  return PI_IMPORT_NOWHERE;
}

/* An envelope, an error, an empty page, or a Tweet of its own. */
static pubint_status take_object(importing *self, uint32_t node) {
  const pi_tree *tree = self->tree;
  pi_import_users users = {0};
  pi_import_reader reader = {.tree = tree, .arena = &self->stream->arena, .prefix = ""};
  uint32_t tweet;
  const pi_node *errors = pi_import_read_node(&reader, pi_import_read_at(&reader, node, "errors"));
  if (errors != NULL && errors->kind != PI_NODE_ARRAY) errors = NULL;
  uint32_t items = find_items(&reader, node);
  bool is_tweet = pi_import_shape_find(&reader, node, &tweet) != NULL;
  if (is_tweet || items == PI_IMPORT_NOWHERE) {
    if (errors != NULL && !is_tweet) return refuse_api_error(self, errors);
    if (!is_tweet && is_empty_page(&reader, node)) return PUBINT_OK;
    return take_item(self, node, &users);
  }
  if (errors != NULL) self->report->api_errors += errors->count;
  uint32_t includes = pi_import_read_at(&reader, node, "includes");
  if (!pi_import_users_index(&users, tree, includes, &self->stream->arena)) {
    return pi_error_set(self->error, PI_E_NO_MEMORY);
  }
  return take_items(self, items, &users);
}

/* A value of a file: an object, or an array of them. */
static pubint_status take_value(importing *self, const pi_tree *tree) {
  self->tree = tree;
  uint32_t root = pi_tree_root(tree);
  const pi_node *value = &tree->nodes[root];
  if (value->kind != PI_NODE_ARRAY) return take_object(self, root);
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < value->count && status == PUBINT_OK; i++) {
    status = take_object(self, value->as.first + i);
  }
  return status;
}

static pubint_status take_stream(importing *self, pi_import_stream *stream) {
  self->stream = stream;
  self->index = 0;
  for (;;) {
    pi_tree tree;
    pubint_error why;
    bool more;
    pubint_status status = pi_import_stream_next(stream, &tree, &more, &why);
    if (status == PUBINT_E_INPUT && !stream->failed) {
      pi_import_item item = {stream->name, stream->value_line, 0, {NULL, 0}};
      pi_import_report_refuse(self->report, &item, &why);
    } else if (status != PUBINT_OK) {
      if (self->error != NULL) *self->error = why;
      return status;
    } else if (more) {
      status = take_value(self, &tree);
    }
    if (pi_import_report_failed(self->report)) return pi_error_set(self->error, PI_E_NO_MEMORY);
    if (status != PUBINT_E_INPUT && (status != PUBINT_OK || !more)) return status;
  }
}

/* --- the whole --- */

static void report_unused(const importing *self, const pi_import_side *side, int key, int other,
                          pi_import_unused unused) {
  for (size_t row = 0; row < side->csv.rows; row++) {
    if (side->used[row]) continue;
    const pi_csv_cell *cell = pi_import_cell(side, row, key);
    if (cell == NULL) cell = pi_import_cell(side, row, other);
    if (cell != NULL) pi_import_report_unused(self->report, unused, side->csv.file, cell);
  }
}

static pubint_status begin(importing *self, pi_import_report *report, pi_buffer *lines, pubint_error *error) {
  *self = (importing){.report = report, .lines = lines, .error = error};
  pi_import_maker_init(&self->maker);
  pi_secret secret;
  pubint_status status = pi_secret_draw(&secret, error);
  pi_import_seen_init(&self->seen, &secret);
  pi_buffer_init(&self->one, LINES_MAX);
  return status;
}

static void end(importing *self) {
  pi_import_side_dispose(&self->offices);
  pi_import_side_dispose(&self->violations);
  pi_import_maker_dispose(&self->maker);
  pi_import_seen_dispose(&self->seen);
  pi_buffer_dispose(&self->one);
}

/* Reads the account's own file, which stays open as what was read of it lives there. */
static pubint_status load_account(importing *self, pi_import_stream *stream, pi_import_account *account,
                                  const char *name) {
  pubint_error why = {0};
  pi_tree tree;
  bool more = false;
  pubint_status status = pi_import_stream_open(stream, name, &why);
  if (status == PUBINT_OK) status = pi_import_stream_next(stream, &tree, &more, &why);
  pi_import_reader reader = {.arena = &stream->arena, .error = &why, .prefix = "", .status = status};
  if (status == PUBINT_OK && !more) {
    status = pi_error_set(&why, PI_E_EMPTY);
  } else if (status == PUBINT_OK) {
    reader.tree = &tree;
    pi_import_account_read(account, &reader);
    status = reader.status;
    if (status == PUBINT_OK && !pi_import_stream_is_over(stream)) {
      status = pi_error_setf(&why, PI_E_SECOND_VALUE, "the file holds more than one account");
    }
    self->account = account;
  }
  if (status == PUBINT_OK) return status;
  if (why.file[0] == '\0') pi_error_field(why.file, sizeof why.file, name, strlen(name));
  if (self->error != NULL) *self->error = why;
  return status;
}

/* Without an assessment of any Tweet nothing can be imported, and nothing is read. */
static pubint_status refuse_no_violations(pubint_error *error) {
  pubint_status status =
      pi_error_setf(error, PI_E_NOT_ASSESSED, "no Tweet was assessed: --violations is missing");
  if (error == NULL) return status;
  snprintf(error->expected, sizeof error->expected, "--violations CSV, with a row for each Tweet");
  snprintf(error->hint, sizeof error->hint, "`pubint import --template violations` prints its head");
  return status;
}

/* Reads the side files that there are: by name, or `texts` of them. */
static pubint_status load_sides(importing *self, const char *offices, const char *violations,
                                const pi_import_texts *texts) {
  pubint_status status = violations == NULL ? refuse_no_violations(self->error) : PUBINT_OK;
  self->has_offices = offices != NULL;
  if (status == PUBINT_OK && offices != NULL) {
    const pi_slice *text = texts != NULL ? &texts->offices : NULL;
    status = pi_import_offices_load(&self->offices, offices, text, self->error);
  }
  if (status == PUBINT_OK) {
    const pi_slice *text = texts != NULL ? &texts->violations : NULL;
    status = pi_import_violations_load(&self->violations, violations, text, self->error);
  }
  return status;
}

static pubint_status finish(importing *self) {
  pubint_status status = flush(self, true);
  const int *offices = self->offices.columns;
  if (self->has_offices) {
    report_unused(self, &self->offices, offices[PI_OFFICE_ACCOUNT_ID], offices[PI_OFFICE_USERNAME],
                  PI_UNUSED_OFFICE);
  }
  if (self->violations.csv.file != NULL) {
    int id = self->violations.columns[PI_VIOLATION_TWEET_ID];
    report_unused(self, &self->violations, id, PI_IMPORT_NO_COLUMN, PI_UNUSED_VIOLATION);
  }
  if (status != PUBINT_OK || !pi_import_report_failed(self->report)) return status;
  return pi_error_set(self->error, PI_E_NO_MEMORY);
}

/* Writing over what is being read would lose both. */
static pubint_status check_output(const pi_import_options *options, pubint_error *error) {
  const char *sides[] = {options->offices, options->violations, options->account};
  enum { SIDES = sizeof sides / sizeof *sides };
  for (size_t i = 0; i < options->files_count + SIDES; i++) {
    const char *name = i < SIDES ? sides[i] : options->files[i - SIDES];
    pubint_status status = pi_target_refuse_input(options->out, name, error);
    if (status != PUBINT_OK) return status;
  }
  return PUBINT_OK;
}

/* An OUT that exists is emptied only where there is something to read. */
static pubint_status check_files(const pi_import_options *options, pubint_error *error) {
  for (size_t i = 0; i < options->files_count; i++) {
    const char *name = options->files[i];
    struct stat status;
    if (strcmp(name, "-") == 0) continue;
    if (stat(name, &status) != 0 || access(name, R_OK) != 0) {
      return pi_file_error(error, PI_E_CANNOT_READ, name, errno);
    }
    if (S_ISDIR(status.st_mode)) return pi_file_error(error, PI_E_CANNOT_READ, name, EISDIR);
  }
  return PUBINT_OK;
}

/* What came from standard input is gone then. */
static pubint_status check_standard_input(const pi_import_options *options, pubint_error *error) {
  const char *sides[] = {options->offices, options->violations, options->account};
  size_t count = 0;
  for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
    count += sides[i] != NULL && strcmp(sides[i], "-") == 0;
  }
  for (size_t i = 0; i < options->files_count; i++) count += strcmp(options->files[i], "-") == 0;
  return count < 2 ? PUBINT_OK : pi_error_setf(error, PI_E_ARGUMENTS, "standard input is named twice");
}

static pubint_status take_files(importing *self, const pi_import_options *options) {
  pubint_status status = PUBINT_OK;
  for (size_t i = 0; i < options->files_count && status == PUBINT_OK; i++) {
    pi_import_stream stream;
    status = pi_import_stream_open(&stream, options->files[i], self->error);
    if (status == PUBINT_OK) status = take_stream(self, &stream);
    pi_import_stream_close(&stream);
  }
  return status;
}

/* All cases, into OUT as a whole or not at all: one that is cut short would look like all there is. */
static pubint_status write_cases(importing *self, const pi_import_options *options, pi_output *output,
                                 pubint_error *error) {
  bool named = options->out != NULL;
  pi_target target = {.fd = STDOUT_FILENO};
  pi_target_over over = options->force ? PI_TARGET_FORCE : PI_TARGET_NAMED;
  pubint_status status =
      named ? pi_target_open(&target, options->out, over, PI_TARGET_MODE, error) : PUBINT_OK;
  *output = (pi_output){.name = options->out, .fd = target.fd};
  if (status == PUBINT_OK) status = take_files(self, options);
  if (status == PUBINT_OK) status = finish(self);
  if (!named) return status;
  if (status == PUBINT_OK) return pi_target_keep(&target, error);
  pi_target_drop(&target);
  return status;
}

pubint_status pi_import_run(const pi_import_options *options, pi_import_report *report, pubint_error *error) {
  importing self;
  pi_buffer lines;
  pi_output output = {.fd = -1};
  pi_import_stream own = {.source.fd = -1};
  pi_import_account account;
  pi_buffer_init(&lines, LINES_MAX);
  pubint_status status = begin(&self, report, &lines, error);
  self.show = options->show;
  self.output = &output;
  if (status == PUBINT_OK) status = check_output(options, error);
  if (status == PUBINT_OK) status = check_standard_input(options, error);
  if (status == PUBINT_OK) status = check_files(options, error);
  if (status == PUBINT_OK && options->account != NULL) {
    status = load_account(&self, &own, &account, options->account);
  }
  if (status == PUBINT_OK) status = load_sides(&self, options->offices, options->violations, NULL);
  if (status == PUBINT_OK) status = write_cases(&self, options, &output, error);
  end(&self);
  if (options->account != NULL) pi_import_stream_close(&own);
  pi_buffer_dispose(&lines);
  return status;
}

pubint_status pi_import_texts_run(const pi_import_texts *texts, pi_buffer *out, pi_import_report *report,
                                  pubint_error *error) {
  importing self;
  pi_import_stream stream;
  pubint_status status = begin(&self, report, out, error);
  if (status == PUBINT_OK) {
    status = load_sides(&self, texts->offices.ptr != NULL ? "offices.csv" : NULL,
                        texts->violations.ptr != NULL ? "violations.csv" : NULL, texts);
  }
  if (status == PUBINT_OK) {
    status = pi_import_stream_text(&stream, "payload.json", texts->payload, error);
    if (status == PUBINT_OK) status = take_stream(&self, &stream);
    if (status == PUBINT_OK) status = finish(&self);
    pi_import_stream_close(&stream);
  }
  end(&self);
  return status;
}
