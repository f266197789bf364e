#include "repl_loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"
#include "repl_line.h"

#define INPUT_BYTES_MAX ((size_t)1024 * 1024)

/* --- a terminal --- */

/* The star says that numbers are not the policy's own. */
static const char *prompt(const pi_repl_session *session, bool more) {
  if (more) return "    ...> ";
  return session->policy.overrides->count > 0 ? "pubint*> " : "pubint> ";
}

/* Adds a line to the text so far, and runs that once it is whole. */
static void take_line(pi_repl_session *session, pi_buffer *text, const pi_buffer *line) {
  if (text->len > 0) pi_buffer_byte(text, '\n');
  pi_buffer_append(text, line->data, line->len);
  if (text->failed || line->failed) {
    pi_repl_complain(&session->terminal, "a text of over a MiB");
    pi_buffer_reset(text);
    return;
  }
  if (session->policy.watch.on && pi_repl_watch_changed(&session->policy.watch, session->policy.directory)) {
    pi_repl_reload(session, false);
  }
  if (pi_repl_run(session, (pi_slice){text->len > 0 ? text->data : "", text->len})) pi_buffer_reset(text);
}

static void run_terminal(pi_repl_session *session, pi_repl_line *lines) {
  pi_buffer line, text;
  pi_buffer_init(&line, INPUT_BYTES_MAX);
  pi_buffer_init(&text, INPUT_BYTES_MAX);
  while (!session->terminal.quit && !pi_interrupt_ended()) {
    pi_repl_line_end end = pi_repl_line_read(lines, prompt(session, text.len > 0), &line);
    session->terminal.interrupt_shown = false;
    if (end == PI_REPL_LINE_CLOSED) break;
    if (end == PI_REPL_LINE_INTERRUPTED) {
      pi_buffer_reset(&text);
      continue;
    }
    take_line(session, &text, &line);
  }
  pi_buffer_dispose(&line);
  pi_buffer_dispose(&text);
}

static pi_exit loop_terminal(pi_repl_session *session, const char *file) {
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
  if (file != NULL) pi_repl_open_file(session, file);
  run_terminal(session, lines);
  pi_repl_line_free(lines);
  if (session->terminal.lost) return PI_EXIT_SYSTEM;
  return pi_interrupt_ended() ? PI_EXIT_INTERRUPTED : PI_EXIT_DONE;
}

/* --- a pipe --- */

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

static pi_exit loop_pipe(pi_repl_session *session, const char *file) {
  pi_buffer line, text;
  pi_buffer_init(&line, INPUT_BYTES_MAX);
  pi_buffer_init(&text, INPUT_BYTES_MAX);
  if (file != NULL) pi_repl_open_file(session, file);
  for (uint64_t number = 1; !session->terminal.quit && read_line(&line); number++) {
    if (text.len == 0 && !session->terminal.echo) session->terminal.line = number;
    if (session->terminal.echo)
      echo(session, text.len > 0, (pi_slice){line.len > 0 ? line.data : "", line.len});
    take_line(session, &text, &line);
  }
  if (text.len > 0) pi_repl_complain(&session->terminal, "the input ends in the middle of a piece of Lua");
  pi_buffer_dispose(&line);
  pi_buffer_dispose(&text);
  if (session->terminal.lost) return PI_EXIT_SYSTEM;
  return session->terminal.failed ? PI_EXIT_UNMET : PI_EXIT_DONE;
}

pi_exit pi_repl_loop(pi_repl_session *session, const char *file) {
  bool terminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  return terminal ? loop_terminal(session, file) : loop_pipe(session, file);
}
