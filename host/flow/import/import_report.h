/* What an import came to: counts, and a line for a Tweet that was refused or has something to be known. As
 * JSON every one has its line; for people the first three of a kind, and one for a cell of a side file
 * however many Tweets it is refused for.
 */
#ifndef PI_IMPORT_REPORT_H
#define PI_IMPORT_REPORT_H

#include <pubint/error.h>
#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"
#include "csv.h"
#include "errors.h"
#include "import_shape.h"

/* What is noted of Tweets that were imported: NOTE(NAME, "key", LISTED, "text"). LISTED 1: each has a line of
 * its own. */
#define PI_IMPORT_NOTES(NOTE)                                                                                \
  NOTE(TRUNCATED, "truncated", 1, "the text is cut; the payload does not hold the rest")                     \
  NOTE(EVERYWHERE, "withheld_everywhere", 1, "withheld in all countries (XX): withheld_in names every one")  \
  NOTE(COPYRIGHT, "withheld_for_copyright", 1,                                                               \
       "withheld for copyright (XY): the violation copyright stands")                                        \
  NOTE(BADGE, "badge_unclear", 1,                                                                            \
       "verified without a type, when badges could be bought: it may be one (A09)")                          \
  NOTE(MAYBE_CUT, "text_may_be_cut", 1,                                                                      \
       "the text may be cut: it has 270 code points or more, and no note_tweet came with it")                \
  NOTE(ARTICLE, "article", 1, "the text is that of an article, without its title")                           \
  NOTE(VERSIONS, "edited", 1, "one of several versions of a Tweet that was edited")                          \
  NOTE(QUOTES, "quoted_by_hand", 1, "somebody else's words stand in the text behind QT, RT or MT")           \
  NOTE(QUOTE_UNREAD, "quote_unread", 1, "it quotes a Tweet in a member that is not read")                    \
  NOTE(NO_AUTHOR, "author_not_included", 0,                                                                  \
       "the author was not included: nothing is known of the account (of an archive, --account)")            \
  NOTE(NO_OFFICE, "no_office", 0, "the account has no row among the offices")                                \
  NOTE(OFFICE_OUTSIDE, "office_outside", 1, "no row among the offices is of the Tweet's time")               \
  NOTE(OFFICE_UNCHECKED, "office_unchecked", 1, "since and until of the office were not checked: no date")   \
  NOTE(OFFICE_UNDATED, "office_undated", 1, "which of the account's offices counts needs a date: none taken")

typedef enum pi_import_note {
#define NOTE(name, key, listed, text) PI_NOTE_##name,
  PI_IMPORT_NOTES(NOTE)
#undef NOTE
      PI_NOTE_COUNT
} pi_import_note;

enum {
  PI_IMPORT_CODES_COUNT = 0
#define ERROR_ROW(number, name, status, message, mend) +1
#include "errors.def"
#undef ERROR_ROW
};

/* Where a Tweet stands: the index counts the items of its file from 1. */
typedef struct pi_import_item {
  const char *file;
  uint64_t line;
  uint64_t index; /* 0: what is refused is no item, but text that cannot be read */
  pi_slice id;    /* ptr NULL: not known */
} pi_import_item;

/* Rows of side files that nothing was made of. */
typedef enum pi_import_unused {
  PI_UNUSED_OFFICE,    /* no Tweet of the account was imported */
  PI_UNUSED_VIOLATION, /* there was no such Tweet */
  PI_UNUSED_COUNT
} pi_import_unused;

enum { PI_IMPORT_EXAMPLES = 3 };

/* The examples of a code that were shown: how many, and where in a side file each is at fault. */
typedef struct pi_import_shown {
  unsigned count;
  uint64_t lines[PI_IMPORT_EXAMPLES]; /* 0: no cell of a side file */
  uint64_t columns[PI_IMPORT_EXAMPLES];
} pi_import_shown;

typedef struct pi_import_report {
  bool no_excerpts; /* refusals quote nothing of what was read */
  bool json;        /* how `refusals`, `notes_list` and `unused` are written */
  uint64_t in;
  uint64_t imported;
  uint64_t refused;
  uint64_t shapes[PI_IMPORT_SHAPE_COUNT]; /* of what was imported */
  uint64_t api_errors;
  uint64_t unused_rows[PI_UNUSED_COUNT];
  uint64_t codes[PI_IMPORT_CODES_COUNT]; /* refusals by row of PI_ERRORS */
  pi_import_shown shown[PI_IMPORT_CODES_COUNT];
  uint64_t notes[PI_NOTE_COUNT];
  pi_buffer refusals; /* lines of text, or the items of JSON arrays */
  pi_buffer notes_list;
  pi_buffer unused;
} pi_import_report;

void pi_import_report_init(pi_import_report *self, bool json);
void pi_import_report_dispose(pi_import_report *self);

/* Counts a refusal; an error without a place gets the item's. */
void pi_import_report_refuse(pi_import_report *self, const pi_import_item *item, const pubint_error *error);
void pi_import_report_note(pi_import_report *self, const pi_import_item *item, pi_import_note note);
void pi_import_report_unused(pi_import_report *self, pi_import_unused unused, const char *file,
                             const pi_csv_cell *cell);

/* What a note says, and what became of rows that were not used. Static. */
const char *pi_import_note_text(pi_import_note note);
const char *pi_import_unused_text(pi_import_unused unused);

/* The whole of it as one line of JSON. */
void pi_import_report_json(const pi_import_report *self, pi_buffer *out);

/* Whether memory ran out while it was written. */
bool pi_import_report_failed(const pi_import_report *self);

#endif
