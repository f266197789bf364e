/* Runs a program and keeps what it prints. Whatever fails here fails the test. */
#ifndef PI_PROGRAM_H
#define PI_PROGRAM_H

typedef struct program_run {
  char *output; /* standard output, ended by NUL; owned */
  char *errors; /* standard error */
  int status;   /* as waitpid gives it */
} program_run;

/* arguments[0] is the program's path, both lists end in NULL; `environment` NULL is this program's own,
 * `input` NULL an empty standard input. */
void program_run_do(program_run *self, char **arguments, char **environment, const char *input);

/* Gives the texts back. */
void program_run_dispose(program_run *self);

/* Runs this program itself with up to three arguments, NULL from where there are fewer; it must end with 0.
 * Returns what it prints, which the caller frees. */
char *program_run_self(const char *first, const char *second, const char *third);

#endif
