/* Numbers of the scripts, listed with their places and overridden: :weight :bar. */
#include <stdio.h>
#include <string.h>

#include "entries.h"
#include "policy_place.h"
#include "repl.h"

enum { COLUMN_NUMBER = 36, COLUMN_NUMBER_NARROW = 28, INDENT = 2 };

/* Where numbers end; their places begin 2 behind that. */
static unsigned number_end(const pi_page *page) {
  return page->width < PI_PAGE_WIDTH_MIN ? COLUMN_NUMBER_NARROW : COLUMN_NUMBER;
}

/* --- the list --- */

static void put_place(pi_page *page, const pi_script *script, uint32_t line) {
  char text[160];
  if (script == NULL) return;
  snprintf(text, sizeof text, "%s:%u", script->file.ptr, line);
  pi_page_to(page, number_end(page) + 2);
  pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(text));
}

static void put_number(pi_page *page, int32_t milli) {
  char digits[PI_DECIMAL_BYTES];
  pi_page_right(page, number_end(page), PI_STYLE_PLAIN,
                (pi_slice){digits, pi_decimal_write(digits, milli, 3)});
}

/* "override of 3", where a number is not the script's own. */
static void put_override(pi_page *page, int32_t own) {
  char digits[PI_DECIMAL_BYTES];
  pi_page_text(page, PI_STYLE_OPEN, PI_SLICE("  override of "));
  pi_page_text(page, PI_STYLE_OPEN, (pi_slice){digits, pi_decimal_write(digits, own, 3)});
}

static void list_entry(pi_page *page, const pi_entry *entry, const pi_entry_notes *notes) {
  pi_page_text(page, PI_STYLE_HEAD, entry->violation->rule_id);
  pi_page_end(page);
  if (entry->script == NULL) return;
  pubint_error place = {0};
  pi_policy_place_set_key(&place, entry->script, PI_SLICE("bar"));
  pi_page_to(page, INDENT);
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("bar"));
  put_number(page, (int32_t)(entry->bar / (PI_NANO / PI_MILLI)));
  put_place(page, entry->script, (uint32_t)place.line);
  if (notes->bar >= 0) put_override(page, notes->bar);
  pi_page_end(page);
  for (uint32_t i = 0; entry->weighed && i < entry->balance.factors_count; i++) {
    const pi_factor *factor = &entry->balance.factors[i];
    pi_page_to(page, INDENT);
    pi_page_text(page, PI_STYLE_PLAIN, factor->id);
    put_number(page, factor->weight);
    put_place(page, notes->places[i].script, notes->places[i].line);
    if (notes->weights[i] > 0) put_override(page, notes->weights[i]);
    pi_page_end(page);
  }
}

/* Overrides of rules and factors that this case does not weigh. */
static void list_others(pi_repl_session *self, pi_page *page) {
  for (uint32_t i = 0; i < self->policy.overrides->count; i++) {
    const pi_override *item = &self->policy.overrides->items[i];
    bool listed = false;
    pi_slice rule = pi_slice_of(item->rule);
    const pi_entry *entry = NULL;
    while (self->hand.open && (entry = pi_entries_of_rule(self->hand.evaluation, rule, entry)) != NULL) {
      for (uint32_t k = 0; k < entry->balance.factors_count; k++) {
        listed = listed || pi_slice_equal(entry->balance.factors[k].id, pi_slice_of(item->factor));
      }
      listed = listed || item->factor[0] == '\0';
    }
    if (listed) continue;
    pi_page_text(page, PI_STYLE_HEAD, rule);
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" "));
    pi_page_text(page, PI_STYLE_PLAIN, pi_slice_of(item->factor[0] != '\0' ? item->factor : "bar"));
    put_number(page, item->milli);
    pi_page_text(page, PI_STYLE_OPEN, PI_SLICE("  override, not weighed in this case"));
    pi_page_end(page);
  }
}

