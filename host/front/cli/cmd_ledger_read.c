/* pubint ledger show, list and next: what the ledger holds. */
#include <stdio.h>
#include <string.h>

#include "ledger_commands.h"
#include "outline.h"
#include "phrases.h"
#include "queue.h"
#include "record_show.h"
#include "rules.h"
#include "times.h"

typedef struct read_options {
  pi_ledger_options shared;
  const char *rule;
  const char *market;
  unsigned state;
  uint64_t count;
} read_options;

/* Of --state: all states but PI_STATE_ABSENT, which stands for any. */
#define NEXT_COUNT 5
enum { RECORD_BYTES_MAX = 512 * 1024 * 1024, ARENA_BLOCK = 256 * 1024 };

#define RULE_OPTION                                                                                          \
  { 'r', "rule", PI_OPTION_TEXT, "ID", NULL, offsetof(read_options, rule), "those that break that rule" }
#define MARKET_OPTION                                                                                        \
  { 'm', "market", PI_OPTION_TEXT, "ID", NULL, offsetof(read_options, market), "those of that market" }

static const pi_option SHOW_OPTIONS[] = {
    PI_LEDGER_OPTION(read_options),
    PI_LEDGER_WAITED_OPTION(read_options, "it has"),
};

static const pi_option LIST_OPTIONS[] = {
    PI_LEDGER_OPTION(read_options),
    {'s', "state", PI_OPTION_CHOICE, "WORD", PI_STATE_NAMES + 1, offsetof(read_options, state), NULL},
    RULE_OPTION,
    MARKET_OPTION,
    {'n', "count", PI_OPTION_COUNT, "N", NULL, offsetof(read_options, count), "at most so many (else all)"},
    PI_LEDGER_WAITED_OPTION(read_options, "they have"),
};

static const pi_option NEXT_OPTIONS[] = {
    PI_LEDGER_OPTION(read_options),
    RULE_OPTION,
    MARKET_OPTION,
    {'n', "count", PI_OPTION_COUNT, "N", NULL, offsetof(read_options, count),
     "at most so many a step (else " PI_SPELL(NEXT_COUNT) ")"},
    PI_LEDGER_WAITED_OPTION(read_options, "they have"),
};

/* ---- show ---- */

static pi_exit show_record(pi_ledger *ledger, const pi_call *call, int64_t now) {
  pubint_error error;
  pi_record record;
  pi_arena arena;
  pi_exit status = PI_EXIT_DONE;
  pi_arena_init(&arena, ARENA_BLOCK, RECORD_BYTES_MAX);
  if (pi_record_read(&record, ledger, pi_slice_of(call->arguments.items[0]), PI_RECORD_WHOLE, &arena,
                     &error) != PUBINT_OK) {
    status = pi_complain(&error);
  } else if (call->common.json) {
    pi_buffer line;
    pi_buffer_init(&line, RECORD_BYTES_MAX);
    pi_record_write(&line, &record);
    pi_ledger_shared_put_json(call, &line);
  } else {
    pi_page page;
    pi_command_page(call, &page);
    pi_record_show(&page, &record, now);
    pi_page_dispose(&page);
  }
  pi_arena_dispose(&arena);
  return status;
}

static pi_exit run_show(const pi_command *command, pi_call *call) {
  read_options options = {0};
  pi_exit status;
  int64_t now;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  if (call->arguments.count < 1) return pi_ledger_shared_lacks(command, "the case's id is missing");
  if (!pi_ledger_shared_time(&options.shared, &now, &status)) return status;
  pi_ledger *ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_READ, &status);
  if (ledger == NULL) return status;
  status = show_record(ledger, call, now);
  pi_ledger_close(ledger);
  return status;
}

/* ---- rows ---- */

/* Where rows go, and what they are told at. */
typedef struct listing {
  const pi_call *call;
  pi_page *page;
  int64_t now;
  uint64_t rows;  /* of the list, or of the step at hand */
  unsigned steps; /* shown so far */
} listing;

