/* Reads a policy's files from its source: names in the C locale's order, whole files, and their digests. */
#ifndef PI_POLICY_FILES_H
#define PI_POLICY_FILES_H

#include "arena.h"
#include "buffer.h"
#include "errors.h"
#include "policy_source.h"

typedef struct pi_policy_file {
  pi_slice name; /* "violence", without folder and ending */
  pi_slice path; /* "rules/violence.lua", within the policy */
  pi_slice content;
} pi_policy_file;

typedef struct pi_policy_files {
  pi_policy_file *files; /* bytewise order of paths */
  uint32_t count;
} pi_policy_files;

/* Reads the files of the source's FOLDER that end in `ending`; a folder that is not there has no files.
 * Hidden files are passed over. Refuses files of over `bytes_max` bytes with `too_large`. All texts end in
 * NUL and lie in the arena. */
pubint_status pi_policy_files_read(pi_policy_files *out, const pi_policy_source *source, const char *folder,
                                   const char *ending, size_t bytes_max, pi_code too_large, pi_arena *arena,
                                   pubint_error *error);

/* Reads the one file NAME; PUBINT_E_POLICY with E2001 when there is none. */
pubint_status pi_policy_file_read(pi_policy_file *out, const pi_policy_source *source, const char *name,
                                  size_t bytes_max, pi_arena *arena, pubint_error *error);

/* Whether the file `path` of the disk is one of those that a policy in the folder `directory` is made of, or
 * would be once it is there: its tests too. */
bool pi_policy_files_own(const char *directory, const char *path);

/* Adds a file's line, as sha256sum prints it ("HEX  PATH\n"), to `lines`. */
void pi_policy_digest_line(pi_buffer *lines, const pi_policy_file *file);

/* Takes the next of such lines off `rest`: its digest and path; false at the end. */
bool pi_policy_digest_next_line(pi_slice *rest, pi_slice *hex, pi_slice *path);

typedef enum pi_policy_file_change { PI_FILE_CHANGED, PI_FILE_ADDED, PI_FILE_REMOVED } pi_policy_file_change;
typedef void pi_policy_file_visit(void *context, pi_slice path, pi_policy_file_change change);

/* Calls `each` with every file that is not the same in two such lists: those of `now` in their order, then
 * those that only `then` has. */
void pi_policy_digest_compare(pi_slice then, pi_slice now, pi_policy_file_visit *each, void *context);

#endif
