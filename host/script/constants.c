#include "constants.h"

#include <string.h>

#include "buffer.h"
#include "vm.h"

/* The form that lua_dump writes (Lua 5.4, ldump.c): a header, then functions within functions. */
enum {
  HEADER_BYTES = 4 + 1 + 1 + 6 + 3 + 8 + 8 + 1, /* … and the number of upvalues */
  INSTRUCTION_BYTES = 4,
  UPVALUE_BYTES = 3,
  NESTING = 200, /* LUAI_MAXCCALLS bounds what the parser accepts */
};

typedef struct dump {
  const unsigned char *p;
  const unsigned char *end;
  unsigned most;
  uint32_t found_line;
  bool found;
  bool broken; /* the form is not what we know: taken for too many, never for fine */
} dump;

static unsigned read_byte(dump *d) {
  if (d->p < d->end) return *d->p++;
  d->broken = true;
  return 0x80;
}

/* Seven bits a byte, the highest first; the last byte has its top bit set. */
static size_t read_size(dump *d) {
  size_t value = 0;
  for (int i = 0; i < 10; i++) {
    unsigned byte = read_byte(d);
    value = value << 7 | (byte & 0x7f);
    if ((byte & 0x80) != 0) return value;
  }
  d->broken = true;
  return 0;
}

static void skip(dump *d, size_t bytes) {
  if (bytes > (size_t)(d->end - d->p)) {
    d->broken = true;
    d->p = d->end;
  } else {
    d->p += bytes;
  }
}

static void skip_string(dump *d) {
  size_t size = read_size(d);
  if (size > 0) skip(d, size - 1);
}

static void skip_constant(dump *d) {
  switch (read_byte(d)) {
  case 0x03: /* integer */
  case 0x13: /* float */ skip(d, 8); break;
  case 0x04: /* short string */
  case 0x14: /* long string */ skip_string(d); break;
  case 0x00: /* nil */
  case 0x01: /* false */
  case 0x11: /* true */ break;
  default: d->broken = true;
  }
}

static void skip_debug(dump *d) {
  skip(d, read_size(d)); /* a byte an instruction: lines */
  for (size_t n = read_size(d); n > 0 && !d->broken; n--) {
    read_size(d);
    read_size(d);
  }
  for (size_t n = read_size(d); n > 0 && !d->broken; n--) {
    skip_string(d);
    read_size(d);
    read_size(d);
  }
  for (size_t n = read_size(d); n > 0 && !d->broken; n--) skip_string(d);
}

static void read_function(dump *d, unsigned depth) {
  if (depth > NESTING) d->broken = true;
  skip_string(d);
  size_t line = read_size(d);
  read_size(d);
  skip(d, 3); /* parameters, vararg, stack size */
  size_t code = read_size(d);
  skip(d, code > SIZE_MAX / INSTRUCTION_BYTES ? SIZE_MAX : code * INSTRUCTION_BYTES);
  size_t constants = read_size(d);
  if (constants > d->most && !d->found) {
    d->found = true;
    d->found_line = (uint32_t)line;
  }
  for (size_t i = 0; i < constants && !d->broken; i++) skip_constant(d);
  size_t upvalues = read_size(d);
  skip(d, upvalues > SIZE_MAX / UPVALUE_BYTES ? SIZE_MAX : upvalues * UPVALUE_BYTES);
  size_t functions = read_size(d);
  for (size_t i = 0; i < functions && !d->broken; i++) read_function(d, depth + 1);
  skip_debug(d);
}

static int write_dump(lua_State *L, const void *bytes, size_t size, void *context) {
  (void)L;
  pi_buffer *buffer = context;
  pi_buffer_append(buffer, bytes, size);
  return buffer->failed;
}

bool pi_constants_exceed(lua_State *L, unsigned most, uint32_t *line) {
  enum { DUMP_MAX = 4 * 1024 * 1024 };
  pi_buffer buffer;
  pi_buffer_init(&buffer, DUMP_MAX);
  *line = 0;
  if (lua_dump(L, write_dump, &buffer, 1) != 0 || buffer.failed) {
    pi_buffer_dispose(&buffer);
    pi_vm_no_memory(L);
  }
  dump d = {.p = (const unsigned char *)buffer.data, .most = most};
  d.end = d.p + buffer.len;
  skip(&d, HEADER_BYTES);
  read_function(&d, 0);
  bool exceeds = d.found || d.broken || d.p != d.end;
  *line = d.found_line;
  pi_buffer_dispose(&buffer);
  return exceeds;
}
