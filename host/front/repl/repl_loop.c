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

/* --- what is pasted --- */

/* Adds " return " before the last line of the text that is not empty, whose value is shown then. */
static void return_last(pi_buffer *out, pi_slice text) {
  size_t end = text.len;
  while (end > 0 && strchr(" \t\n", text.ptr[end - 1]) != NULL) end--;
  size_t last = end;
  while (last > 0 && text.ptr[last - 1] != '\n') last--;
  pi_buffer_append(out, text.ptr, last);
  pi_buffer_text(out, "return ");
  pi_buffer_append(out, text.ptr + last, text.len - last);
}

/* Runs what was pasted as one piece of Lua, so that its locals live to its end, if it is one: as it stands,
 * or with its last line as what it gives. Else its lines run one after the other, as if they had been typed.
 */
static void run_block(pi_repl_session *session, pi_buffer *block, pi_buffer *text) {
  pi_slice all = {block->len > 0 ? block->data : "", block->len};
  pi_buffer returning;
  pi_buffer_init(&returning, INPUT_BYTES_MAX + 16);
  return_last(&returning, all);
  pi_slice with_return = {returning.data, returning.len};
  bool ours = text->len == 0 && !block->failed && !returning.failed && memchr(all.ptr, '\n', all.len) != NULL;
  if (ours && pi_repl_is_lua(session, with_return)) {
    (void)pi_repl_run(session, with_return);
  } else if (ours && pi_repl_is_lua(session, all)) {
    (void)pi_repl_run(session, all);
  } else {
    for (size_t at = 0; at < all.len || at == 0;) {
      const char *newline = at < all.len ? memchr(all.ptr + at, '\n', all.len - at) : NULL;
      size_t length = newline != NULL ? (size_t)(newline - all.ptr) - at : all.len - at;
      pi_buffer_reset(&returning); /* a line of its own from here on */
      pi_buffer_append(&returning, all.ptr + at, length);
      take_line(session, text, &returning);
      at += length + 1;
    }
  }
  pi_buffer_dispose(&returning);
  pi_buffer_reset(block);
}

/* Takes a pasted line: a command runs, Lua waits for the lines that are pasted behind it. */
static void take_pasted(pi_repl_session *session, pi_buffer *block, pi_buffer *text, const pi_buffer *line,
                        bool more) {
  size_t blank = 0;
  while (blank < line->len && strchr(" \t", line->data[blank]) != NULL) blank++;
  bool command = blank < line->len && line->data[blank] == ':' && text->len == 0;
  if (command && block->len > 0) run_block(session, block, text);
  if (command) {
    take_line(session, text, line);
    return;
  }
  if (block->len > 0) pi_buffer_byte(block, '\n');
  pi_buffer_append(block, line->data, line->len);
  if (!more && block->len > 0) run_block(session, block, text);
}

static void run_terminal(pi_repl_session *session, pi_repl_line *lines) {
  pi_buffer line, text, block;
  pi_buffer_init(&line, INPUT_BYTES_MAX);
  pi_buffer_init(&text, INPUT_BYTES_MAX);
  pi_buffer_init(&block, INPUT_BYTES_MAX);
  while (!session->terminal.quit && !pi_interrupt_ended()) {
    pi_repl_line_end end = pi_repl_line_read(lines, prompt(session, text.len > 0 || block.len > 0), &line);
    session->terminal.interrupt_shown = false;
    if (end == PI_REPL_LINE_CLOSED) break;
    if (end == PI_REPL_LINE_INTERRUPTED) {
      pi_buffer_reset(&text);
      pi_buffer_reset(&block);
      continue;
    }
    bool more = pi_repl_line_waits(lines);
    if (more || block.len > 0) {
      take_pasted(session, &block, &text, &line, more);
    } else {
      take_line(session, &text, &line);
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

/* Where lines come from that no terminal sends: what is left of a text, or standard input. */
typedef struct line_source {
  const char *text; /* NULL: standard input */
  bool quoted;      /* between two " of a line of the text */
} line_source;

/* How long what stands between two commands on one line is, as in ":set hyperbole 1; :why"; 0 where it is no
 * such. A semicolon of Lua is followed by no colon and a letter. */
static size_t between_commands(const char *text) {
  size_t length = 1 + strspn(text + 1, " \t");
  bool command = text[0] == ';' && text[length] == ':' && text[length + 1] >= 'a' && text[length + 1] <= 'z';
  return command ? length : 0;
}

/* The next byte, EOF at the end. */
static int next_byte(line_source *self) {
  if (self->text == NULL) return getc(stdin);
  if (*self->text == '\0') return EOF;
  if (*self->text == '"') self->quoted = !self->quoted;
  if (*self->text == '\n') self->quoted = false;
  size_t between = self->quoted ? 0 : between_commands(self->text);
  self->text += between > 0 ? between : 1;
  return between > 0 ? '\n' : (unsigned char)self->text[-1];
}

/* False at the end. Of a line that is too long the buffer is failed, and the next is the one behind it. */
static bool read_line(line_source *from, pi_buffer *out) {
  bool any = false;
  int c;
  pi_buffer_reset(out);
  while ((c = next_byte(from)) != EOF) {
    any = true;
    if (c == '\n') break;
    pi_buffer_byte(out, (char)c);
  }
  return any;
}

static pi_exit loop_lines(pi_repl_session *session, const pi_repl_start *start) {
  pi_buffer line, text;
  line_source from = {.text = start->lines};
  pi_buffer_init(&line, INPUT_BYTES_MAX);
  pi_buffer_init(&text, INPUT_BYTES_MAX);
  open_file(session, start);
  for (uint64_t number = 1; !session->terminal.quit && read_line(&from, &line); number++) {
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

pi_exit pi_repl_loop(pi_repl_session *session, const pi_repl_start *start) {
  bool terminal = start->lines == NULL && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
  return terminal ? loop_terminal(session, start) : loop_lines(session, start);
}
