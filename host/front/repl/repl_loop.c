#include "repl_loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"
#include "repl_block.h"
#include "repl_line.h"

#define INPUT_BYTES_MAX ((size_t)1024 * 1024)

/* --- a terminal --- */

/* The star says that numbers are not the policy's own. */
static const char *prompt(const pi_repl_session *session, bool more) {
  if (more) return "    ...> ";
  return session->policy.overrides->count > 0 ? "pubint*> " : "pubint> ";
}

static void run_terminal(pi_repl_session *session, pi_repl_line *lines) {
  pi_buffer line, text, block;
  pi_buffer_init(&line, INPUT_BYTES_MAX);
  pi_buffer_init(&text, INPUT_BYTES_MAX);
  pi_buffer_init(&block, INPUT_BYTES_MAX);
  while (!session->terminal.quit && !pi_interrupt_ended()) {
    pi_slice begun = {text.len > 0 ? text.data : "", text.len};
    pi_repl_line_end end =
        pi_repl_line_read(lines, prompt(session, text.len > 0 || block.len > 0), begun, &line);
    session->terminal.interrupt_shown = false;
    if (end == PI_REPL_LINE_CLOSED && text.len + block.len == 0) break;
    if (end != PI_REPL_LINE_READ) { /* Ctrl-C, or Ctrl-D: a way out of what is not finished */
      pi_buffer_reset(&text);
      pi_buffer_reset(&block);
      continue;
    }
    bool more = pi_repl_line_waits(lines);
    if (more || block.len > 0) {
      pi_repl_take_of_block(session, &block, &text, &line, more);
    } else {
      pi_repl_take_line(session, &text, &line);
    }
  }
  pi_buffer_dispose(&line);
  pi_buffer_dispose(&text);
  pi_buffer_dispose(&block);
}

static void open_file(pi_repl_session *session, const pi_repl_start *start) {
  if (start->file != NULL) pi_repl_open_file(session, start->file, start->wanted);
}

static pi_exit loop_terminal(pi_repl_session *session, const pi_repl_start *start) {
  pi_interrupt_catch_session();
  session->terminal.interactive = true;
  pi_repl_line *lines = pi_repl_line_new(session);
  if (lines == NULL) {
    session->terminal.out.failed = true;
    pi_repl_flush(&session->terminal);
    return PI_EXIT_SYSTEM;
  }
  pi_page page;
  pi_repl_page(&session->terminal, &page);
  pi_page_text(&page, PI_STYLE_STRONG, PI_SLICE("pubint "));
  pi_page_text(&page, PI_STYLE_STRONG, pi_slice_of(pubint_version()));
  pi_page_text(&page, PI_STYLE_FAINT, PI_SLICE("  :help lists the commands; anything else is Lua"));
  pi_page_end(&page);
  pi_page_dispose(&page);
  pi_repl_flush(&session->terminal);
  open_file(session, start);
  run_terminal(session, lines);
  pi_repl_line_free(lines);
  if (session->terminal.lost) return PI_EXIT_SYSTEM;
  return pi_interrupt_ended() ? PI_EXIT_INTERRUPTED : PI_EXIT_DONE;
}

/* --- a pipe, or a text --- */

static void echo(pi_repl_session *session, bool more, pi_slice line) {
  pi_page page;
  pi_repl_page(&session->terminal, &page);
  pi_page_text(&page, PI_STYLE_FAINT, pi_slice_of(prompt(session, more)));
  pi_page_text(&page, PI_STYLE_PLAIN, line);
  pi_page_end(&page);
  pi_page_dispose(&page);
  pi_repl_flush(&session->terminal);
}

/* False at the end. Of a line that is too long the buffer is failed, and the next is the one behind it. */
static bool read_line(pi_buffer *out) {
  bool any = false;
  int c;
  pi_buffer_reset(out);
  while ((c = getc(stdin)) != EOF) {
    any = true;
    if (c == '\n') break;
    pi_buffer_byte(out, (char)c);
  }
  return any;
}

/* Whether a semicolon ends a command: ":eval;", or one that stands before a command, as in ":set hyperbole 1;
 * :why". */
static bool ends_command(const char *text, size_t at) {
  size_t next = at + 1 + strspn(text + at + 1, " \t");
  bool before = text[next] == ':' && text[next + 1] >= 'a' && text[next + 1] <= 'z';
  return before || (text[0] == ':' && strcspn(text, " \t;") == at);
}

/* Where the line that begins there ends: at its newline, at such a semicolon, or with the text. *next is
 * where the one behind it begins. */
static size_t line_length(const char *text, size_t *next) {
  bool quoted = false;
  size_t i = 0;
  for (; text[i] != '\0' && text[i] != '\n'; i++) {
    quoted = quoted != (text[i] == '"');
    if (text[i] != ';' || quoted || !ends_command(text, i)) continue;
    *next = i + 1 + strspn(text + i + 1, " \t");
    return i;
  }
  *next = text[i] == '\n' ? i + 1 : i;
  return i;
}

/* The lines of one option, whose locals live to its end. */
static void run_option(pi_repl_session *session, const char *lines) {
  pi_buffer line, text, block;
  pi_buffer_init(&line, INPUT_BYTES_MAX);
  pi_buffer_init(&text, INPUT_BYTES_MAX);
  pi_buffer_init(&block, INPUT_BYTES_MAX);
  uint64_t number = 1;
  for (size_t next = 0; *lines != '\0' && !session->terminal.quit; lines += next, number++) {
    size_t length = line_length(lines, &next);
    pi_buffer_reset(&line);
    pi_buffer_append(&line, lines, length);
    if (text.len + block.len == 0 && !session->terminal.echo) session->terminal.line = number;
    if (session->terminal.echo)
      echo(session, text.len + block.len > 0, (pi_slice){line.len > 0 ? line.data : "", line.len});
    pi_repl_take_of_block(session, &block, &text, &line, lines[next] != '\0');
  }
  if (text.len > 0) pi_repl_complain(&session->terminal, "the commands end in the middle of a piece of Lua");
  pi_buffer_dispose(&line);
  pi_buffer_dispose(&text);
  pi_buffer_dispose(&block);
}

static void run_pipe(pi_repl_session *session) {
  pi_buffer line, text;
  pi_buffer_init(&line, INPUT_BYTES_MAX);
  pi_buffer_init(&text, INPUT_BYTES_MAX);
  for (uint64_t number = 1; !session->terminal.quit && read_line(&line); number++) {
    if (text.len == 0 && !session->terminal.echo) session->terminal.line = number;
    if (session->terminal.echo)
      echo(session, text.len > 0, (pi_slice){line.len > 0 ? line.data : "", line.len});
    pi_repl_take_line(session, &text, &line);
  }
  if (text.len > 0) pi_repl_complain(&session->terminal, "the input ends in the middle of a piece of Lua");
  pi_buffer_dispose(&line);
  pi_buffer_dispose(&text);
}

static pi_exit loop_lines(pi_repl_session *session, const pi_repl_start *start) {
  open_file(session, start);
  for (size_t i = 0; i < start->lines_count && !session->terminal.quit; i++)
    run_option(session, start->lines[i]);
  if (start->lines_count == 0) run_pipe(session);
  if (session->terminal.lost) return PI_EXIT_SYSTEM;
  return session->terminal.failed ? PI_EXIT_UNMET : PI_EXIT_DONE;
}

pi_exit pi_repl_loop(pi_repl_session *session, const pi_repl_start *start) {
  bool terminal = start->lines_count == 0 && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  return terminal ? loop_terminal(session, start) : loop_lines(session, start);
}
