/* Scripts that are edited: :reload :watch. */
#include "repl.h"

void pi_repl_reload_command(pi_repl_call *call) {
  pi_repl_reload(call->session, true);
}

void pi_repl_watch_command(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  if (call->words_count > 0) {
    bool on = pi_slice_equal(call->words[0], PI_SLICE("on"));
    if (!on && !pi_slice_equal(call->words[0], PI_SLICE("off"))) {
      pi_repl_complain(&self->terminal, "write :watch on or :watch off");
      return;
    }
    if (on && !self->policy.loaded->source.folder) {
      pi_repl_complain(&self->terminal,
                       "a revision of git does not change; `:reload` looks its name up again");
      return;
    }
    if (on && !self->policy.watch.on && pi_repl_watch_changed(&self->policy.watch, self->policy.directory))
      pi_repl_reload(self, false);
    self->policy.watch.on = on;
  }
  pi_buffer said;
  pi_buffer_init(&said, 64 * 1024);
  pi_buffer_text(&said, self->policy.watch.on ? "scripts are reloaded when a file of " : "scripts of ");
  pi_buffer_text(&said, self->policy.directory);
  pi_buffer_text(&said, self->policy.watch.on ? " changes\n" : " are reloaded with :reload\n");
  pi_repl_put_lines(&self->terminal, (pi_slice){said.data, said.len});
  if (said.failed) self->terminal.out.failed = true;
  pi_buffer_dispose(&said);
}
