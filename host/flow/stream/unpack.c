#define ZLIB_CONST
#include "unpack.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { ZSTD_HEADER_BYTES = 5 }; /* the least that a frame begins with */

struct pi_unpack {
  pi_packing_kind kind;
  bool between; /* streams */
  z_stream gzip;
  ZSTD_DCtx *zstd;
  size_t wanted; /* by zstd: what is left of a block and a header, so that an error costs no more than that */
};

pi_unpack *pi_unpack_new(const pi_packing *packing) {
  enum { GZIP_ONLY = 16, WINDOW_LOG_MAX = 27 };
  pi_unpack *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->kind = packing->kind;
  self->wanted = ZSTD_HEADER_BYTES;
  bool made;
  if (self->kind == PI_PACKING_GZIP) {
    made = inflateInit2(&self->gzip, MAX_WBITS + GZIP_ONLY) == Z_OK;
  } else {
    self->zstd = ZSTD_createDCtx();
    made = self->zstd != NULL &&
           !ZSTD_isError(ZSTD_DCtx_setParameter(self->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MAX));
  }
  if (made) return self;
  ZSTD_freeDCtx(self->zstd);
  free(self);
  return NULL;
}

void pi_unpack_free(pi_unpack *self) {
  if (self == NULL) return;
  if (self->kind == PI_PACKING_GZIP) inflateEnd(&self->gzip);
  ZSTD_freeDCtx(self->zstd);
  free(self);
}

bool pi_unpack_between(const pi_unpack *self) {
  return self->between;
}

static pi_unpack_fault step_gzip(pi_unpack *self, pi_slice *in, char *out, size_t room, size_t *made) {
  z_stream *gzip = &self->gzip;
  uInt given = in->len < UINT_MAX ? (uInt)in->len : UINT_MAX;
  uInt wanted = room < UINT_MAX ? (uInt)room : UINT_MAX;
  gzip->next_in = (const Bytef *)in->ptr;
  gzip->avail_in = given;
  gzip->next_out = (Bytef *)out;
  gzip->avail_out = wanted;
  int result = inflate(gzip, Z_NO_FLUSH);
  size_t taken = given - gzip->avail_in;
  *in = (pi_slice){in->ptr + taken, in->len - taken};
  *made = wanted - gzip->avail_out;
  self->between = result == Z_STREAM_END;
  if (self->between) inflateReset(gzip);
  if (self->between || result == Z_OK || result == Z_BUF_ERROR) return PI_UNPACK_SOUND;
  return result == Z_MEM_ERROR ? PI_UNPACK_NO_MEMORY : PI_UNPACK_DAMAGED;
}

static pi_unpack_fault step_zstd(pi_unpack *self, pi_slice *in, char *out, size_t room, size_t *made) {
  ZSTD_inBuffer from = {in->ptr, in->len < self->wanted ? in->len : self->wanted, 0};
  ZSTD_outBuffer to = {out, room, 0};
  size_t result = ZSTD_decompressStream(self->zstd, &to, &from);
  *in = (pi_slice){in->ptr + from.pos, in->len - from.pos};
  *made = to.pos;
  self->between = result == 0;
  self->wanted = result > 0 ? result : ZSTD_HEADER_BYTES;
  if (!ZSTD_isError(result)) return PI_UNPACK_SOUND;
  ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
  if (code == ZSTD_error_memory_allocation) return PI_UNPACK_NO_MEMORY;
  return code == ZSTD_error_frameParameter_windowTooLarge ? PI_UNPACK_TOO_WIDE : PI_UNPACK_DAMAGED;
}

/* Whether the bytes behind a stream begin another of the same kind, as far as they go. */
static bool begins_another(const pi_unpack *self, pi_slice in) {
  if (pi_packing_undecided(in)) return true;
  const pi_packing *packing = pi_packing_of(in);
  return packing != NULL && packing->kind == self->kind;
}

pi_unpack_fault pi_unpack_step(pi_unpack *self, pi_slice *in, char *out, size_t room, size_t *made) {
  *made = 0;
  if (self->between && in->len == 0) return PI_UNPACK_SOUND;
  if (self->between && !begins_another(self, *in)) return PI_UNPACK_FOLLOWED;
  return self->kind == PI_PACKING_GZIP ? step_gzip(self, in, out, room, made)
                                       : step_zstd(self, in, out, room, made);
}
