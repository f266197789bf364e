#include "log_shared.h"

#include "command.h"

void pi_log_shared_tell_torn(uint64_t bytes) {
  enum { NOTE_BYTES_MAX = 256 };
  if (bytes == 0) return;
  pi_buffer note;
  pi_buffer_init(&note, NOTE_BYTES_MAX);
  pi_buffer_printf(&note, "The last line is not whole (%llu bytes) and is left out.\n",
                   (unsigned long long)bytes);
  pi_terminal_tell(&note, false);
  pi_buffer_dispose(&note);
}
