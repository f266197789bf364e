#include "handles.h"

#include <stdlib.h>

#include "case.h"
#include "script_error.h"

/* What a key of a record stands for, beside a fact (its number). */
enum {
  KEY_HANDLE = 100, /* + kind: a sub-handle */
  KEY_RULE = 200,   /* of the violation */
  KEY_KIND,
  KEY_GROUNDS,
  KEY_HAS_SPANS,
  KEY_METHOD, /* the function that stands in the table of keys */
};

/* A name of a record and what it stands for. */
typedef struct name_slot {
  const char *name; /* the interned string's own bytes; NULL: the slot is free */
  lua_CFunction method;
  uint16_t kind;
  uint16_t meaning;
} name_slot;

/* Slots for some sixty names: more than twice as many, so that a search ends soon. */
enum { NAME_SLOTS = 256 };

struct pi_handle_names {
  name_slot slots[NAME_SLOTS];
};

/* The handle of each group of facts. */
static const pi_handle_kind GROUP_HANDLES[PI_GROUP_COUNT] = {
    [PI_GROUP_ROOT] = PI_HANDLE_CASE,
    [PI_GROUP_TWEET] = PI_HANDLE_TWEET,
    [PI_GROUP_ACCOUNT] = PI_HANDLE_ACCOUNT,
    [PI_GROUP_OFFICE] = PI_HANDLE_OFFICE,
    [PI_GROUP_CONTEXT] = PI_HANDLE_CONTEXT,
    [PI_GROUP_TARGET] = PI_HANDLE_TARGET,
    [PI_GROUP_OFFLINE_HARM] = PI_HANDLE_OFFLINE_HARM,
};

/* ---- the bits ---- */

/* [-0, +1, -] */
static void push_bits(lua_State *L, pi_handle_kind kind, uint32_t file, uint32_t node) {
  uint64_t bits = pi_handle_bits((pi_handle){kind, file, node}, pi_vm_of(L)->generation);
  lua_pushlightuserdata(L, (void *)(uintptr_t)bits);
}

void pi_handle_push(lua_State *L, pi_handle_kind kind) {
  push_bits(L, kind, 0, 0);
}

/* [-0, +0, v] */
pi_handle pi_handle_check(lua_State *L, int index) {
  if (lua_type(L, index) != LUA_TLIGHTUSERDATA) {
    pi_script_raise(L, "a part of the case or the balance expected, got %s", pi_script_typename(L, index));
  }
  uint64_t bits = (uint64_t)(uintptr_t)lua_touserdata(L, index);
  if (pi_handle_bits_generation(bits) != pi_vm_of(L)->generation) {
    pi_script_raise(L, "a handle used after its evaluation ended");
  }
  unsigned kind = pi_handle_bits_kind(bits);
  if (kind == PI_HANDLE_NONE || kind >= PI_HANDLE_KINDS) {
    pi_script_raise(L, "not a part of the case or the balance");
  }
  pi_handle handle = pi_handle_of_bits(bits);
  bool extra = kind == PI_HANDLE_TREE && handle.file == PI_HANDLE_FILE_EXTRA;
  if (extra && handle.node >= pi_vm_of(L)->extra.count) /* what it names is not here now */
    pi_script_raise(L, "a handle used after its evaluation ended");
  return handle;
}

/* [-0, +0, v] */
void pi_handle_check_self(lua_State *L, pi_handle_kind kind, const char *form) {
  if (lua_type(L, 1) == LUA_TLIGHTUSERDATA && pi_handle_check(L, 1).kind == kind) return;
  pi_script_raise(L, "write %s, with a colon; got %s in place of %s", form, pi_script_typename(L, 1),
                  pi_handle_name(kind));
}

/* ---- trees: signals and data ---- */

