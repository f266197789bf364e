#include "packing.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"

/* None of these begins a text in UTF-8 that JSON could be. */
static const pi_packing PACKINGS[] = {
    {"gzip", "gzip -dc", PI_SLICE_INIT("\x1F\x8B")},
    {"zstd", "zstd -dc", PI_SLICE_INIT("\x28\xB5\x2F\xFD")},
    {"xz", "xz -dc",
     PI_SLICE_INIT("\xFD"
                   "7zXZ")},
    {"bzip2", "bzip2 -dc", PI_SLICE_INIT("BZh")},
    {"zip", "unzip -p", PI_SLICE_INIT("PK\x03\x04")},
    {"7z", "7z x -so", PI_SLICE_INIT("7z\xBC\xAF\x27\x1C")},
    {"lz4", "lz4 -dc", PI_SLICE_INIT("\x04\x22\x4D\x18")},
};

const pi_packing *pi_packing_of(pi_slice begin) {
  for (size_t i = 0; i < sizeof PACKINGS / sizeof *PACKINGS; i++) {
    pi_slice mark = PACKINGS[i].mark;
    if (begin.len >= mark.len && memcmp(begin.ptr, mark.ptr, mark.len) == 0) return &PACKINGS[i];
  }
  return NULL;
}

pubint_status pi_packing_refuse(const pi_packing *packing, const char *file, pubint_error *error) {
  pubint_status status =
      pi_error_setf(error, PI_E_PACKED, "the file is packed with %s, which is not read here", packing->name);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, file, strlen(file));
  snprintf(error->hint, sizeof error->hint, "unpack it first: %s FILE | pubint ...", packing->unpack);
  return status;
}
