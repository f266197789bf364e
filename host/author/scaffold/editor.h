/* What editors need to know of the names that scripts have, written from the tables: definitions for the Lua
 * language server, its settings, and a standard for luacheck. */
#ifndef PI_EDITOR_H
#define PI_EDITOR_H

#include "buffer.h"

enum { PI_EDITOR_FILES = 3 };

typedef struct pi_editor_file {
  const char *path; /* within the policy's folder */
  void (*write)(pi_buffer *out);
} pi_editor_file;

extern const pi_editor_file PI_EDITOR[PI_EDITOR_FILES];

#endif