static const pi_tree *tree_of(const pi_vm *vm, uint32_t file) {
  static const pi_node EMPTY_OBJECT = {.kind = PI_NODE_OBJECT};
  static const pi_tree EMPTY = {&EMPTY_OBJECT, 1};
  if (file == PI_HANDLE_FILE_EXTRA) return &vm->extra;
  if (file > 0) return &vm->policy->data[file - 1].tree;
  return pi_case_knows(vm->call->input, PI_FACT_SIGNALS) ? pi_case_tree(vm->call->input, PI_FACT_SIGNALS)
                                                         : &EMPTY;
}

/* [-0, +1, m] */
void pi_handle_push_node(lua_State *L, uint32_t file, uint32_t index) {
  const pi_node *node = &tree_of(pi_vm_of(L), file)->nodes[index];
  switch (node->kind) {
  case PI_NODE_BOOLEAN: lua_pushboolean(L, node->as.boolean); return;
  case PI_NODE_INTEGER: lua_pushinteger(L, node->as.integer); return;
  case PI_NODE_NUMBER: lua_pushnumber(L, node->as.number); return;
  case PI_NODE_STRING:
    pi_vm_charge(L, pi_vm_bytes_cost(node->as.string.len));
    lua_pushlstring(L, node->as.string.ptr, node->as.string.len);
    return;
  case PI_NODE_ARRAY:
  case PI_NODE_OBJECT: push_bits(L, PI_HANDLE_TREE, file, index); return;
  case PI_NODE_NULL: break;
  }
  lua_pushnil(L);
}

/* Raises for a name that no such object of an evaluation has, or that is asked of a list. [-0, +0, v] */
static void check_record(lua_State *L, const pi_vm *vm, uint32_t node, int key) {
  if (vm->extra.nodes[node].kind == PI_NODE_ARRAY) {
    if (lua_type(L, key) != LUA_TSTRING) return;
    pi_slice name;
    name.ptr = lua_tolstring(L, key, &name.len);
    pi_script_raise(L, "a list has no '%s'; its items are [1], [2] …", pi_script_show(name).text);
  }
  const pi_record *record = vm->records(&vm->extra, node);
  if (lua_type(L, key) != LUA_TSTRING) {
    pi_script_raise(L, "%s has named fields only, got %s", record->name, pi_script_typename(L, key));
  }
  pi_vm_room(L, 8);
  lua_createtable(L, 0, (int)record->count); /* names */
  for (uint32_t i = 0; i < record->count; i++) {
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, record->keys[i].name);
  }
  lua_pushvalue(L, key);
  if (lua_rawget(L, -2) == LUA_TNIL) pi_script_raise_unknown(L, record->name, key, lua_gettop(L) - 1);
  lua_pop(L, 2);
}

/* An absent key of free-form data is nil: nobody has promised that it is there. [-0, +1, e] */
static void push_tree_field(lua_State *L, pi_handle handle, int key) {
  const pi_tree *tree = tree_of(pi_vm_of(L), handle.file);
  const pi_node *node = &tree->nodes[handle.node];
  if (node->kind == PI_NODE_OBJECT && lua_type(L, key) == LUA_TSTRING) {
    size_t length;
    const char *text = lua_tolstring(L, key, &length);
    uint32_t child = pi_tree_find(tree, handle.node, (pi_slice){text, length});
    if (child != UINT32_MAX) {
      pi_handle_push_node(L, handle.file, child);
      return;
    }
  } else if (node->kind == PI_NODE_ARRAY && lua_isinteger(L, key)) {
    lua_Integer i = lua_tointeger(L, key);
    if (i >= 1 && i <= (lua_Integer)node->count) {
      pi_handle_push_node(L, handle.file, node->as.first + (uint32_t)(i - 1));
      return;
    }
  }
  const pi_vm *vm = pi_vm_of(L);
  if (handle.file == PI_HANDLE_FILE_EXTRA && vm->records != NULL) check_record(L, vm, handle.node, key);
  lua_pushnil(L);
}

/* ---- facts ---- */

