/* Changes as steps that :undo takes back. */
#include <string.h>

#include "repl.h"

static void remember(pi_repl_hand *self, pi_fact fact) {
  if (self->steps_count == PI_REPL_UNDO_MAX) {
    self->steps_count--;
    memmove(&self->steps[0], &self->steps[1], self->steps_count * sizeof self->steps[0]);
  }
  self->steps[self->steps_count++] = (pi_repl_step){self->facts, fact};
}

void pi_repl_take_step(pi_repl_session *self, const pi_case *before, pi_fact fact) {
  pi_case after = self->hand.facts;
  self->hand.facts = *before;
  remember(&self->hand, fact);
  self->hand.facts = after;
  pi_repl_session_changed(self);
  pi_repl_print_change(self, before, fact);
}

void pi_repl_take_change(pi_repl_session *self, const pi_case *after, pi_fact fact) {
  pi_case before = self->hand.facts;
  if (!pi_repl_session_keep(self)) return;
  self->hand.facts = *after;
  pi_repl_take_step(self, &before, fact);
  pi_repl_session_delta(self);
}

void pi_repl_undo(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  if (!pi_repl_session_needs_case(self)) return;
  if (self->hand.steps_count == 0) {
    pi_repl_complain(&self->terminal, "nothing was changed");
    return;
  }
  if (!pi_repl_session_keep(self)) return;
  pi_case before = self->hand.facts;
  const pi_repl_step *step = &self->hand.steps[--self->hand.steps_count];
  self->hand.facts = step->facts;
  pi_repl_session_changed(self);
  pi_repl_print_change(self, &before, step->fact);
  pi_repl_session_delta(self);
}
