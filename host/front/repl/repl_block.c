/* Lines taken one by one, or several together: what is pasted, and what an option says. */
#include "repl_block.h"

#include <string.h>

#define INPUT_BYTES_MAX ((size_t)1024 * 1024)

/* Adds a line to the text so far, and runs that once it is whole. */
void pi_repl_take_line(pi_repl_session *session, pi_buffer *text, const pi_buffer *line) {
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

/* The line from `at` on, without its newline. */
static pi_slice line_at(pi_slice all, size_t at) {
  const char *newline = at < all.len ? memchr(all.ptr + at, '\n', all.len - at) : NULL;
  return (pi_slice){all.ptr + at, newline != NULL ? (size_t)(newline - all.ptr) - at : all.len - at};
}

/* Whether the line is an expression by itself, such as x + 1, which no statement is. */
static bool is_expression(pi_repl_session *session, pi_slice line, pi_buffer *scratch) {
  pi_buffer_reset(scratch);
  pi_buffer_text(scratch, "local _ = ");
  pi_buffer_slice(scratch, line);
  pi_slice assigned = {scratch->data, scratch->len};
  return line.len > 0 && !scratch->failed && pi_repl_is_lua(session, assigned) &&
         !pi_repl_is_statement(session, line);
}

/* The text with such lines shown by print, as they would be if they had been typed. */
static void print_expressions(pi_repl_session *session, pi_buffer *out, pi_slice text) {
  pi_buffer scratch;
  pi_buffer_init(&scratch, INPUT_BYTES_MAX + 16);
  for (size_t at = 0; at < text.len;) {
    pi_slice line = line_at(text, at);
    bool shown = is_expression(session, line, &scratch);
    if (shown) pi_buffer_text(out, "print(");
    pi_buffer_slice(out, line);
    if (shown) pi_buffer_byte(out, ')');
    pi_buffer_byte(out, '\n');
    at += line.len + 1;
  }
  pi_buffer_dispose(&scratch);
}

static void run_lines(pi_repl_session *session, pi_slice all, pi_buffer *text) {
  pi_buffer one;
  pi_buffer_init(&one, INPUT_BYTES_MAX);
  for (size_t at = 0; at < all.len;) {
    pi_slice line = line_at(all, at);
    pi_buffer_reset(&one);
    pi_buffer_slice(&one, line);
    pi_repl_take_line(session, text, &one);
    at += line.len + 1;
  }
  pi_buffer_dispose(&one);
}

/* Runs the block as one piece of Lua, so that its locals live to its end, if it is one: with its last line as
 * what it gives, as it stands, or with its expressions printed. Else its lines run one after the other. */
static void run_block(pi_repl_session *session, pi_buffer *block, pi_buffer *text) {
  pi_slice all = {block->len > 0 ? block->data : "", block->len};
  pi_buffer returning, printing;
  pi_buffer_init(&returning, INPUT_BYTES_MAX + 16);
  pi_buffer_init(&printing, 2 * INPUT_BYTES_MAX);
  bool ours = text->len == 0 && !block->failed && memchr(all.ptr, '\n', all.len) != NULL;
  if (ours) {
    return_last(&returning, all);
    print_expressions(session, &printing, all);
  }
  pi_slice forms[] = {{returning.data, returning.len}, all, {printing.data, printing.len}};
  bool ran = false;
  for (size_t i = 0; i < sizeof forms / sizeof *forms && ours && !ran; i++) {
    ran = pi_repl_is_lua(session, forms[i]);
    if (ran) (void)pi_repl_run(session, forms[i]);
  }
  if (!ran) run_lines(session, all, text);
  pi_buffer_dispose(&returning);
  pi_buffer_dispose(&printing);
  pi_buffer_reset(block);
}

void pi_repl_take_of_block(pi_repl_session *session, pi_buffer *block, pi_buffer *text, const pi_buffer *line,
                           bool more) {
  size_t blank = 0;
  while (blank < line->len && strchr(" \t", line->data[blank]) != NULL) blank++;
  bool command = blank < line->len && line->data[blank] == ':' && text->len == 0;
  if (command && block->len > 0) run_block(session, block, text);
  if (command) {
    pi_repl_take_line(session, text, line);
    return;
  }
  if (block->len > 0) pi_buffer_byte(block, '\n');
  pi_buffer_append(block, line->data, line->len);
  if (!more && block->len > 0) run_block(session, block, text);
}