/* Words are pushed from a table of the state, so that no string is made of them. [-0, +1, -] */
static void push_word(lua_State *L, pi_fact fact, uint8_t word) {
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_WORDS);
  lua_rawgeti(L, -1, (lua_Integer)fact + 1);
  lua_rawgeti(L, -1, (lua_Integer)word + 1);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

/* The Tweet's text, blotted where it holds private data. [-0, +1, m] */
static void push_text(lua_State *L, pi_vm *vm) {
  if (vm->call->text.ptr == NULL) {
    lua_pushnil(L);
    return;
  }
  pi_vm_charge(L, pi_vm_bytes_cost(vm->call->text.len));
  vm->string_permit = vm->call->text.len;
  lua_pushlstring(L, vm->call->text.ptr, vm->call->text.len);
  vm->string_permit = 0;
}

/* Reading a fact is recorded whether it is known or not; unknown is nil, an unknown strength 0, and
 * unknown signals an empty object. [-0, +1, m] */
static void push_fact(lua_State *L, pi_vm *vm, pi_fact fact) {
  const pi_case *input = vm->call->input;
  pi_fact_type type = PI_FACTS[fact].type;
  vm->reads |= PI_FACT_BIT(fact);
  if (type == PI_TYPE_TREE) {
    push_bits(L, PI_HANDLE_TREE, 0, pi_tree_root(tree_of(vm, 0)));
  } else if (!pi_case_knows(input, fact)) {
    if (type == PI_TYPE_STRENGTH)
      lua_pushnumber(L, 0);
    else
      lua_pushnil(L);
  } else {
    switch (type) {
    case PI_TYPE_STRENGTH: lua_pushnumber(L, (lua_Number)pi_case_strength(input, fact) / 1e6); break;
    case PI_TYPE_WORD: push_word(L, fact, pi_case_word(input, fact)); break;
    case PI_TYPE_BOOL: lua_pushboolean(L, pi_case_flag(input, fact)); break;
    case PI_TYPE_COUNT: lua_pushinteger(L, pi_case_count(input, fact)); break;
    case PI_TYPE_TEXT: push_text(L, vm); break;
    case PI_TYPE_COUNTRIES: push_bits(L, PI_HANDLE_COUNTRIES, 0, 0); break;
    case PI_TYPE_ID:
    case PI_TYPE_STRING:
    case PI_TYPE_TIME:
    case PI_TYPE_COUNTRY:
    case PI_TYPE_MARKET: {
      pi_slice text = pi_case_text(input, fact);
      lua_pushlstring(L, text.ptr, text.len);
      break;
    }
    case PI_TYPE_TREE: break;
    }
  }
}

/* [-0, +1, m] */
static void push_violation_field(lua_State *L, const pi_violation *violation, int key) {
  switch (key) {
  case KEY_RULE: lua_pushlstring(L, violation->rule_id.ptr, violation->rule_id.len); break;
  case KEY_KIND:
    if (violation->kind.ptr == NULL)
      lua_pushnil(L);
    else
      lua_pushlstring(L, violation->kind.ptr, violation->kind.len);
    break;
  case KEY_GROUNDS: push_bits(L, PI_HANDLE_GROUNDS, 0, 0); break;
  default: lua_pushboolean(L, violation->spans_count > 0); break;
  }
}

/* ---- lists ---- */

static uint32_t grounds_count(uint16_t grounds) {
  uint32_t count = 0;
  for (; grounds != 0; grounds &= (uint16_t)(grounds - 1)) count++;
  return count;
}

/* [-0, +0, v] */
uint32_t pi_handle_length(lua_State *L, pi_handle handle) {
  pi_vm *vm = pi_vm_of(L);
  if (handle.kind == PI_HANDLE_GROUNDS) return grounds_count(vm->call->violation->grounds);
  if (handle.kind == PI_HANDLE_COUNTRIES)
    return pi_case_countries(vm->call->input, PI_FACT_WITHHELD_IN).count;
  if (handle.kind == PI_HANDLE_TREE) {
    const pi_node *node = &tree_of(vm, handle.file)->nodes[handle.node];
    if (node->kind == PI_NODE_ARRAY) return node->count;
    pi_script_raise(L, "an object has no length; use pairs");
  }
  pi_script_raise(L, "%s has no length", pi_handle_name(handle.kind));
  return 0;
}