static void list_numbers(pi_repl_session *self) {
  pi_page page;
  if (!pi_repl_session_evaluate(self)) return;
  pi_repl_page(&self->terminal, &page);
  for (uint32_t i = 0; i < self->hand.evaluation->entries_count; i++) {
    const pi_entry *entry = &self->hand.evaluation->entries[i];
    list_entry(&page, entry, pi_entries_notes(self->hand.evaluation, entry));
  }
  list_others(self, &page);
  if (self->hand.evaluation->entries_count == 0) {
    pi_page_wrap(&page, 0, PI_STYLE_FAINT, PI_SLICE("The case is not weighed, so no number counts."));
  }
  pi_page_dispose(&page);
}

/* --- overriding --- */

static const pi_script *rule_script(pi_repl_session *self, pi_slice rule) {
  const pi_script *script = pi_policy_script(self->policy.loaded, PI_SCRIPT_RULE, rule);
  if (script == NULL && pi_rule_find(rule) != PI_RULE_OTHER) {
    pi_repl_complain(&self->terminal, "%.*s has no script: there is nothing to weigh", (int)rule.len,
                     rule.ptr);
  } else if (script == NULL) {
    pi_repl_complain_rule(&self->terminal, rule);
  }
  return script;
}

/* Where the case at hand weighs the rule, its factors are known, and a misspelt one is told. */
static bool knows_factor(pi_repl_session *self, pi_slice rule, pi_slice factor) {
  pi_slice names[PI_FACTORS_MAX + 1];
  if (!self->hand.open || !pi_repl_session_evaluate(self)) return true;
  const pi_entry *entry = NULL;
  while ((entry = pi_entries_of_rule(self->hand.evaluation, rule, entry)) != NULL) {
    if (!entry->weighed) continue;
    uint32_t count = 0;
    for (; count < entry->balance.factors_count; count++) {
      names[count] = entry->balance.factors[count].id;
      if (pi_slice_equal(names[count], factor)) return true;
    }
    names[count] = (pi_slice){NULL, 0};
    pi_repl_complain_unknown(&self->terminal, "factor", factor, names);
    return false;
  }
  return true;
}

static bool is_off(pi_slice word) {
  return pi_slice_equal(word, PI_SLICE("off"));
}

static void override(pi_repl_session *self, pi_slice rule, pi_slice factor, int32_t milli) {
  bool compare = self->hand.open && pi_repl_session_keep(self);
  if (!pi_overrides_set(self->policy.overrides, rule, factor, milli)) {
    pi_repl_complain(&self->terminal, "there are %d overrides already; `:weight off` takes them back",
                     PI_OVERRIDES_MAX);
    return;
  }
  pi_repl_session_changed(self);
  if (compare) pi_repl_session_delta(self);
}

static void all_off(pi_repl_session *self) {
  bool compare = self->hand.open && pi_repl_session_keep(self);
  self->policy.overrides->count = 0;
  pi_repl_session_changed(self);
  if (compare) pi_repl_session_delta(self);
}

void pi_repl_weight(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  int64_t milli = -1;
  if (call->words_count == 0) {
    list_numbers(self);
  } else if (call->words_count == 1 && is_off(call->words[0])) {
    all_off(self);
  } else if (call->words_count != 3) {
    pi_repl_complain(&self->terminal, "write :weight [RULE FACTOR W|off]");
  } else if (rule_script(self, call->words[0]) != NULL &&
             knows_factor(self, call->words[0], call->words[1]) &&
             (is_off(call->words[2]) ||
              pi_repl_number(&self->terminal, call->words[2], 3, PI_WEIGHT_MIN, PI_WEIGHT_MAX, &milli))) {
    if (!pi_id_valid(call->words[1])) {
      pi_repl_complain(&self->terminal, "'%.*s' is no factor's id", (int)call->words[1].len,
                       call->words[1].ptr);
      return;
    }
    override(self, call->words[0], call->words[1], (int32_t)milli);
  }
}

void pi_repl_bar(pi_repl_call *call) {
  pi_repl_session *self = call->session;
  int64_t milli = -1;
  if (rule_script(self, call->words[0]) == NULL) return;
  if (!is_off(call->words[1]) &&
      !pi_repl_number(&self->terminal, call->words[1], 3, 0, PI_BAR_POINTS_MAX * PI_MILLI, &milli))
    return;
  override(self, call->words[0], (pi_slice){"", 0}, (int32_t)milli);
}
