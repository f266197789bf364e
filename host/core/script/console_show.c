#include "console_show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "case.h"
#include "handles.h"
#include "json_write.h"
#include "libs.h"
#include "script_error.h"
#include "utf8.h"
#include "vm.h"

enum {
  DEPTH_MAX = 5,
  ITEMS_MAX = 100,   /* shown of one table */
  KEYS_MAX = 4096,   /* sorted; a larger table is shown by its first ones in no promised order */
  STRING_MAX = 2000, /* bytes shown of one string */
  INDENT = 2,
};

typedef struct shower {
  lua_State *L;
  pi_buffer *out;
  unsigned width;
  pi_utf8_measure *columns;
} shower;

static void show(shower *self, int index, unsigned depth, bool flat);

/* --- scalars --- */

static void show_string(shower *self, int index) {
  size_t length;
  const char *text = lua_tolstring(self->L, index, &length);
  const char *end = text + (length > STRING_MAX ? STRING_MAX : length);
  pi_vm_charge(self->L, pi_vm_bytes_cost(length));
  pi_buffer_byte(self->out, '"');
  for (const char *at = text; at < end;) {
    if (*at == '"' || *at == '\\') pi_buffer_byte(self->out, '\\');
    if (*at == '\n') {
      pi_buffer_text(self->out, "\\n");
      at++;
      continue;
    }
    char shown[PI_UTF8_SHOWN_BYTES];
    size_t shown_length;
    at += pi_utf8_show_next(at, text + length, shown, &shown_length);
    pi_buffer_append(self->out, shown, shown_length);
  }
  pi_buffer_byte(self->out, '"');
  if (length > STRING_MAX) pi_buffer_printf(self->out, " … (%zu bytes)", length);
}

static bool is_name(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    char c = text[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter && (i == 0 || c < '0' || c > '9')) return false;
  }
  return length > 0;
}

static void show_scalar(shower *self, int index) {
  lua_State *L = self->L;
  if (lua_type(L, index) == LUA_TSTRING) {
    show_string(self, index);
    return;
  }
  size_t length;
  const char *text = pi_lib_tostring(L, index, &length);
  lua_Number number = lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : 0;
  bool lossy = lua_type(L, index) == LUA_TNUMBER && !lua_isinteger(L, index) && isfinite(number) &&
               strtod(text, NULL) != number;
  if (lossy) /* with the digits that tell it from what the shorter text says */
    pi_json_write_double(self->out, number);
  else
    pi_buffer_append(self->out, text, length);
  lua_pop(L, 1);
}

static void show_key(shower *self, int index) {
  lua_State *L = self->L;
  size_t length;
  const char *text = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &length) : NULL;
  if (text != NULL && is_name(text, length)) {
    pi_buffer_append(self->out, text, length);
  } else {
    pi_buffer_byte(self->out, '[');
    show_scalar(self, index);
    pi_buffer_byte(self->out, ']');
  }
  pi_buffer_text(self->out, " = ");
}

/* --- keys --- */

static int rank(lua_State *L, int index) {
  switch (lua_type(L, index)) {
  case LUA_TNUMBER: return 0;
  case LUA_TSTRING: return 1;
  case LUA_TBOOLEAN: return 2;
  default: return 3;
  }
}

/* Whether the key at `a` goes before the one at `b`: numbers, texts by bytes, the rest as it comes. */
static bool key_before(lua_State *L, int a, int b) {
  if (rank(L, a) != rank(L, b)) return rank(L, a) < rank(L, b);
  if (lua_type(L, a) == LUA_TNUMBER) return lua_compare(L, a, b, LUA_OPLT) != 0;
  if (lua_type(L, a) == LUA_TBOOLEAN) return lua_toboolean(L, a) < lua_toboolean(L, b);
  if (lua_type(L, a) != LUA_TSTRING) return false;
  pi_slice x, y;
  x.ptr = lua_tolstring(L, a, &x.len);
  y.ptr = lua_tolstring(L, b, &y.len);
  return pi_slice_compare(x, y) < 0;
}

/* Sifts the heap of `count` keys in the array on top of the stack from `place` on; the greatest is first.
 * [-0, +0, v] */
