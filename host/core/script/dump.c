#include "dump.h"

/* A header, then functions within functions. */
enum {
  HEADER_BYTES = 4 + 1 + 1 + 6 + 3 + 8 + 8 + 1, /* … and the number of upvalues */
  INSTRUCTION_BYTES = 4,
  NESTING = 200,   /* LUAI_MAXCCALLS bounds what the parser accepts */
  ABSOLUTE = -128, /* lineinfo: the line stands in the list of absolute ones */
};

typedef struct reader {
  const unsigned char *p;
  const unsigned char *end;
  const pi_dump_visitor *visitor;
  bool broken;
} reader;

static unsigned read_byte(reader *d) {
  if (d->p < d->end) return *d->p++;
  d->broken = true;
  return 0x80;
}

/* Seven bits a byte, the highest first; the last byte has its top bit set. */
static size_t read_size(reader *d) {
  size_t value = 0;
  for (int i = 0; i < 10; i++) {
    unsigned byte = read_byte(d);
    value = value << 7 | (byte & 0x7f);
    if ((byte & 0x80) != 0) return value;
  }
  d->broken = true;
  return 0;
}

static const unsigned char *skip(reader *d, size_t count, size_t bytes) {
  const unsigned char *at = d->p;
  if (count > (size_t)(d->end - d->p) / bytes) {
    d->broken = true;
    d->p = d->end;
  } else {
    d->p += count * bytes;
  }
  return at;
}

static pi_slice read_string(reader *d) {
  size_t size = read_size(d);
  if (size == 0) return (pi_slice){NULL, 0};
  const unsigned char *bytes = skip(d, size - 1, 1);
  return d->broken ? (pi_slice){NULL, 0} : (pi_slice){(const char *)bytes, size - 1};
}

/* The constant, where it is a string. */
static pi_slice read_constant(reader *d) {
  switch (read_byte(d)) {
  case 0x03: /* integer */
  case 0x13: /* float */ skip(d, 8, 1); break;
  case 0x04: /* short string */
  case 0x14: /* long string */ return read_string(d);
  case 0x00: /* nil */
  case 0x01: /* false */
  case 0x11: /* true */ break;
  default: d->broken = true;
  }
  return (pi_slice){NULL, 0};
}

static void read_lines(reader *d, const pi_dump_function *function) {
  size_t infos = read_size(d);
  const signed char *steps = (const signed char *)skip(d, infos, 1);
  size_t absolutes = read_size(d), at = 0;
  uint32_t line = function->line;
  for (size_t pc = 0; pc < infos && pc < function->code_count && !d->broken; pc++) {
    if (steps[pc] == ABSOLUTE) {
      if (at++ >= absolutes || read_size(d) != pc) d->broken = true;
      line = (uint32_t)read_size(d);
    } else {
      line = (uint32_t)((int32_t)line + steps[pc]);
    }
    if (d->visitor->instruction != NULL && !d->broken) {
      d->visitor->instruction(d->visitor->context, function, pc, line);
    }
  }
  for (; at < absolutes && !d->broken; at++) {
    read_size(d);
    read_size(d);
  }
}

static void read_function(reader *d, const pi_dump_function *around, unsigned depth) {
  pi_dump_function function = {.around = around};
  if (depth > NESTING) d->broken = true;
  read_string(d);
  function.line = (uint32_t)read_size(d);
  read_size(d);
  skip(d, 3, 1); /* parameters, vararg, stack size */
  function.code_count = read_size(d);
  function.code = skip(d, function.code_count, INSTRUCTION_BYTES);
  function.constants_count = read_size(d);
  function.constants = d->p;
  for (size_t i = 0; i < function.constants_count && !d->broken; i++) read_constant(d);
  function.constants_end = d->p;
  function.upvalues_count = read_size(d);
  function.upvalues = skip(d, function.upvalues_count, PI_DUMP_UPVALUE_BYTES);
  size_t functions = read_size(d);
  for (size_t i = 0; i < functions && !d->broken; i++) read_function(d, &function, depth + 1);
  if (d->broken) return;
  if (d->visitor->function != NULL) d->visitor->function(d->visitor->context, &function);
  read_lines(d, &function);
  for (size_t n = read_size(d); n > 0 && !d->broken; n--) { /* locals */
    read_string(d);
    read_size(d);
    read_size(d);
  }
  for (size_t n = read_size(d); n > 0 && !d->broken; n--) read_string(d); /* names of upvalues */
}

bool pi_dump_read(pi_slice dump, const pi_dump_visitor *visitor) {
  reader d = {.p = (const unsigned char *)dump.ptr, .visitor = visitor};
  d.end = d.p + dump.len;
  skip(&d, HEADER_BYTES, 1);
  read_function(&d, NULL, 0);
  return !d.broken && d.p == d.end;
}

pi_slice pi_dump_string(const pi_dump_function *function, size_t index) {
  reader d = {.p = function->constants, .end = function->constants_end};
  pi_slice string = {NULL, 0};
  if (index >= function->constants_count) return string;
  for (size_t i = 0; i <= index && !d.broken; i++) string = read_constant(&d);
  return d.broken ? (pi_slice){NULL, 0} : string;
}

static int append(lua_State *L, const void *bytes, size_t size, void *context) {
  (void)L;
  pi_buffer *buffer = context;
  pi_buffer_append(buffer, bytes, size);
  return buffer->failed;
}

bool pi_dump_write(lua_State *L, bool strip, pi_buffer *out) {
  return lua_dump(L, append, out, strip) == 0 && !out->failed;
}
