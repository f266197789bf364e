/* One line: a command taken apart and run, or Lua. */
#include <string.h>

#include "json_read.h"
#include "redact.h"
#include "repl.h"

const pi_repl_command PI_REPL_COMMANDS[] = {
#define COMMAND(name, function, form, one, two, three, least, most, summary, about)                          \
  {#name, form, summary, about, {PI_REPL_##one, PI_REPL_##two, PI_REPL_##three}, least, most, function},
#include "repl_commands.def"
#undef COMMAND
};
const size_t PI_REPL_COMMANDS_COUNT = sizeof PI_REPL_COMMANDS / sizeof PI_REPL_COMMANDS[0];

const pi_repl_command *pi_repl_command_find(pi_slice name) {
  for (size_t i = 0; i < PI_REPL_COMMANDS_COUNT; i++) {
    if (pi_slice_equal(pi_slice_of(PI_REPL_COMMANDS[i].name), name)) return &PI_REPL_COMMANDS[i];
  }
  return NULL;
}

/* --- words --- */

static bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static pi_slice trim(pi_slice text) {
  while (text.len > 0 && blank(text.ptr[0])) text.ptr++, text.len--;
  while (text.len > 0 && blank(text.ptr[text.len - 1])) text.len--;
  return text;
}

/* Takes the next word off; one within " or ' may hold blanks. */
static pi_slice next_word(pi_slice *rest) {
  *rest = trim(*rest);
  pi_slice word = {rest->ptr, 0};
  bool quoted = rest->len > 1 && (rest->ptr[0] == '"' || rest->ptr[0] == '\'');
  const char *close = quoted ? memchr(rest->ptr + 1, rest->ptr[0], rest->len - 1) : NULL;
  if (close != NULL && (close + 1 == rest->ptr + rest->len || blank(close[1]))) {
    word = (pi_slice){rest->ptr + 1, (size_t)(close - rest->ptr) - 1};
    rest->len -= word.len + 2;
    rest->ptr = close + 1;
    return word;
  }
  while (word.len < rest->len && !blank(word.ptr[word.len])) word.len++;
  rest->ptr += word.len;
  rest->len -= word.len;
  return word;
}

/* --- commands --- */

static void refuse_command(pi_repl_session *self, pi_slice name) {
  pi_slice names[64];
  size_t count = 0;
  for (size_t i = 0; i < PI_REPL_COMMANDS_COUNT && count < 63; i++) {
    names[count++] = pi_slice_of(PI_REPL_COMMANDS[i].name);
  }
  names[count] = (pi_slice){NULL, 0};
  pi_repl_complain_unknown(self, "command", name, names);
}

static void run_command(pi_repl_session *self, pi_slice line) {
  pi_repl_call call = {.session = self};
  pi_slice rest = line;
  pi_slice name = next_word(&rest);
  const pi_repl_command *command = pi_repl_command_find(name);
  if (command == NULL) {
    refuse_command(self, name);
    return;
  }
  for (rest = trim(rest); rest.len > 0; rest = trim(rest)) {
    pi_slice from_here = rest;
    pi_slice word = next_word(&rest);
    if (call.words_count < PI_REPL_WORDS_MAX) {
      call.words[call.words_count] = word;
      call.rests[call.words_count] = from_here;
    }
    call.words_count++;
  }
  if (call.words_count < command->words_min || call.words_count > command->words_max) {
    pi_repl_complain(self, "write :%s%s%s", command->name, command->form[0] != '\0' ? " " : "",
                     command->form);
    return;
  }
  command->run(&call);
}

bool pi_repl_run(pi_repl_session *self, pi_slice line) {
  pi_slice text = trim(line);
  bool whole = true;
  if (text.len > 0 && text.ptr[0] == ':') {
    text.ptr++;
    text.len--;
    run_command(self, text);
  } else if (text.len > 0) {
    whole = pi_repl_run_lua(self, line);
  }
  if (whole) pi_repl_flush(self);
  return whole;
}

/* --- Lua --- */

pi_slice pi_repl_tweet_text(const pi_case *facts, pi_arena *arena) {
  pi_slice text = {NULL, 0};
  return pi_redact(facts, arena, &text) ? text : (pi_slice){NULL, 0};
}

pi_tree pi_repl_tree(const pubint_evaluation *evaluation, pi_arena *arena) {
  static const pi_json_tree_limits LIMITS = {.bytes_max = (size_t)16 * 1024 * 1024, .depth_max = 32};
  pi_tree tree = {NULL, 0};
  pi_json json;
  size_t bytes;
  const char *text = pubint_evaluation_json(evaluation, &bytes);
  if (text == NULL || pi_json_init(&json, (pi_slice){text, bytes}, 1, arena, 32, NULL) != PUBINT_OK ||
      pi_json_tree(&json, &LIMITS, &tree) != PUBINT_OK) {
    return (pi_tree){NULL, 0};
  }
  return tree;
}

static bool mentions(pi_slice text, const char *word) {
  size_t length = strlen(word);
  for (size_t i = 0; i + length <= text.len; i++) {
    if (memcmp(text.ptr + i, word, length) == 0) return true;
  }
  return false;
}

static void complain_lua(pi_repl_session *self, const pi_console_call *call) {
  bool none = strcmp(call->fault, "no case is open") == 0;
  if (none) {
    (void)pi_repl_session_needs_case(self);
  } else if (strstr(call->fault, "used after its evaluation ended") != NULL) {
    pi_repl_complain(self, "%s: the case was changed or left since; take it from `case` anew", call->fault);
  } else if (call->script != NULL) {
    pi_repl_complain(self, "%s:%u: %s", call->script->file.ptr, call->line, call->fault);
  } else if (call->line > 1) {
    pi_repl_complain(self, "line %u: %s", call->line, call->fault);
  } else {
    pi_repl_complain(self, "%s", call->fault);
  }
}

bool pi_repl_run_lua(pi_repl_session *self, pi_slice text) {
  enum { MARGIN = 2 };
  pi_arena arena;
  pi_arena_init(&arena, 64 * 1024, (size_t)256 * 1024 * 1024);
  pi_tree tree = {NULL, 0};
  /* Also for `_`, which may be a part of the evaluation. */
  bool wanted = self->open && (mentions(text, "evaluation") || mentions(text, "_"));
  if (wanted && pi_repl_session_evaluate(self)) tree = pi_repl_tree(self->evaluation, &arena);
  pi_console_call call = {
      .text = text,
      .input = self->open ? &self->facts : NULL,
      .tweet_text = self->open ? pi_repl_tweet_text(&self->facts, &arena) : (pi_slice){NULL, 0},
      .evaluation = tree.count > 0 ? &tree : NULL,
      .width = (self->interactive ? pi_terminal_width() : PI_PAGE_WIDTH_MIN) - MARGIN,
      .out = &self->out,
  };
  pi_console_end end = pi_console_run(self->console, &call);
  pi_arena_dispose(&arena);
  if (end == PI_CONSOLE_FAILED) complain_lua(self, &call);
  return end != PI_CONSOLE_UNFINISHED;
}