static void write_row(pi_buffer *buffer, const pi_queue_row *row, int64_t now) {
  pi_outline line = pi_outline_begin(buffer), *out = &line;
  pi_outline_string(out, "id", row->id);
  pi_outline_integer(out, "round", row->round);
  pi_outline_text(out, "state", pi_record_word_at(PI_STATE_NAMES, row->state));
  pi_outline_time(out, "since", row->since);
  if (row->state != PI_STATE_DECIDED) pi_outline_integer(out, "waited_s", now - row->since);
  pi_outline_string(out, "outcome", row->outcome);
  if (row->has_margin) pi_outline_decimal(out, "margin", row->margin, 9);
  pi_outline_open(out, "rules", '[');
  for (size_t at = 0; at < row->rules.len;) {
    size_t end = at;
    while (end < row->rules.len && row->rules.ptr[end] != ' ') end++;
    pi_outline_string(out, NULL, (pi_slice){row->rules.ptr + at, end - at});
    at = end + 1;
  }
  pi_outline_close(out, ']');
  pi_outline_given(out, "market", row->market);
  pi_outline_integer(out, "backgrounds", row->backgrounds);
  pi_outline_bool(out, "market_heard", row->market_heard);
  pi_outline_given(out, "decision", row->decision);
  pi_outline_end(out);
}

static void head_row(listing *self) {
  const pi_cell cells[] = {
      {2, 28, PI_STYLE_FAINT, false, PI_SLICE("case")},   {32, 6, PI_STYLE_FAINT, false, PI_SLICE("market")},
      {40, 21, PI_STYLE_FAINT, false, PI_SLICE("rules")}, {63, 7, PI_STYLE_FAINT, false, PI_SLICE("says")},
      {71, 7, PI_STYLE_FAINT, true, PI_SLICE("margin")},  {80, 11, PI_STYLE_FAINT, false, PI_SLICE("stands")},
      {92, 8, PI_STYLE_FAINT, true, PI_SLICE("for")},
  };
  pi_page_row(self->page, cells, sizeof cells / sizeof cells[0]);
}

/* "3 d", "4 h", "12 min", "45 s": the larger unit alone. */
static void say_shortly(int64_t seconds, char out[PI_DURATION_BYTES]) {
  pi_duration_say(seconds > 0 ? seconds : 0, out);
  char *space = strchr(out, ' ');
  space = space != NULL ? strchr(space + 1, ' ') : NULL;
  if (space != NULL) *space = '\0';
}

static void show_row(listing *self, const pi_queue_row *row) {
  char margin[32] = "", since[PI_DURATION_BYTES] = "";
  if (row->has_margin) pi_margin_say(row->margin, margin);
  bool decided = row->state == PI_STATE_DECIDED;
  say_shortly(self->now - row->since, since);
  pi_slice stands = decided && row->decision.ptr != NULL
                        ? pi_say_outcome_word(row->decision)
                        : pi_slice_of(pi_record_word_at(PI_STATE_NAMES, row->state));
  const pi_cell cells[] = {
      {2, 28, PI_STYLE_STRONG, false, row->id},
      {32, 6, PI_STYLE_PLAIN, false, row->market.ptr != NULL ? row->market : PI_SLICE("?")},
      {40, 21, PI_STYLE_PLAIN, false, row->rules},
      {63, 7, PI_STYLE_PLAIN, false, pi_say_outcome_word(row->outcome)},
      {71, 7, PI_STYLE_PLAIN, true, pi_slice_of(margin)},
      {80, 11, decided ? PI_STYLE_STRONG : PI_STYLE_PLAIN, false, stands},
      {92, 8, PI_STYLE_PLAIN, true, pi_slice_of(since)},
  };
  pi_page_row(self->page, cells, sizeof cells / sizeof cells[0]);
}

static pubint_status take_row(void *data, const pi_queue_row *row, pubint_error *error) {
  listing *self = data;
  (void)error;
  if (self->call->common.json) {
    pi_buffer line;
    pi_buffer_init(&line, 64 * 1024);
    write_row(&line, row, self->now);
    pi_ledger_shared_put_json(self->call, &line);
  } else {
    if (self->rows == 0) head_row(self);
    show_row(self, row);
  }
  self->rows++;
  return PUBINT_OK;
}

