#include "choice.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "nearest.h"

bool pi_choice_names(const pi_choice *self, const pi_number *number) {
  if (pi_choice_is_all(self)) return true;
  bool market = self->market != NULL;
  pi_slice factor = self->bar ? (pi_slice){NULL, 0} : pi_slice_of(self->factor);
  return pi_number_touches(number, market, pi_slice_of(market ? self->market : self->rule), factor);
}

/* The literal that gives what was asked for and does more, so that it is no number; NULL where none was seen.
 */
static const pi_number_refused *culprit_of(const pi_choice *self, const pi_numbers *numbers) {
  for (uint32_t i = 0; i < numbers->refused_count; i++) {
    const pi_number_refused *refused = &numbers->refused[i];
    const pi_script *script = refused->literal->script;
    bool lib = script->kind == PI_SCRIPT_LIB;
    bool own =
        lib || pi_slice_equal(script->name, pi_slice_of(self->market != NULL ? self->market : self->rule));
    bool market = self->market != NULL;
    if (own && self->bar && refused->bar) return refused;
    if (own && !self->bar && refused->market == market && strcmp(refused->factor, self->factor) == 0)
      return refused;
  }
  return NULL;
}

/* What is near what was asked for, among the rules or markets that have numbers, or among one's factors. */
static pi_slice nearest_of(const pi_choice *self, const pi_numbers *numbers, const char **found) {
  const char *name = self->market != NULL ? self->market : self->rule;
  pi_nearest owners, factors;
  bool known = false;
  pi_nearest_init(&owners, pi_slice_of(name));
  pi_nearest_init(&factors, pi_slice_of(self->factor != NULL ? self->factor : ""));
  for (uint32_t n = 0; n < numbers->count; n++) {
    for (uint32_t i = 0; i < numbers->items[n].entries_count; i++) {
      const pi_number_entry *entry = &numbers->items[n].entries[i];
      if (entry->market != (self->market != NULL)) continue;
      pi_nearest_offer(&owners, entry->owner);
      if (!pi_slice_equal(entry->owner, pi_slice_of(name))) continue;
      known = true;
      if (entry->factor.ptr != NULL) pi_nearest_offer(&factors, entry->factor);
    }
  }
  *found = known && self->factor != NULL ? self->factor : name;
  if (known) return self->factor != NULL ? factors.best : (pi_slice){NULL, 0};
  return owners.best;
}

pubint_status pi_choice_refuse(const pi_choice *self, const pi_numbers *numbers, pubint_error *error) {
  const pi_number_refused *culprit = culprit_of(self, numbers);
  const char *found;
  pi_slice nearest = nearest_of(self, numbers, &found);
  pubint_status status = pi_error_set(error, PI_E_NOT_TUNABLE);
  if (error == NULL) return status;
  pi_error_found(error, found, strlen(found));
  if (culprit != NULL) {
    const pi_literal *literal = culprit->literal;
    pi_error_field(error->file, sizeof error->file, literal->script->file.ptr, literal->script->file.len);
    error->line = literal->token->line;
    error->column = literal->token->column;
    snprintf(error->hint, sizeof error->hint, "%s", pi_number_reason_text(culprit->reason));
  } else if (nearest.ptr != NULL) {
    snprintf(error->hint, sizeof error->hint, "did you mean %.*s?", (int)nearest.len, nearest.ptr);
  }
  return status;
}
