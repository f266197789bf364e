/* Options from tables: each row says its names, what it takes, what it means and where its value goes. */
#ifndef PI_OPTIONS_H
#define PI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pubint/error.h>

typedef enum pi_option_kind {
  PI_OPTION_FLAG,   /* field: bool */
  PI_OPTION_TEXT,   /* field: const char *, into argv */
  PI_OPTION_LIST,   /* field: pi_option_list; each time it is given adds one */
  PI_OPTION_CHOICE, /* field: unsigned, the index among choices */
  PI_OPTION_COUNT,  /* field: uint64_t, a whole number up to 10^18 */
} pi_option_kind;

enum { PI_OPTION_LIST_MAX = 64 };

typedef struct pi_option_list {
  const char *items[PI_OPTION_LIST_MAX]; /* into argv */
  size_t count;
} pi_option_list;

typedef struct pi_option {
  char short_name;       /* 0: none */
  const char *long_name; /* without the dashes */
  pi_option_kind kind;
  const char *value;          /* what help calls the value: "DIR"; NULL for a flag */
  const char *const *choices; /* of a choice; ends in NULL */
  size_t offset;              /* of the field in the command's struct */
  const char *help;           /* one sentence, without its stop; NULL of a choice: its choices, no more */
} pi_option;

enum { PI_OPTIONS_HELP_BYTES = 256 };

/* What help says of it; `room` may hold it. */
const char *pi_options_help(const pi_option *option, char room[PI_OPTIONS_HELP_BYTES]);

/* A table of options and the struct it fills. */
typedef struct pi_option_set {
  const pi_option *options;
  size_t count;
  void *values;
} pi_option_set;

/* What is left besides the options. */
typedef struct pi_arguments {
  const char **items; /* the caller's, room for argc of them; they point into argv */
  size_t count;
} pi_arguments;

/* Reads argv[0..argc). Options and arguments mix; "--" ends the options; "-" is an argument; flags of one
 * letter can stand together; a value follows as in --case 3, --case=3, -p DIR or -pDIR; of an option given
 * twice the last counts, unless it is a list. Fills the sets' structs, which the caller has initialised. */
pubint_status pi_options_parse(const pi_option_set *sets, size_t sets_count, int argc, char *const *argv,
                               pi_arguments *out, pubint_error *error);

#endif
