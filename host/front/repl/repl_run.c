/* The table of commands, and one line: a command taken apart and run, or Lua. */
#include <stdio.h>
#include <string.h>

#include "repl.h"

static const pi_repl_command COMMANDS[] = {
#define COMMAND(name, function, form, one, two, three, least, most, summary, about)                          \
  {#name, form, summary, about, {PI_REPL_##one, PI_REPL_##two, PI_REPL_##three}, least, most, function},
#include "repl_commands.def"
#undef COMMAND
};
const pi_repl_table PI_REPL_COMMANDS = {COMMANDS, sizeof COMMANDS / sizeof COMMANDS[0]};

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

static void refuse_command(pi_repl_terminal *self, pi_slice name) {
  pi_slice names[64];
  size_t count = 0;
  for (size_t i = 0; i < PI_REPL_COMMANDS.count && count < 63; i++) {
    names[count++] = pi_slice_of(PI_REPL_COMMANDS.rows[i].name);
  }
  names[count] = (pi_slice){NULL, 0};
  pi_repl_complain_unknown(self, "command", name, names);
}

static bool begins_with(const char *name, pi_slice beginning) {
  return strlen(name) >= beginning.len && memcmp(name, beginning.ptr, beginning.len) == 0;
}

/* The command that is meant; NULL, and said, where there is none. */
static const pi_repl_command *find_command(pi_repl_terminal *self, pi_slice name) {
  const pi_repl_command *found = pi_repl_command_meant(&PI_REPL_COMMANDS, name);
  if (found != NULL) return found;
  char list[256] = "";
  size_t length = 0;
  for (size_t i = 0; i < PI_REPL_COMMANDS.count && name.len > 0; i++) {
    const pi_repl_command *row = &PI_REPL_COMMANDS.rows[i];
    if (!begins_with(row->name, name)) continue;
    int n = snprintf(list + length, sizeof list - length, "%s:%s", length > 0 ? ", " : "", row->name);
    if (n > 0 && (size_t)n < sizeof list - length) length += (size_t)n;
  }
  if (length > 0)
    pi_repl_complain(self, "':%.*s' could be %s", (int)name.len, name.ptr, list);
  else
    refuse_command(self, name);
  return NULL;
}

static void run_command(pi_repl_session *self, pi_slice line) {
  pi_repl_call call = {.session = self, .commands = &PI_REPL_COMMANDS};
  pi_slice rest = line;
  pi_slice name = next_word(&rest);
  const pi_repl_command *command = find_command(&self->terminal, name);
  if (command == NULL) return;
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
    pi_repl_complain(&self->terminal, "write :%s%s%s", command->name, command->form[0] != '\0' ? " " : "",
                     command->form);
    return;
  }
  command->run(&call);
}

/* What people type before they know of the colon, and the command that they mean. */
static const char *const BARE[][2] = {{"help", "help"}, {"?", "help"}, {"exit", "quit"}, {"quit", "quit"}};

/* Runs a line that is such a word, help with what it is about behind it. */
static bool run_bare(pi_repl_session *self, pi_slice text) {
  pi_slice rest = text;
  pi_slice word = next_word(&rest);
  rest = trim(rest);
  for (size_t i = 0; i < sizeof BARE / sizeof *BARE; i++) {
    bool help = strcmp(BARE[i][1], "help") == 0;
    bool name = rest.len == 0 || strchr("=.,([:", rest.ptr[0]) == NULL; /* else it is Lua */
    if (!pi_slice_equal(word, pi_slice_of(BARE[i][0])) || (rest.len > 0 && !(help && name))) continue;
    char line[512];
    int length = snprintf(line, sizeof line, "%s %.*s", BARE[i][1], (int)(rest.len > 400 ? 400 : rest.len),
                          rest.len > 0 ? rest.ptr : "");
    run_command(self, (pi_slice){line, (size_t)length});
    return true;
  }
  return false;
}

bool pi_repl_run(pi_repl_session *self, pi_slice line) {
  pi_slice text = trim(line);
  bool whole = true;
  if (text.len > 0 && text.ptr[0] == ':') {
    text.ptr++;
    text.len--;
    run_command(self, text);
  } else if (text.len > 0 && run_bare(self, text)) {
    whole = true;
  } else if (text.len > 0) {
    whole = pi_repl_run_lua(self, line);
  }
  if (whole) pi_repl_flush(&self->terminal);
  return whole;
}
