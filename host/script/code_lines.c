#include "code_lines.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "buffer.h"

/* The form that lua_dump writes (Lua 5.4, ldump.c), debug information included. */
enum {
  HEADER_BYTES = 4 + 1 + 1 + 6 + 3 + 8 + 8 + 1,
  INSTRUCTION_BYTES = 4,
  UPVALUE_BYTES = 3,
  NESTING = 200,
  DUMP_MAX = 4 * 1024 * 1024,
  ABSOLUTE = -128, /* lineinfo: the line stands in the list of absolute ones */
};

/* Instructions that are looked at (lopcodes.h): the lowest seven bits. */
enum { OP_SETUPVAL = 10, OP_SETTABUP = 15 };

typedef struct dump {
  const unsigned char *p;
  const unsigned char *end;
  pi_code_lines *out;
  bool broken;
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

static const unsigned char *skip(dump *d, size_t bytes) {
  const unsigned char *at = d->p;
  if (bytes > (size_t)(d->end - d->p)) {
    d->broken = true;
    d->p = d->end;
  } else {
    d->p += bytes;
  }
  return at;
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
  default: break;
  }
}

/* One instruction at `line`. */
static void look_at(dump *d, const unsigned char *instruction, uint32_t line, unsigned depth) {
  unsigned op = instruction[0] & 0x7f;
  /* What a function directly in the file has around it is the file's; deeper ones may keep counts in the
   * function around them, which ends with the call. The file's own function has _ENV alone around it. */
  if ((op == OP_SETUPVAL || op == OP_SETTABUP) && depth == 1) pi_line_set_add(&d->out->assigns, line);
  if (op == OP_SETTABUP && depth == 0) pi_line_set_add(&d->out->globals, line);
  pi_line_set_add(&d->out->active, line);
}

/* The last instruction is the function's own end and no line of anybody's. */
static void read_lines(dump *d, const unsigned char *code, size_t count, uint32_t begins, unsigned depth) {
  size_t infos = read_size(d);
  const unsigned char *info = skip(d, infos);
  size_t absolutes = read_size(d);
  uint32_t line = begins;
  const signed char *steps = (const signed char *)info;
  size_t at = 0;
  for (size_t pc = 0; pc < infos && pc < count && !d->broken; pc++) {
    if (steps[pc] == ABSOLUTE) {
      if (at++ >= absolutes || read_size(d) != pc) d->broken = true;
      line = (uint32_t)read_size(d);
    } else {
      line = (uint32_t)((int32_t)line + steps[pc]);
    }
    bool prologue = depth == 0 && pc == 0; /* the main chunk takes its arguments */
    if (pc + 1 < count && !prologue) look_at(d, code + pc * INSTRUCTION_BYTES, line, depth);
  }
  for (; at < absolutes && !d->broken; at++) {
    read_size(d);
    read_size(d);
  }
}

static void read_function(dump *d, unsigned depth) {
  if (depth > NESTING) {
    d->broken = true;
    return;
  }
  skip_string(d);
  uint32_t begins = (uint32_t)read_size(d);
  read_size(d);
  skip(d, 3); /* parameters, vararg, stack size */
  size_t count = read_size(d);
  const unsigned char *code = skip(d, count > SIZE_MAX / INSTRUCTION_BYTES ? SIZE_MAX : count * 4);
  size_t constants = read_size(d);
  for (size_t i = 0; i < constants && !d->broken; i++) skip_constant(d);
  size_t upvalues = read_size(d);
  skip(d, upvalues > SIZE_MAX / UPVALUE_BYTES ? SIZE_MAX : upvalues * UPVALUE_BYTES);
  size_t functions = read_size(d);
  for (size_t i = 0; i < functions && !d->broken; i++) read_function(d, depth + 1);
  if (d->broken) return;
  read_lines(d, code, count, begins, depth);
  for (size_t n = read_size(d); n > 0 && !d->broken; n--) { /* locals */
    skip_string(d);
    read_size(d);
    read_size(d);
  }
  for (size_t n = read_size(d); n > 0 && !d->broken; n--) skip_string(d);
}

static int write_dump(lua_State *L, const void *bytes, size_t size, void *context) {
  (void)L;
  pi_buffer *buffer = context;
  pi_buffer_append(buffer, bytes, size);
  return buffer->failed;
}

bool pi_code_lines_find(const pi_script *script, pi_code_lines *out) {
  memset(out, 0, sizeof *out);
  lua_State *L = luaL_newstate(); /* only parses: no library is opened and nothing is run */
  if (L == NULL) return false;
  pi_buffer buffer;
  pi_buffer_init(&buffer, DUMP_MAX);
  bool done = luaL_loadbufferx(L, script->source.ptr, script->source.len, "=script", "t") == LUA_OK &&
              lua_dump(L, write_dump, &buffer, 0) == 0 && !buffer.failed;
  lua_close(L);
  if (done) {
    dump d = {.p = (const unsigned char *)buffer.data, .out = out};
    d.end = d.p + buffer.len;
    skip(&d, HEADER_BYTES);
    read_function(&d, 0);
  }
  pi_buffer_dispose(&buffer);
  return done;
}
