#include "constants.h"

#include "dump.h"
#include "vm.h"

/* The first function, in the order they end, that has too many. */
typedef struct counter {
  unsigned most;
  uint32_t line;
  bool found;
} counter;

static void count(void *context, const pi_dump_function *function) {
  counter *self = context;
  if (self->found || function->constants_count <= self->most) return;
  self->found = true;
  self->line = function->line;
}

bool pi_constants_exceed(lua_State *L, unsigned most, uint32_t *line) {
  pi_buffer buffer;
  pi_buffer_init(&buffer, PI_DUMP_MAX);
  *line = 0;
  if (!pi_dump_write(L, true, &buffer)) {
    pi_buffer_dispose(&buffer);
    pi_vm_no_memory(L);
  }
  counter counted = {.most = most};
  pi_dump_visitor visitor = {.function = count, .context = &counted};
  /* A form that is not what we know is taken for too many, never for fine. */
  bool known = pi_dump_read((pi_slice){buffer.data, buffer.len}, &visitor);
  *line = counted.line;
  pi_buffer_dispose(&buffer);
  return counted.found || !known;
}
