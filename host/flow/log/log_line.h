/* One line of the decision log, as it is written and as it is read back. */
#ifndef PI_LOG_LINE_H
#define PI_LOG_LINE_H

#include <pubint/error.h>

#include "arena.h"
#include "buffer.h"
#include "log_record.h"
#include "sha256.h"

/* The most that a line may be, and what of it stands about its body. */
enum { PI_LOG_LINE_MAX = 16 * 1024 * 1024, PI_LOG_LINE_AROUND = 128 };

/* Of the link before the first line. */
extern const char PI_LOG_NO_LINK[PI_SHA256_HEX + 1];

/* All of the line between its number and its link: `,"at":…` to the last member before the link. Line breaks
 * between the tokens of the case become blanks; no other byte changes. With `redact` spans are blotted out of
 * the text of the case. A failed buffer says that memory ran out. */
pubint_status pi_log_line_body(pi_buffer *out, const pi_log_record *record, bool redact, pubint_error *error);

/* Appends the line of number n, its newline too; `link` is that before, and becomes this line's. */
void pi_log_line_put(pi_buffer *out, uint64_t n, pi_slice body, char link[PI_SHA256_HEX + 1]);

/* A line that was read; all lies in the text. */
typedef struct pi_log_line {
  uint64_t n;
  pi_slice input;
  pi_slice evaluation;
  pi_slice shadow; /* .ptr NULL: none */
  bool redacted;
  pi_slice link;
  pi_slice linked; /* the text before its link */
} pi_log_line;

/* Takes the text of a line, without its newline, apart. E4169 where it is no such line. */
pubint_status pi_log_line_read(pi_log_line *out, pi_slice text, pi_arena *arena, pubint_error *error);

/* The text of a member at the top of an object that was read, as it is written; empty: there is none. */
pi_slice pi_log_line_text(pi_slice object, const char *key);

/* The link that the line must have behind that one. */
void pi_log_line_link(const pi_log_line *line, const char before[PI_SHA256_HEX + 1],
                      char link[PI_SHA256_HEX + 1]);

#endif