static pi_queue_filter filter_of(const read_options *options) {
  pi_queue_filter filter = {.limit = (int64_t)options->count};
  if (options->rule != NULL) filter.rule = pi_slice_of(options->rule);
  if (options->market != NULL) filter.market = pi_slice_of(options->market);
  return filter;
}

/* ---- list ---- */

static pubint_status list_all(pi_ledger *ledger, listing *self, const read_options *options,
                              pubint_error *error) {
  pi_queue_filter filter = filter_of(options);
  filter.state = (pi_state)options->state;
  int64_t count;
  char text[96];
  pubint_status status = pi_queue_count(ledger, &filter, &count, error);
  if (status == PUBINT_OK) status = pi_queue_each(ledger, &filter, take_row, self, error);
  if (status != PUBINT_OK || self->call->common.json) return status;
  if ((int64_t)self->rows == count) {
    snprintf(text, sizeof text, "%lld case%s", (long long)count, count == 1 ? "" : "s");
  } else {
    snprintf(text, sizeof text, "%lld of %lld cases", (long long)self->rows, (long long)count);
  }
  pi_page_wrap(self->page, 0, PI_STYLE_FAINT, pi_slice_of(text));
  return PUBINT_OK;
}

/* ---- next ---- */

static pubint_status list_step(pi_ledger *ledger, listing *self, const pi_queue_filter *filter,
                               const char *title, pubint_error *error) {
  int64_t count;
  char text[64];
  pubint_status status = pi_queue_count(ledger, filter, &count, error);
  if (status != PUBINT_OK) return status;
  self->rows = 0;
  if (self->call->common.json) return pi_queue_each(ledger, filter, take_row, self, error);
  if (self->steps++ > 0) pi_page_end(self->page); /* a blank line between */
  pi_page_text(self->page, PI_STYLE_HEAD, pi_slice_of(title));
  snprintf(text, sizeof text, "  %lld waiting", (long long)count);
  pi_page_text(self->page, PI_STYLE_PLAIN, pi_slice_of(text));
  pi_page_end(self->page);
  return pi_queue_each(ledger, filter, take_row, self, error);
}

static pubint_status list_next(pi_ledger *ledger, listing *self, const read_options *options,
                               pubint_error *error) {
  pi_queue_filter filter = filter_of(options);
  filter.closest_first = true;
  if (filter.limit == 0) filter.limit = NEXT_COUNT;
  pubint_status status = PUBINT_OK;
  for (int state = 0; state < PI_STATE_COUNT && status == PUBINT_OK; state++) {
    filter.state = (pi_state)state;
    if (PI_STATES[state].title == NULL) continue;
    status = list_step(ledger, self, &filter, PI_STATES[state].title, error);
  }
  return status;
}

/* ---- both ---- */

/* A name that no case has is no error; but an empty list does not tell that it was misspelt. Escapes it. */
static void warn_of_name(const char *message, const pi_nearest *names) {
  pi_slice wanted = names->wanted;
  if (wanted.ptr == NULL || (names->best.ptr != NULL && pi_slice_equal(names->best, wanted))) return;
  pi_buffer text;
  pi_page page;
  pi_buffer_init(&text, RECORD_BYTES_MAX);
  pi_page_init(&page, &text, PI_PAGE_WIDTH, false);
  pi_page_text(&page, PI_STYLE_PLAIN, pi_slice_of(message));
  pi_page_text(&page, PI_STYLE_PLAIN, wanted);
  if (names->best.ptr != NULL) {
    pi_page_text(&page, PI_STYLE_PLAIN, PI_SLICE("; did you mean "));
    pi_page_text(&page, PI_STYLE_PLAIN, names->best);
    pi_page_text(&page, PI_STYLE_PLAIN, PI_SLICE("?"));
  }
  pi_page_end(&page);
  pi_page_dispose(&page);
  const char *said = pi_buffer_end(&text);
  if (said != NULL) fprintf(stderr, "pubint: %s", said);
  pi_buffer_dispose(&text);
}

