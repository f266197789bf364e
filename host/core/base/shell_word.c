#include "shell_word.h"

#include <string.h>

static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+-,:@%";

void pi_shell_word_add(pi_buffer *out, const char *name) {
  const char *lead = name[0] == '-' ? "./" : "";
  bool plain = name[0] != '\0' && name[strspn(name, PLAIN)] == '\0';
  if (!plain) pi_buffer_byte(out, '\'');
  pi_buffer_text(out, lead);
  for (; *name != '\0'; name++) {
    if (*name == '\'')
      pi_buffer_text(out, "'\\''");
    else
      pi_buffer_byte(out, *name);
  }
  if (!plain) pi_buffer_byte(out, '\'');
}
