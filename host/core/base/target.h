/* A file that somebody named to be written. Nothing that was there is lost unless it was named and forced.
 *
 * What is written goes to a draft in the target's folder, which takes the target's place as a whole. The
 * draft has no name until then, so that whatever ends the program leaves nothing behind; where the file
 * system makes no such files, it gives its name up once it is open, and its copy takes the place. A device or
 * a pipe is written to as it is. A link is never written through: what it leads to is not what was named. */
#ifndef PI_TARGET_H
#define PI_TARGET_H

#include <stdbool.h>
#include <sys/types.h>

#include "errors.h"
#include "slice.h"

enum { PI_TARGET_NAME_BYTES = 4096, PI_TARGET_MODE = 0666 };

/* What may be there already. */
typedef enum pi_target_over {
  PI_TARGET_NEW,   /* nothing: a name that was derived from another */
  PI_TARGET_NAMED, /* a device or a pipe */
  PI_TARGET_FORCE  /* a file too, whose place the new one takes */
} pi_target_over;

typedef struct pi_target {
  const char *name; /* borrowed */
  int fd;           /* to be written to; -1: closed */
  pi_target_over over;
  bool direct;                      /* a device or a pipe */
  bool nameless;                    /* a draft whose name was given up, and cannot be given again */
  char draft[PI_TARGET_NAME_BYTES]; /* "": without a name, or `direct` */
} pi_target;

/* What lies at a name. */
typedef struct pi_target_there {
  bool exists;
  bool direct;
} pi_target_there;

/* E4008 where something is at the name that may not be written over; E5003 where it is a folder. */
pubint_status pi_target_check(const char *name, pi_target_over over, pi_target_there *there,
                              pubint_error *error);

/* E4010 where the file that `input` names ("-": standard input; NULL: none) is the file `name`, or standard
 * output where that is NULL. */
pubint_status pi_target_refuse_input(const char *name, const char *input, pubint_error *error);

/* Whether the two names are, or would become, one file. */
bool pi_target_same(const char *name, const char *other);

/* PI_TARGET_FORCE where `force`, or where the file there begins with `mark`, by which the program knows what
 * it wrote itself; else PI_TARGET_NAMED. */
pi_target_over pi_target_over_own(const char *name, const char *mark, bool force);

/* Checks the name and begins a draft, whose mode is `mode` less the umask; a file that is written over gives
 * the draft its own. On failure nothing is to be closed. */
pubint_status pi_target_open(pi_target *self, const char *name, pi_target_over over, mode_t mode,
                             pubint_error *error);

/* Closes the target and puts it in its place; what fails leaves nothing. */
pubint_status pi_target_keep(pi_target *self, pubint_error *error);

/* Closes the target and removes what was begun. Nothing on one that is closed. */
void pi_target_drop(pi_target *self);

/* Writes the text to the file as a whole, or leaves things as they were and says why. */
pubint_status pi_target_write(const char *name, pi_slice text, pi_target_over over, pubint_error *error);

/* Writes the text behind what the file holds, which ends in a newline then, or makes the file. What was there
 * stays, and on failure nothing of the text does. Refuses links, and what is no file (E4008); E5003 with
 * EFBIG where the file would be larger than `bytes_max`. */
pubint_status pi_target_append(const char *name, pi_slice text, size_t bytes_max, pubint_error *error);

#endif
