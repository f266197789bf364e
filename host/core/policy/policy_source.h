/* Where a policy's files come from: a folder of the disk, memory, or whatever else can list and read. */
#ifndef PI_POLICY_SOURCE_H
#define PI_POLICY_SOURCE_H

#include <stdbool.h>

#include "buffer.h"
#include "errors.h"

typedef struct pi_policy_source pi_policy_source;

/* Is told one name; anything but PUBINT_OK ends the listing, which returns it. */
typedef pubint_status pi_policy_take_name(void *context, const char *name, pubint_error *error);

struct pi_policy_source {
  const char *name; /* as errors call it; a folder's path. Borrowed until the policy has a copy */
  bool folder;      /* the name is a folder's of the disk, which can be watched and written into */
  void *state;      /* its own; NULL where it needs none */
  /* Tells `take` the names in the policy's folder `folder`, in any order; one that is not there has none. */
  pubint_status (*list)(const pi_policy_source *self, const char *folder, pi_policy_take_name *take,
                        void *context, pubint_error *error);
  /* Appends the file `path`. It makes room in `out` for all of it before it takes a byte; that there is none
   * is no error of its own, since the caller sees out->failed. E5002 where there is no such file. */
  pubint_status (*read)(const pi_policy_source *self, const char *path, pi_buffer *out, pubint_error *error);
  void (*close)(pi_policy_source *self); /* NULL: there is nothing to close, or somebody else does */
};

/* A folder of the disk. A link that leaves it is refused (E2012), be it a file or one of its folders. */
pi_policy_source pi_policy_source_folder(const char *directory);

/* One file in memory: "rules/violence.lua" and its text. */
typedef struct pi_policy_text {
  const char *path;
  pi_slice text;
} pi_policy_text;

/* Files in memory, which are borrowed for as long as the policy lives. */
typedef struct pi_policy_texts {
  const pi_policy_text *items;
  size_t count;
} pi_policy_texts;

pi_policy_source pi_policy_source_memory(const char *name, pi_policy_texts *texts);

/* What any source says of a file or folder that the system cannot read: a policy that cannot be read does not
 * load, whatever the machine's reason. */
pubint_status pi_policy_source_cannot_read(pubint_error *error, const char *path, int reason);

#endif