static void sift(lua_State *L, lua_Integer place, lua_Integer count) {
  int keys = lua_gettop(L);
  for (lua_Integer child = 2 * place; child <= count; place = child, child = 2 * place) {
    lua_rawgeti(L, keys, child);
    if (child < count) {
      lua_rawgeti(L, keys, child + 1);
      if (key_before(L, -2, -1)) child++, lua_replace(L, -2);
      lua_settop(L, keys + 1);
    }
    lua_rawgeti(L, keys, place); /* child's key, place's key */
    bool done = !key_before(L, -1, -2);
    if (!done) {
      lua_rawseti(L, keys, child);
      lua_rawseti(L, keys, place);
    }
    lua_settop(L, keys);
    if (done) return;
  }
}

/* Sorts the array of keys on top of the stack. [-0, +0, v] */
static void sort_keys(lua_State *L, lua_Integer count) {
  int keys = lua_gettop(L);
  pi_vm_charge(L, (uint64_t)count * 16);
  for (lua_Integer place = count / 2; place >= 1; place--) sift(L, place, count);
  for (lua_Integer last = count; last > 1; last--) {
    lua_rawgeti(L, keys, 1);
    lua_rawgeti(L, keys, last);
    lua_rawseti(L, keys, 1);
    lua_rawseti(L, keys, last);
    sift(L, 1, last - 1);
  }
}

/* Pushes a sorted array of the keys of the table or handle at `index`; *more counts those left out.
 * [-0, +1, v] */
static lua_Integer push_keys(lua_State *L, int index, lua_Integer *more) {
  lua_Integer count = 0;
  *more = 0;
  if (lua_type(L, index) == LUA_TLIGHTUSERDATA) {
    count = pi_handle_keys(L, pi_handle_check(L, index));
  } else {
    lua_createtable(L, 8, 0);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
      if (count >= KEYS_MAX) {
        ++*more;
        continue;
      }
      lua_pushvalue(L, -2);
      lua_rawseti(L, -4, ++count);
    }
    pi_vm_charge(L, (uint64_t)(count + *more));
  }
  if (count <= KEYS_MAX) sort_keys(L, count);
  return count;
}

/* --- tables and handles --- */

/* A fact that is not known, of the record at `record`: what a script reads there says less. */
static bool unknown_fact(lua_State *L, int record, int key) {
  if (lua_type(L, record) != LUA_TLIGHTUSERDATA || lua_type(L, key) != LUA_TSTRING) return false;
  pi_handle handle = pi_handle_check(L, record);
  if (handle.kind > PI_HANDLE_OFFLINE_HARM) return false;
  char path[128];
  const char *owner = pi_handle_name(handle.kind);
  size_t length;
  const char *name = lua_tolstring(L, key, &length);
  size_t owner_length = strlen(owner);
  const size_t prefix = sizeof "case." - 1;
  if (length + owner_length + 2 > sizeof path) return false;
  memcpy(path, owner, owner_length);
  path[owner_length] = '.';
  memcpy(path + owner_length + 1, name, length);
  pi_fact fact = pi_fact_find((pi_slice){path + prefix, owner_length + 1 + length - prefix});
  return fact != PI_FACT_COUNT && !pi_case_knows(pi_vm_of(L)->call->input, fact);
}

static void new_line(shower *self, unsigned depth) {
  pi_buffer_byte(self->out, '\n');
  for (unsigned i = 0; i < depth * INDENT; i++) pi_buffer_byte(self->out, ' ');
}

/* The item of `index` under the key on top of the stack; whether it is a plain one of a list. [-0, +0, v] */
static bool show_item(shower *self, int index, lua_Integer place, unsigned depth, bool flat) {
  lua_State *L = self->L;
  int key = lua_gettop(L);
  bool listed = lua_isinteger(L, key) && lua_tointeger(L, key) == place;
  if (!listed) show_key(self, key);
  if (unknown_fact(L, index, key)) {
    pi_buffer_text(self->out, "unknown");
    return false;
  }
  if (lua_type(L, index) == LUA_TLIGHTUSERDATA) {
    pi_handle_field(L, pi_handle_check(L, index), key);
  } else {
    lua_pushvalue(L, key);
    lua_rawget(L, index);
  }
  int value = lua_gettop(L);
  bool plain = listed && lua_type(L, value) != LUA_TTABLE && lua_type(L, value) != LUA_TLIGHTUSERDATA;
  show(self, value, depth, flat);
  lua_settop(L, key);
  return plain;
}

