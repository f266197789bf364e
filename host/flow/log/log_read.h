/* A decision log read from its first line to its last, in the order of its segments, with flat memory. What
 * a writer adds meanwhile may be seen or not; a line that it is in the middle of writing is told apart. */
#ifndef PI_LOG_READ_H
#define PI_LOG_READ_H

#include "log_line.h"

/* The name of a segment says the number of its first line, so that names sort as lines do. */
#define PI_LOG_SEGMENT_FORM "decisions-%019llu.ndjson"
#define PI_LOG_LOCK         "lock" /* the file that a writer locks; it marks a log that has no line yet */
enum { PI_LOG_NAME_BYTES = 48 };
void pi_log_segment_name(uint64_t first, char out[PI_LOG_NAME_BYTES]);

typedef struct pi_log_segments {
  uint64_t *firsts; /* sorted; owned */
  size_t count;
} pi_log_segments;

/* The segments in a folder that is open; E4161 where it cannot be read. */
pubint_status pi_log_segments_read(pi_log_segments *out, int folder, const char *name, pubint_error *error);
void pi_log_segments_dispose(pi_log_segments *segments);

typedef struct pi_log_reader {
  int folder; /* owned */
  const char *name;
  pi_log_segments segments;
  size_t next; /* the segment to open when this one has ended */
  int fd;      /* of the segment at hand; -1: none */
  pi_buffer text;
  size_t at;       /* within the text */
  bool ended;      /* the segment has no more bytes */
  uint64_t offset; /* of the text's begin within the segment */
  char segment[PI_LOG_NAME_BYTES];
} pi_log_reader;

typedef struct pi_log_text {
  pi_slice text;    /* without its newline; lives until the next is read */
  bool whole;       /* it has its newline */
  uint64_t offset;  /* of its first byte */
  uint64_t number;  /* within its segment, from 1 */
  uint64_t segment; /* the first number that the segment's name says */
  bool last;        /* it lies in the last segment */
} pi_log_text;

/* The folder's name is borrowed. E4168 where it holds no log. Close in either case. */
pubint_status pi_log_reader_open(pi_log_reader *self, const char *folder, pubint_error *error);
void pi_log_reader_close(pi_log_reader *self);

/* Goes to the beginning of the last segment, or of the last but one. */
void pi_log_reader_skip(pi_log_reader *self, size_t segments_left);

/* The next line; *there is false at the end. */
pubint_status pi_log_reader_next(pi_log_reader *self, pi_log_text *line, bool *there, pubint_error *error);

/* Whether the line is none yet. A crash leaves a line without its end or, of a file system that had not
 * written it, zeros: neither was synced, so nobody was answered. A live log may be writing it. */
bool pi_log_text_torn(const pi_log_text *line);

/* Fills the file and the line of an error. */
void pi_log_reader_blame(const pi_log_reader *self, const pi_log_text *line, pubint_error *error);

/* A chain as it is followed, line by line. */
typedef struct pi_log_chain {
  bool begun; /* the link before the next line is known: */
  uint64_t n; /* of the line before */
  char link[PI_SHA256_HEX + 1];
} pi_log_chain;

/* Takes the next line: E4169 where it is none, E4162 where it does not follow from the one before.
 * A chain that was not begun believes the first line. */
pubint_status pi_log_chain_take(pi_log_chain *self, const pi_log_text *text, pi_arena *arena,
                                pi_log_line *line, pubint_error *error);

#endif
