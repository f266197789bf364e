#include "repl_complete.h"

#include <stdio.h>

#include "repl_complete_lua.h"
#include "repl_complete_words.h"

enum { WORDS_MAX = 4 }; /* the command, and those whose kind its row tells */

/* The words of a command line before the cursor. */
typedef struct line_words {
  pi_slice words[WORDS_MAX];
  unsigned nth;    /* of the word at the cursor; the command is 0 */
  pi_slice cursor; /* as far as it is typed */
} line_words;

static bool blank(char c) {
  return c == ' ' || c == '\t';
}

static line_words split(pi_slice line) {
  line_words out = {.nth = 0};
  size_t begin = 0;
  char quote = '\0';
  for (size_t i = 0; i < line.len; i++) {
    char c = line.ptr[i];
    bool opens = quote == '\0' && i == begin && (c == '"' || c == '\'');
    if (opens)
      quote = c;
    else if (c == quote)
      quote = '\0';
    if (!blank(c) || quote != '\0') continue;
    if (i > begin && out.nth < WORDS_MAX) out.words[out.nth] = (pi_slice){line.ptr + begin, i - begin};
    if (i > begin) out.nth++;
    begin = i + 1;
  }
  out.cursor = (pi_slice){line.ptr + begin, line.len - begin};
  return out;
}

static void put_commands(pi_repl_candidates *out) {
  for (size_t i = 0; i < PI_REPL_COMMANDS.count; i++) {
    char name[32];
    snprintf(name, sizeof name, ":%s", PI_REPL_COMMANDS.rows[i].name);
    pi_repl_candidates_put(out, pi_slice_of(name));
  }
}

static void complete_command(pi_repl_session *session, pi_slice line, pi_repl_candidates *out) {
  line_words at = split(line);
  out->word = at.cursor;
  if (at.nth == 0) {
    put_commands(out);
    return;
  }
  pi_slice name = {at.words[0].ptr + 1, at.words[0].len - 1};
  const pi_repl_command *command = pi_repl_command_meant(&PI_REPL_COMMANDS, name);
  if (command == NULL) return;
  if (command->kinds[0] == PI_REPL_LUA) {
    pi_slice text = {name.ptr + name.len, (size_t)(line.ptr + line.len - (name.ptr + name.len))};
    pi_repl_complete_lua(session, (pi_slice){"", 0}, text, out);
  } else if (at.nth < WORDS_MAX) {
    pi_repl_complete_words(session, command->kinds[at.nth - 1], at.words[1], out);
  }
}

/* `help`, `exit` and `quit` are commands without a colon, too; help says what it is about. */
static void complete_bare(pi_repl_session *session, pi_slice line, pi_repl_candidates *out) {
  static const pi_slice BARE[] = {PI_SLICE_INIT("help"), PI_SLICE_INIT("exit"), PI_SLICE_INIT("quit")};
  line_words at = split(line);
  bool help = pi_slice_equal(at.words[0], BARE[0]) || pi_slice_equal(at.words[0], PI_SLICE("?"));
  if (at.nth == 1 && help) {
    out->word = at.cursor;
    pi_repl_complete_words(session, PI_REPL_TOPIC, (pi_slice){"", 0}, out);
    return;
  }
  pi_repl_complete_lua(session, (pi_slice){"", 0}, line, out);
  bool first = at.nth == 0 && at.cursor.len > 0 && out->word.ptr == at.cursor.ptr;
  for (size_t i = 0; first && i < sizeof BARE / sizeof *BARE; i++) pi_repl_candidates_put(out, BARE[i]);
}

void pi_repl_complete(pi_repl_session *session, pi_slice begun, pi_slice line, pi_repl_candidates *out) {
  pi_slice text = line;
  while (text.len > 0 && blank(text.ptr[0])) text.ptr++, text.len--;
  if (begun.len > 0)
    pi_repl_complete_lua(session, begun, line, out);
  else if (text.len > 0 && text.ptr[0] == ':')
    complete_command(session, text, out);
  else
    complete_bare(session, text, out);
  out->begin = (size_t)(out->word.ptr - line.ptr);
  pi_repl_candidates_end(out);
}