/* [-0, +1, m] */
static void push_list_item(lua_State *L, pi_handle handle, int key) {
  pi_vm *vm = pi_vm_of(L);
  lua_Integer wanted = lua_isinteger(L, key) ? lua_tointeger(L, key) : 0;
  if (wanted < 1 || wanted > (lua_Integer)pi_handle_length(L, handle)) {
    lua_pushnil(L);
  } else if (handle.kind == PI_HANDLE_COUNTRIES) {
    pi_slice code = pi_case_countries(vm->call->input, PI_FACT_WITHHELD_IN).codes[wanted - 1];
    lua_pushlstring(L, code.ptr, code.len);
  } else {
    uint8_t ground = 0;
    for (uint16_t bits = vm->call->violation->grounds;; ground++) {
      if ((bits >> ground & 1) != 0 && --wanted == 0) break;
    }
    lua_pushlstring(L, PI_GROUNDS.words[ground].ptr, PI_GROUNDS.words[ground].len);
  }
}

/* ---- fields ---- */

/* Raises for a name the record does not have, with the nearest it has. [-0, +0, v] */
static void raise_unknown(lua_State *L, pi_handle_kind kind, int key) {
  pi_vm_room(L, 3);
  if (lua_type(L, key) != LUA_TSTRING) {
    pi_script_raise(L, "%s has named fields only, got %s", pi_handle_name(kind), pi_script_typename(L, key));
  }
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_KEYS);
  lua_rawgeti(L, -1, kind);
  pi_script_raise_unknown(L, pi_handle_name(kind), key, lua_gettop(L));
}

/* Where the search for a name begins; both are small, so this spreads them. */
static size_t first_slot(const char *name, pi_handle_kind kind) {
  return ((uintptr_t)name / 16 + (uintptr_t)kind * 37) % NAME_SLOTS;
}

/* What `key` stands for in a record; NULL for a name it does not have. Short strings are interned, and those
 * of the tables of keys are never collected, so the same address is the same name. */
static const name_slot *find_name(const pi_vm *vm, pi_handle_kind kind, const char *key) {
  const name_slot *slots = vm->names->slots;
  size_t i = first_slot(key, kind);
  for (; slots[i].name != NULL; i = (i + 1) % NAME_SLOTS) {
    if (slots[i].name == key && slots[i].kind == kind) return &slots[i];
  }
  return NULL;
}

/* [-0, +1, e] */
void pi_handle_field(lua_State *L, pi_handle handle, int key) {
  if (handle.kind == PI_HANDLE_TREE) {
    push_tree_field(L, handle, key);
    return;
  }
  if (handle.kind > PI_HANDLE_BALANCE) {
    push_list_item(L, handle, key);
    return;
  }
  pi_vm *vm = pi_vm_of(L);
  const name_slot *slot = NULL;
  if (lua_type(L, key) == LUA_TSTRING) slot = find_name(vm, handle.kind, lua_tostring(L, key));
  if (slot == NULL) {
    raise_unknown(L, handle.kind, key);
  } else if (slot->meaning < KEY_HANDLE) {
    push_fact(L, vm, (pi_fact)slot->meaning);
  } else if (slot->meaning < KEY_RULE) {
    push_bits(L, (pi_handle_kind)(slot->meaning - KEY_HANDLE), 0, 0);
  } else if (slot->meaning == KEY_METHOD) {
    lua_pushcfunction(L, slot->method);
  } else {
    push_violation_field(L, vm->call->violation, slot->meaning);
  }
}

