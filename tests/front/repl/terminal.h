/* A program in a pseudo-terminal: what is typed goes in, what it shows is waited for. */
#ifndef PI_TERMINAL_H
#define PI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct terminal {
  pid_t child;
  int fd;
  char *seen; /* all it has shown, owned, ends in NUL */
  size_t seen_bytes;
  const char *wanted; /* what is waited for, or was last */
  int escape;         /* within a control sequence: 1 behind ESC, 2 behind ESC [ */
  unsigned
      lines_taken;   /* how often it has ended the marking of pastes: then it works, and Ctrl-C is a signal */
  unsigned prompts;  /* how often it has begun to mark pastes: before each prompt */
  size_t prompted;   /* where the last of them stands */
  unsigned answered; /* prompts that were waited for */
  size_t from;       /* what was waited for already stands before it */
} terminal;

/* Starts argv[0] in a terminal of `columns` × 24 with `environment` added ("NAME=value", NULL at the end). */
void terminal_start_at(terminal *self, unsigned short columns, char *const *argv, char *const *environment);

/* The same with 80 columns. */
void terminal_start(terminal *self, char *const *argv, char *const *environment);

void terminal_type(terminal *self, const char *keys);

/* Waits until `text` is shown behind what was waited for last, control sequences of the terminal left out;
 * fails the test when it does not come. */
void terminal_expect(terminal *self, const char *text);

/* Waits for the next prompt; false where the program ends instead. */
bool terminal_prompted(terminal *self);

/* Waits until `count` lines have been taken since the beginning. */
void terminal_expect_taken(terminal *self, unsigned count);

void terminal_resize(terminal *self, unsigned short columns, unsigned short rows);

/* Waits for the program's end; all that it has shown, which the caller frees. */
char *terminal_shown(terminal *self);

/* Waits for the program's end; its exit code. */
int terminal_end(terminal *self);

#endif
