#include "command.h"

#include <string.h>

static const char *const COLORS[] = {"auto", "always", "never", NULL};

const pi_option PI_COMMON_OPTIONS[] = {
    {'p', "policy", PI_OPTION_TEXT, "DIR", NULL, offsetof(pi_common, policy),
     "the policy's folder, or git:REV:PATH"},
    {0, "json", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_common, json), "print JSON instead of text"},
    {0, "pretty", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_common, pretty),
     "print JSON as --json does, laid out for people"},
    {0, "no-excerpts", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_common, no_excerpts),
     "leave out of messages what they quote of the input; code, place, ids and what was expected stay"},
    {0, "color", PI_OPTION_CHOICE, "WHEN", COLORS, offsetof(pi_common, color),
     "auto (on a terminal, unless NO_COLOR is set), always or never"},
    {'h', "help", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_common, help), "explain how a command is used"},
    {0, "version", PI_OPTION_FLAG, NULL, NULL, offsetof(pi_common, version), "print the version"},
};
const size_t PI_COMMON_OPTIONS_COUNT = sizeof PI_COMMON_OPTIONS / sizeof PI_COMMON_OPTIONS[0];

const pi_command *pi_command_named(const pi_command *self, const char *name) {
  size_t skip = self->name[0] != '\0' ? strlen(self->name) + 1 : 0;
  for (size_t i = 0; i < self->commands_count; i++) {
    if (strcmp(self->commands[i]->name + skip, name) == 0) return self->commands[i];
  }
  return NULL;
}
