#include "packing.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "errors.h"
#include "file.h"

enum { LOOK_BYTES = 512 }; /* a tar's mark lies within */

/* None of these begins a text in UTF-8 that JSON could be. */
static const pi_packing PACKINGS[] = {
    {"gzip", "gzip -dc", PI_SLICE_INIT("\x1F\x8B"), 0, 0, PI_PACKING_GZIP},
    {"zstd", "zstd -dc", PI_SLICE_INIT("\x28\xB5\x2F\xFD"), 0, 0, PI_PACKING_ZSTD},
    {"zstd", "zstd -dc", PI_SLICE_INIT("\x50\x2A\x4D\x18"), 0, 0x0F, PI_PACKING_ZSTD}, /* skippable */
    {"xz", "xz -dc",
     PI_SLICE_INIT("\xFD"
                   "7zXZ"),
     0, 0, PI_PACKING_OTHER},
    {"bzip2", "bzip2 -dc", PI_SLICE_INIT("BZh"), 0, 0, PI_PACKING_OTHER},
    {"zip", "unzip -p", PI_SLICE_INIT("PK\x03\x04"), 0, 0, PI_PACKING_OTHER},
    {"7z", "7z x -so", PI_SLICE_INIT("7z\xBC\xAF\x27\x1C"), 0, 0, PI_PACKING_OTHER},
    {"lz4", "lz4 -dc", PI_SLICE_INIT("\x04\x22\x4D\x18"), 0, 0, PI_PACKING_OTHER},
    {"tar", "tar -xOf", PI_SLICE_INIT("ustar"), 257, 0, PI_PACKING_OTHER},
};
enum { PACKINGS_COUNT = sizeof PACKINGS / sizeof *PACKINGS };

/* Whether `begin`, as far as it goes, has the mark. */
static bool agrees(const pi_packing *packing, pi_slice begin) {
  pi_slice mark = packing->mark;
  if (begin.len <= packing->at) return packing->at == 0;
  /* What stands before a mark that is not at the beginning: a text, where somebody wrote it, has no NUL. */
  if (packing->at > 0 && memchr(begin.ptr, '\0', packing->at) == NULL) return false;
  const char *p = begin.ptr + packing->at;
  size_t count = begin.len - packing->at < mark.len ? begin.len - packing->at : mark.len;
  bool first = (((unsigned char)p[0] ^ (unsigned char)mark.ptr[0]) & ~packing->varies & 0xFF) == 0;
  return first && memcmp(p + 1, mark.ptr + 1, count - 1) == 0;
}

const pi_packing *pi_packing_of(pi_slice begin) {
  for (size_t i = 0; i < PACKINGS_COUNT; i++) {
    const pi_packing *packing = &PACKINGS[i];
    if (begin.len >= packing->at + packing->mark.len && agrees(packing, begin)) return packing;
  }
  return NULL;
}

bool pi_packing_undecided(pi_slice begin) {
  for (size_t i = 0; i < PACKINGS_COUNT; i++) {
    const pi_packing *packing = &PACKINGS[i];
    if (begin.len < packing->at + packing->mark.len && agrees(packing, begin)) return true;
  }
  return false;
}

const pi_packing *pi_packing_of_file(const char *name) {
  char begin[LOOK_BYTES];
  struct stat status;
  bool standard = strcmp(name, "-") == 0;
  if (standard ? fstat(STDIN_FILENO, &status) : stat(name, &status)) return NULL;
  int fd = !S_ISREG(status.st_mode) ? -1
           : standard               ? STDIN_FILENO
                                    : open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return NULL; /* whoever reads it says why not */
  off_t at = standard ? lseek(fd, 0, SEEK_CUR) : 0;
  ssize_t got = pread(fd, begin, sizeof begin, at);
  if (!standard) close(fd);
  return got > 0 ? pi_packing_of((pi_slice){begin, (size_t)got}) : NULL;
}

pubint_status pi_packing_refuse(const pi_packing *packing, const pi_packing *outer, const char *file,
                                const char *where, pubint_error *error) {
  pubint_status status =
      pi_error_setf(error, PI_E_PACKED, "the file is packed with %s%s%s, which is not read %s", packing->name,
                    outer != NULL ? " within " : "", outer != NULL ? outer->name : "", where);
  if (error == NULL) return status;
  file = pi_file_shown_name(file);
  pi_error_field(error->file, sizeof error->file, file, strlen(file));
  if (outer != NULL) {
    snprintf(error->hint, sizeof error->hint, "unpack it first: %s FILE | %s - | pubint ...", outer->unpack,
             packing->unpack);
  } else if (packing->kind != PI_PACKING_OTHER) {
    snprintf(error->hint, sizeof error->hint, "unpack it first, into a file: %s FILE >TEXT", packing->unpack);
  } else if (strcmp(packing->name, "zip") == 0) { /* most are an account's archive, of many files */
    snprintf(error->hint, sizeof error->hint,
             "unpack it first: unzip -p FILE NAME | pubint ...; of an account's archive data/tweets.js, with "
             "--account data/account.js");
  } else {
    snprintf(error->hint, sizeof error->hint, "unpack it first: %s FILE | pubint ...", packing->unpack);
  }
  return status;
}

pubint_status pi_packing_refuse_file(const char *name, const char *where, pubint_error *error) {
  const pi_packing *packing = pi_packing_of_file(name);
  return packing == NULL ? PUBINT_OK : pi_packing_refuse(packing, NULL, name, where, error);
}
