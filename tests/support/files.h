/* Files and folders of a test's own. Whatever fails here fails the test. */
#ifndef PI_FILES_H
#define PI_FILES_H

#include <stddef.h>

/* A file's bytes and a final NUL, owned by the caller; NULL where there is none. `length` may be NULL. */
char *files_read(const char *path, size_t *length);

/* Writes a file, making the folders it lies in. */
void files_write(const char *path, const char *bytes, size_t length);

/* Makes a new folder below TMPDIR, else below the current one, and puts its path into `folder`. */
void files_make_folder(char *folder, size_t size);

/* Removes a folder and all it holds. */
void files_remove_folder(const char *folder);

#endif