/* handle.key [-0, +1, e] */
static int l_handle_index(lua_State *L) {
  pi_handle_field(L, pi_handle_check(L, 1), 2);
  return 1;
}

/* handle.key = value [-0, +0, v] */
static int l_handle_newindex(lua_State *L) {
  return pi_script_raise(L, "%s is read-only", pi_handle_name(pi_handle_check(L, 1).kind));
}

/* #handle [-0, +1, v] */
static int l_handle_len(lua_State *L) {
  lua_pushinteger(L, pi_handle_length(L, pi_handle_check(L, 1)));
  return 1;
}

/* case:known "context.hyperbole" -> boolean [-0, +1, v] */
static int l_case_known(lua_State *L) {
  pi_vm *vm = pi_vm_of(L);
  static const char FORM[] = "case:known(path)";
  pi_handle_check_self(L, PI_HANDLE_CASE, FORM);
  size_t length;
  const char *text = pi_script_check_string(L, 2, FORM, &length);
  pi_fact fact = pi_fact_find((pi_slice){text, length});
  if (fact == PI_FACT_COUNT) pi_script_raise_unknown_fact(L, (pi_slice){text, length});
  vm->reads |= PI_FACT_BIT(fact);
  lua_pushboolean(L, pi_case_knows(vm->call->input, fact));
  return 1;
}

/* [-0, +1, e] */
uint32_t pi_handle_keys(lua_State *L, pi_handle handle) {
  pi_vm *vm = pi_vm_of(L);
  uint32_t count = 0;
  pi_vm_room(L, 8);
  if (handle.kind == PI_HANDLE_TREE || handle.kind > PI_HANDLE_BALANCE) {
    const pi_tree *tree = handle.kind == PI_HANDLE_TREE ? tree_of(vm, handle.file) : NULL;
    bool named = tree != NULL && tree->nodes[handle.node].kind == PI_NODE_OBJECT;
    uint32_t total = named ? tree->nodes[handle.node].count : pi_handle_length(L, handle);
    pi_vm_charge(L, total);
    lua_createtable(L, (int)total, 0);
    for (; count < total; count++) {
      if (named) {
        pi_slice key = tree->nodes[tree->nodes[handle.node].as.first + count].key;
        lua_pushlstring(L, key.ptr, key.len);
      } else {
        lua_pushinteger(L, (lua_Integer)count + 1);
      }
      lua_rawseti(L, -2, (lua_Integer)count + 1);
    }
    return count;
  }
  lua_createtable(L, 24, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, PI_SLOT_KEYS);
  lua_rawgeti(L, -1, handle.kind); /* array keys kindkeys */
  lua_remove(L, -2);               /* array kindkeys */
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -1) != LUA_TNUMBER) continue;
    lua_pushvalue(L, -2);
    lua_rawseti(L, -5, (lua_Integer)++count);
  }
  lua_pop(L, 1);
  return count;
}

/* ---- opening ---- */

/* keys[group's handle][key] = meaning, for every fact and every group below it. [-0, +0, m] */
static void open_records(lua_State *L) {
  for (pi_handle_kind kind = PI_HANDLE_CASE; kind <= PI_HANDLE_BALANCE; kind++) {
    lua_createtable(L, 0, 24);
    lua_rawseti(L, -2, kind);
  }
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    lua_rawgeti(L, -1, GROUP_HANDLES[PI_FACTS[fact].group]);
    lua_pushinteger(L, fact);
    lua_setfield(L, -2, PI_FACTS[fact].key.ptr);
    lua_pop(L, 1);
  }
  for (int group = 0; group < PI_GROUP_COUNT; group++) {
    if (group == PI_GROUP_ROOT) continue;
    lua_rawgeti(L, -1, GROUP_HANDLES[PI_GROUPS[group].parent]);
    lua_pushinteger(L, KEY_HANDLE + (lua_Integer)GROUP_HANDLES[group]);
    lua_setfield(L, -2, PI_GROUPS[group].key.ptr);
    lua_pop(L, 1);
  }
}

