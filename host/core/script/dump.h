/* Reads the form that lua_dump writes (Lua 5.4, ldump.c): what a compiled script says of itself. */
#ifndef PI_DUMP_H
#define PI_DUMP_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"
#include "slice.h"

enum { PI_DUMP_MAX = 4 * 1024 * 1024, PI_DUMP_UPVALUE_BYTES = 3 };

/* One function; all of it points into the dump. */
typedef struct pi_dump_function {
  const struct pi_dump_function *around; /* NULL: the file's own */
  uint32_t line;                         /* where it begins; 0 for the file's own */
  const unsigned char *code;             /* four bytes an instruction */
  size_t code_count;
  const unsigned char *constants; /* where they begin */
  const unsigned char *constants_end;
  size_t constants_count;
  const unsigned char
      *upvalues; /* of each: whether it is a local of the function around, its index, its kind */
  size_t upvalues_count;
} pi_dump_function;

/* What is told, a function behind those within it. */
typedef struct pi_dump_visitor {
  void (*function)(void *context, const pi_dump_function *function); /* may be NULL */
  /* Every instruction with its line, where the dump has lines; may be NULL. */
  void (*instruction)(void *context, const pi_dump_function *function, size_t pc, uint32_t line);
  void *context;
} pi_dump_visitor;

/* Writes the function on top of the stack; `strip` leaves lines and names out. False when memory runs out.
   [-0, +0, -] */
bool pi_dump_write(lua_State *L, bool strip, pi_buffer *out);

/* False where the form is not the one we know. */
bool pi_dump_read(pi_slice dump, const pi_dump_visitor *visitor);

/* The constant `index` where it is a string; .ptr NULL where it is not. */
pi_slice pi_dump_string(const pi_dump_function *function, size_t index);

/* An instruction's fields (lopcodes.h). */
static inline uint32_t pi_dump_word(const pi_dump_function *function, size_t pc) {
  const unsigned char *p = function->code + 4 * pc;
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}
static inline unsigned pi_dump_op(uint32_t word) {
  return word & 0x7f;
}
static inline unsigned pi_dump_a(uint32_t word) {
  return word >> 7 & 0xff;
}
static inline unsigned pi_dump_b(uint32_t word) {
  return word >> 16 & 0xff;
}
static inline unsigned pi_dump_c(uint32_t word) {
  return word >> 24;
}

#endif
