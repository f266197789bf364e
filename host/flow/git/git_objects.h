/* The objects of a repository, packed ones by libgit2 and loose ones by a reader of our own: libgit2's (at
 * least 1.5 to 1.9) never ends on one that is cut off, and writes beyond its memory on one that is longer
 * than it says. */
#ifndef PI_GIT_OBJECTS_H
#define PI_GIT_OBJECTS_H

#include <stdio.h>

#include <git2.h>

/* Gives the repository such objects in the place of its own: those of its folder, or of GIT_OBJECT_DIRECTORY,
 * and what these, or GIT_ALTERNATE_OBJECT_DIRECTORIES, borrow from. They can be read and not written. `out`
 * is the caller's too. 0, or libgit2's error. */
int pi_git_objects_open(git_odb **out, git_repository *repository);

/* Opens a regular file to read; NULL for anything else, without waiting for a named pipe's writer. */
FILE *pi_git_objects_file(const char *path);

#endif