/* [-0, +0, m] */
static void open_others(lua_State *L, const luaL_Reg *balance_methods) {
  static const struct {
    const char *key;
    int meaning;
  } VIOLATION[] = {
      {"rule", KEY_RULE}, {"kind", KEY_KIND}, {"grounds", KEY_GROUNDS}, {"has_spans", KEY_HAS_SPANS}};
  lua_rawgeti(L, -1, PI_HANDLE_VIOLATION);
  for (size_t i = 0; i < sizeof VIOLATION / sizeof *VIOLATION; i++) {
    lua_pushinteger(L, VIOLATION[i].meaning);
    lua_setfield(L, -2, VIOLATION[i].key);
  }
  lua_pop(L, 1);
  lua_rawgeti(L, -1, PI_HANDLE_CASE);
  lua_pushinteger(L, KEY_HANDLE + PI_HANDLE_VIOLATION);
  lua_setfield(L, -2, "violation");
  lua_pushinteger(L, PI_FACT_SIGNALS); /* also context.signals, where the table of facts has it */
  lua_setfield(L, -2, "signals");
  lua_pushcfunction(L, l_case_known);
  lua_setfield(L, -2, "known");
  lua_pop(L, 1);
  lua_rawgeti(L, -1, PI_HANDLE_BALANCE);
  luaL_setfuncs(L, balance_methods, 0);
  lua_pop(L, 1);
}

/* words[fact] = array of its words. [-0, +0, m] */
static void open_words(lua_State *L) {
  lua_createtable(L, PI_FACT_COUNT, 0);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    const pi_words *words = &PI_FACTS[fact].words;
    lua_createtable(L, words->count, 0);
    for (int i = 0; i < words->count; i++) {
      lua_pushlstring(L, words->words[i].ptr, words->words[i].len);
      lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_rawseti(L, -2, (lua_Integer)fact + 1);
  }
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_WORDS);
}

/* Notes every name of every record by its address, for pi_handle_field. [-0, +0, v] */
static void open_names(lua_State *L) {
  pi_vm *vm = pi_vm_of(L);
  vm->names = calloc(1, sizeof *vm->names);
  if (vm->names == NULL) pi_vm_no_memory(L);
  name_slot *slots = vm->names->slots;
  for (pi_handle_kind kind = PI_HANDLE_CASE; kind <= PI_HANDLE_BALANCE; kind++) {
    lua_rawgeti(L, -1, kind);
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
      bool method = lua_type(L, -1) == LUA_TFUNCTION;
      const char *name = lua_tostring(L, -2);
      size_t i = first_slot(name, kind);
      while (slots[i].name != NULL) i = (i + 1) % NAME_SLOTS;
      slots[i] = (name_slot){.name = name,
                             .method = method ? lua_tocfunction(L, -1) : NULL,
                             .kind = (uint16_t)kind,
                             .meaning = (uint16_t)(method ? KEY_METHOD : lua_tointeger(L, -1))};
    }
    lua_pop(L, 1);
  }
}

/* All light userdata share one metatable; `__metatable` is not set since nothing can ask for it. */
void pi_handles_open(lua_State *L, const luaL_Reg *balance_methods) {
  static const luaL_Reg META[] = {
      {"__index", l_handle_index}, {"__newindex", l_handle_newindex}, {"__len", l_handle_len}, {NULL, NULL}};
  lua_createtable(L, PI_HANDLE_BALANCE, 0);
  open_records(L);
  open_others(L, balance_methods);
  open_names(L);
  lua_rawseti(L, LUA_REGISTRYINDEX, PI_SLOT_KEYS);
  open_words(L);
  lua_pushlightuserdata(L, NULL);
  luaL_newlib(L, META);
  lua_setmetatable(L, -2);
  lua_pop(L, 1);
}

void pi_handles_close(pi_vm *vm) {
  free(vm->names);
}