/* Columns of what stands in the last line of the output. */
static size_t column_of(const shower *self) {
  const pi_buffer *out = self->out;
  size_t begin = out->len;
  while (begin > 0 && out->data[begin - 1] != '\n') begin--;
  return self->columns((pi_slice){out->data + begin, out->len - begin});
}

/* The same beside the item before, where both are plain and there is room for it; else on a line of its own.
 * *beside says of the item before, and then of this one, whether it is plain. [-0, +0, v] */
static void show_item_filling(shower *self, int index, lua_Integer place, unsigned depth, bool *beside) {
  size_t begin = self->out->len;
  if (*beside) {
    pi_buffer_byte(self->out, ' ');
    *beside = show_item(self, index, place, depth, false);
    if (self->out->failed || (*beside && column_of(self) + 1 < self->width)) return;
    self->out->len = begin;
  }
  new_line(self, depth);
  *beside = show_item(self, index, place, depth, false);
}

static void show_items(shower *self, int index, unsigned depth, bool flat) {
  lua_State *L = self->L;
  int top = lua_gettop(L);
  lua_Integer more;
  pi_vm_room(L, 12);
  lua_Integer count = push_keys(L, index, &more);
  if (count > ITEMS_MAX) more += count - ITEMS_MAX, count = ITEMS_MAX;
  pi_buffer_byte(self->out, '{');
  bool beside = false;
  for (lua_Integer place = 1; place <= count; place++) {
    lua_rawgeti(L, top + 1, place);
    if (flat) {
      pi_buffer_text(self->out, place > 1 ? ", " : " ");
      (void)show_item(self, index, place, depth + 1, true);
    } else {
      show_item_filling(self, index, place, depth + 1, &beside);
    }
    lua_settop(L, top + 1);
    if (!flat && (place < count || more > 0)) pi_buffer_byte(self->out, ',');
  }
  if (more > 0) {
    if (!flat) new_line(self, depth + 1);
    pi_buffer_printf(self->out, "%s… %lld more", flat ? ", " : "", (long long)more);
  }
  if (count > 0) {
    if (flat)
      pi_buffer_byte(self->out, ' ');
    else
      new_line(self, depth);
  }
  pi_buffer_byte(self->out, '}');
  lua_settop(L, top);
}

/* On one line where that fits; what has been written is taken back otherwise. */
static void show_container(shower *self, int index, unsigned depth, bool flat) {
  if (depth >= DEPTH_MAX) {
    pi_buffer_text(self->out, "{…}");
    return;
  }
  if (!flat) {
    size_t begin = self->out->len;
    show_items(self, index, depth, true);
    if (self->out->failed) return;
    if (column_of(self) < self->width || self->out->len - begin <= 2) return;
    self->out->len = begin;
  }
  show_items(self, index, depth, flat);
}

static void show(shower *self, int index, unsigned depth, bool flat) {
  lua_State *L = self->L;
  pi_vm_charge(L, 1);
  bool handle = lua_type(L, index) == LUA_TLIGHTUSERDATA;
  bool library = false; /* read-only: nothing in it to see */
  if (lua_type(L, index) == LUA_TTABLE && lua_getmetatable(L, index) != 0) {
    lua_pop(L, 1);
    library = true;
  }
  if (library) {
    pi_buffer_text(self->out, "library");
  } else if (handle || lua_type(L, index) == LUA_TTABLE) {
    show_container(self, index, depth, flat);
  } else {
    show_scalar(self, index);
  }
}

void pi_console_show(lua_State *L, int index, unsigned width, pi_utf8_measure *columns, pi_buffer *out) {
  shower self = {L, out, width, columns};
  show(&self, lua_absindex(L, index), 0, false);
}
