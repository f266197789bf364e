/* The decision log: an answer is given when its line is on disk.
 *
 * A folder of segments of NDJSON, one line a decision:
 *   {"n":N,"at":TIME,"trace":TEXT|null,"case":…,"evaluation":…[,"shadow":…][,"redacted":true],"link":LINK}
 * Case and evaluation are the very bytes (log_line.h). LINK is the SHA-256 of the link before, in
 * hexadecimal, and the line without its link; before the first line stand 64 zeros.
 *
 * Threads append side by side; one thread of the log writes for all who wait, and syncs once. What could not
 * be written whole is cut back, with all that was to stand behind it, and its appenders get an error: so the
 * chain never holds a line that is half there. After a sync that failed nobody knows what is on disk: such a
 * log takes nothing more until it is closed and opened, which proves its last segments.
 */
#ifndef PI_LOG_H
#define PI_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include <pubint/error.h>

#include "log_record.h"
#include "sha256.h"

enum { PI_LOG_SEGMENT_MIB = 64, PI_LOG_WAIT_MS = 2000 };

typedef struct pi_log pi_log;

typedef struct pi_log_options {
  uint64_t segment_mib; /* a segment that is longer gets no more lines; 0: PI_LOG_SEGMENT_MIB */
  unsigned wait_ms;     /* how long appenders wait for room on a full disk; 0: not at all */
  bool redact;          /* spans are blotted out of the case's text, and the line says so */
} pi_log_options;

typedef struct pi_log_counters {
  uint64_t lines; /* on disk since it was opened */
  uint64_t bytes; /* of these lines */
  uint64_t syncs;
  uint64_t sync_ns;    /* in all of them */
  uint64_t blocked_ns; /* in which a full disk held appenders up */
  uint64_t cut_bytes;  /* of a torn last line, which was cut when it was opened */
} pi_log_counters;

/* Opens the log in the folder, which is made where it is not there (0700), locks  * segments and cuts a torn
 * last line, whose answer was never given. NULL, the reason in `error` (not NULL): E4160 another process
 * writes it, E4161 the folder, E4162 its lines do not hold, E4163 the system. */
pi_log *pi_log_open(const char *folder, const pi_log_options *options, pubint_error *error);

/* Returns PUBINT_OK once the line is on disk; from any thread. Else nothing of it is in the log: E4163 it
 * cannot be written now (full, after wait_ms; read-only), so that one may try again later; E4164 a sync has
 * failed, and the log takes nothing more; E5001 memory. *n, which may be NULL, is the line's number. */
pubint_status pi_log_append(pi_log *self, const pi_log_record *record, uint64_t *n, pubint_error *error);

/* The same of many lines, which stand together: all are on disk, or none. *first is the first one's number.
 */
pubint_status pi_log_append_all(pi_log *self, const pi_log_record *records, size_t count, uint64_t *first,
                                pubint_error *error);

/* What came of lines that were submitted. `error` is NULL where they are on disk. */
typedef void pi_log_done(void *context, uint64_t first, const pubint_error *error);

/* The same without waiting. Once it has returned PUBINT_OK, `done` is called exactly once, on the log's
 * thread, which it must not hold up, or within pi_log_close; it may submit more. Else `done` is not called.
 */
pubint_status pi_log_submit(pi_log *self, const pi_log_record *records, size_t count, pi_log_done *done,
                            void *context, pubint_error *error);

/* Whether the last attempt to write succeeded. */
bool pi_log_writable(pi_log *self);

pi_log_counters pi_log_count(pi_log *self);

/* The number and the link of the last line on disk; 0 and 64 zeros where there is none. */
uint64_t pi_log_head(pi_log *self, char link[PI_SHA256_HEX + 1]);

/* Writes what was submitted and ends. Nobody may be appending. NULL is legal. */
void pi_log_close(pi_log *self);

#endif