static pubint_status warn_of_names(pi_ledger *ledger, const read_options *options, pubint_error *error) {
  if (options->rule == NULL && options->market == NULL) return PUBINT_OK;
  pi_nearest rules, markets;
  pi_arena arena;
  pi_nearest_init(&rules, options->rule != NULL ? pi_slice_of(options->rule) : (pi_slice){NULL, 0});
  pi_nearest_init(&markets, options->market != NULL ? pi_slice_of(options->market) : (pi_slice){NULL, 0});
  pi_arena_init(&arena, ARENA_BLOCK, RECORD_BYTES_MAX);
  pubint_status status = pi_queue_names(ledger, &rules, &markets, &arena, error);
  for (int rule = 0; rule < PI_RULE_COUNT && options->rule != NULL && rules.best.ptr == NULL; rule++) {
    if (!pi_slice_equal(PI_RULES[rule].id, rules.wanted)) pi_nearest_offer(&rules, PI_RULES[rule].id);
  }
  if (status == PUBINT_OK) {
    warn_of_name("no case breaks a rule ", &rules);
    warn_of_name("no case is of a market ", &markets);
  }
  pi_arena_dispose(&arena);
  return status;
}

typedef pubint_status (*lister)(pi_ledger *ledger, listing *self, const read_options *options,
                                pubint_error *error);

static pi_exit run_listing(const pi_command *command, pi_call *call, lister list) {
  read_options options = {.state = PI_STATE_COUNT};
  pi_exit status;
  listing self = {.call = call};
  if (!pi_command_begin(command, call, &options, &status)) return status;
  /* The option counts from the first state there is. */
  options.state = options.state == PI_STATE_COUNT ? PI_STATE_ABSENT : options.state + 1;
  if (!pi_ledger_shared_time(&options.shared, &self.now, &status)) return status;
  pi_ledger *ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_READ, &status);
  if (ledger == NULL) return status;
  pi_page page;
  pubint_error error;
  self.page = &page;
  pi_command_page(call, &page);
  status = PI_EXIT_DONE;
  pubint_status result = pi_ledger_begin(ledger, false, &error);
  if (result == PUBINT_OK)
    result = pi_ledger_end_reading(ledger, list(ledger, &self, &options, &error), &error);
  if (result == PUBINT_OK) result = warn_of_names(ledger, &options, &error);
  if (result != PUBINT_OK) status = pi_complain(&error);
  pi_page_dispose(&page);
  pi_ledger_close(ledger);
  return status;
}

static pi_exit run_list(const pi_command *command, pi_call *call) {
  return run_listing(command, call, list_all);
}

static pi_exit run_next(const pi_command *command, pi_call *call) {
  return run_listing(command, call, list_next);
}

const pi_command pi_ledger_command_show = {
    .name = "ledger show",
    .form = "ID",
    .summary = "show the whole record of a case",
    .about =
        "Shows what was evaluated, recommended, advised and decided, by whom and when, how long each step "
        "took, and what the case waits for. Private data is blotted out of the Tweet's text and of what "
        "people wrote. --json prints the facts and the evaluations unchanged.\n",
    .options = SHOW_OPTIONS,
    .options_count = sizeof SHOW_OPTIONS / sizeof SHOW_OPTIONS[0],
    .arguments_max = 1,
    .run = run_show,
};

const pi_command pi_ledger_command_list = {
    .name = "ledger list",
    .form = "",
    .summary = "list the cases, by state, rule or market",
    .about = "Lists cases in the order in which they were opened: the outcome and lowest margin of the "
             "evaluation, the state of the case or its decision, and for how long. --json prints one case a "
             "line.\n",
    .options = LIST_OPTIONS,
    .options_count = sizeof LIST_OPTIONS / sizeof LIST_OPTIONS[0],
    .run = run_list,
};

const pi_command pi_ledger_command_next = {
    .name = "ledger next",
    .form = "",
    .summary = "list which case waits for whom, close calls first",
    .about =
        "Lists, for each step, the cases that wait for it. First come cases that could not be weighed, "
        "then those with the smallest margin, then those that have waited longest. --json prints one case "
        "a line.\n",
    .options = NEXT_OPTIONS,
    .options_count = sizeof NEXT_OPTIONS / sizeof NEXT_OPTIONS[0],
    .run = run_next,
};
