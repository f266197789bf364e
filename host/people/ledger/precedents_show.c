#include "precedents_show.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "decimal.h"
#include "errors.h"
#include "explain_parts.h"
#include "outline.h"
#include "record_show.h"
#include "times.h"

/* --- gathering --- */

static int64_t apart(const pi_difference *difference) {
  int64_t distance = (int64_t)difference->here - difference->there;
  return distance < 0 ? -distance : distance;
}

/* Factors first, furthest apart first; else the order in which they were found, which is by rule and id. */
static int compare_differences(const void *a, const void *b) {
  const pi_difference *left = *(const pi_difference *const *)a;
  const pi_difference *right = *(const pi_difference *const *)b;
  bool left_factor = left->kind == PI_DIFFERS_FACTOR;
  bool right_factor = right->kind == PI_DIFFERS_FACTOR;
  if (left_factor != right_factor) return left_factor ? -1 : 1;
  if (left_factor && apart(left) != apart(right)) return apart(left) > apart(right) ? -1 : 1;
  return (left > right) - (left < right);
}

/* Factors of rules that both break, each once. */
static uint32_t shared_factors(const pi_profile *here, const pi_profile *there) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < here->rules_count; i++) {
    const pi_profile_rule *a = &here->rules[i];
    const pi_profile_rule *b = pi_profile_rule_find(there, a->id);
    if (b == NULL) continue;
    count += b->factors_count;
    for (uint32_t j = 0; j < a->factors_count; j++) {
      bool both = false;
      for (uint32_t k = 0; k < b->factors_count; k++) {
        both = both || pi_slice_equal(here->factors[a->factors + j].id, there->factors[b->factors + k].id);
      }
      if (!both) count++;
    }
  }
  return count;
}

static bool compare_with(pi_precedent_shown *shown, const pi_profile *here, pi_differences *found,
                         pi_arena *arena) {
  pi_profile_compare(here, shown->profile, found);
  const pi_difference **order = pi_arena_alloc(arena, (found->count + 1) * sizeof *order);
  pi_difference *kept = pi_arena_alloc(arena, (found->count + 1) * sizeof *kept);
  if (order == NULL || kept == NULL) return false;
  uint32_t factors = 0;
  for (size_t i = 0; i < found->count; i++) {
    order[i] = &found->items[i];
    if (found->items[i].kind == PI_DIFFERS_FACTOR) factors++;
  }
  if (found->count > 1) qsort(order, found->count, sizeof *order, compare_differences);
  for (size_t i = 0; i < found->count; i++) kept[i] = *order[i];
  shown->differences = kept;
  shown->differences_count = found->count;
  shown->factors_alike = shared_factors(here, shown->profile) - factors;
  return true;
}

static pubint_status gather_one(pi_precedent_shown *shown, const pi_precedents_shown *self, pi_ledger *ledger,
                                pi_differences *differences, pi_arena *arena, pubint_error *error) {
  pi_profile *profile = pi_arena_alloc(arena, sizeof *profile);
  if (profile == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = pi_precedents_profile(profile, ledger, shown->found, arena, error);
  if (status == PUBINT_OK) {
    status =
        pi_record_read(&shown->record, ledger, pi_slice_of(shown->found->id), PI_RECORD_WHOLE, arena, error);
  }
  if (status != PUBINT_OK) return status;
  shown->profile = profile;
  shown->decision = pi_record_decision(&shown->record, &shown->round);
  shown->close = shown->found->distance <= PI_PRECEDENTS_CLOSE;
  shown->contradicts = shown->close && self->recommendation != PI_POSITION_NONE && shown->decision != NULL &&
                       shown->decision->position != self->recommendation;
  if (!compare_with(shown, self->profile, differences, arena)) return pi_error_set(error, PI_E_NO_MEMORY);
  return PUBINT_OK;
}

pubint_status pi_precedents_gather(pi_precedents_shown *self, pi_ledger *ledger, const pi_precedents *found,
                                   pi_arena *arena, pubint_error *error) {
  pi_precedent_shown *items = pi_arena_alloc(arena, (found->count + 1) * sizeof *items);
  pi_differences *differences = pi_arena_alloc(arena, sizeof *differences);
  if (items == NULL || differences == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  self->looked_at = found->looked_at;
  self->count = 0;
  self->items = items;
  for (size_t i = 0; i < found->count; i++) {
    pi_precedent_shown *shown = &items[self->count];
    *shown = (pi_precedent_shown){.found = &found->items[i]};
    pubint_status status = gather_one(shown, self, ledger, differences, arena, error);
    if (status != PUBINT_OK) return status;
    if (shown->decision != NULL) self->count++; /* else something else wrote to the file */
  }
  return PUBINT_OK;
}

/* --- for people --- */

enum {
  COLUMN_LABEL = 5,
  COLUMN_VALUE = 14,
  FACTORS_SHOWN = 4,
  LISTED_MAX = 3 * PI_VIOLATIONS_MAX + 8,
  TEXT_BYTES = 512,
};

static pi_slice say_position(pi_wording *wording, pi_position position) {
  return pi_say_outcome(wording, position == PI_POSITION_NOTICE ? PUBINT_NOTICE : PUBINT_REMOVE);
}

#define TEXT(slice) (int)(slice).len, (slice).ptr

__attribute__((format(printf, 2, 3))) static pi_slice say_text(pi_wording *wording, const char *format, ...) {
  char text[TEXT_BYTES];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  size_t kept = length < 0 ? 0 : (size_t)length < sizeof text ? (size_t)length : sizeof text - 1;
  pi_slice copy = pi_arena_copy(&wording->arena, (pi_slice){text, kept});
  if (copy.ptr == NULL) wording->failed = true;
  return copy.ptr != NULL ? copy : PI_SLICE("");
}

static pi_slice say_time(pi_wording *wording, int64_t at) {
  char text[PI_TIME_BYTES];
  pi_time_say(at, text);
  return say_text(wording, "%s", text);
}

/* Items hold commas themselves, so that semicolons part them. */
static void labelled(pi_page *page, const char *label, const pi_slice *items, size_t count) {
  if (count == 0) return;
  pi_buffer text;
  pi_buffer_init(&text, (size_t)LISTED_MAX * TEXT_BYTES);
  for (size_t i = 0; i < count; i++) {
    if (i > 0) pi_buffer_text(&text, "; ");
    pi_buffer_slice(&text, items[i]);
  }
  if (text.failed) page->out->failed = true;
  pi_page_to(page, COLUMN_LABEL);
  pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(label));
  pi_page_to(page, COLUMN_VALUE);
  pi_page_wrap(page, COLUMN_VALUE, PI_STYLE_PLAIN, (pi_slice){text.data, text.len});
  pi_buffer_dispose(&text);
}

static bool differs_in(const pi_precedent_shown *shown, pi_difference_kind kind) {
  for (size_t i = 0; i < shown->differences_count; i++) {
    if (shown->differences[i].kind == kind) return true;
  }
  return false;
}

static void alike(pi_page *page, pi_wording *wording, const pi_precedents_shown *self,
                  const pi_precedent_shown *shown) {
  pi_slice items[LISTED_MAX];
  size_t count = 0;
  for (uint32_t i = 0; i < self->profile->rules_count; i++) {
    pi_slice id = self->profile->rules[i].id;
    if (pi_profile_rule_find(shown->profile, id) != NULL) items[count++] = pi_say_named(wording, "rule", id);
  }
  if (self->profile->market.len > 0 && !differs_in(shown, PI_DIFFERS_MARKET)) {
    items[count++] = say_text(wording, "market %.*s", TEXT(self->profile->market));
  }
  if (self->profile->target.len > 0 && !differs_in(shown, PI_DIFFERS_TARGET)) {
    pi_slice target = pi_say_named(wording, "word.context.target.kind", self->profile->target);
    items[count++] = say_text(wording, "target %.*s", TEXT(target));
  }
  pi_slice factors = pi_say_count(wording, shown->factors_alike);
  items[count++] = say_text(wording, shown->factors_alike == 1 ? "%.*s equal factor" : "%.*s equal factors",
                            TEXT(factors));
  labelled(page, "alike", items, count);
}

static pi_slice say_difference(pi_wording *wording, const pi_difference *difference) {
  pi_slice rule = pi_say_named(wording, "rule", difference->rule);
  pi_slice unknown = PI_SLICE("not known");
  pi_slice here = difference->here_word.len > 0 ? difference->here_word : unknown;
  pi_slice there = difference->there_word.len > 0 ? difference->there_word : unknown;
  switch (difference->kind) {
  case PI_DIFFERS_RULE:
    return say_text(wording, difference->here > 0 ? "%.*s only here" : "%.*s only there", TEXT(rule));
  case PI_DIFFERS_KIND: return say_text(wording, "another kind of %.*s", TEXT(rule));
  case PI_DIFFERS_MARKET: return say_text(wording, "market %.*s here, %.*s there", TEXT(here), TEXT(there));
  case PI_DIFFERS_TARGET:
    if (here.ptr != unknown.ptr) here = pi_say_named(wording, "word.context.target.kind", here);
    if (there.ptr != unknown.ptr) there = pi_say_named(wording, "word.context.target.kind", there);
    return say_text(wording, "target %.*s here, %.*s there", TEXT(here), TEXT(there));
  case PI_DIFFERS_FACTOR: break;
  }
  pi_slice name = pi_say_named(wording, "factor", difference->factor);
  here = pi_say_decimal(wording, difference->here, 6);
  there = pi_say_decimal(wording, difference->there, 6);
  return say_text(wording, "%.*s %.*s here, %.*s there", TEXT(name), TEXT(here), TEXT(there));
}

static void differs(pi_page *page, pi_wording *wording, const pi_precedent_shown *shown) {
  pi_slice items[LISTED_MAX];
  size_t count = 0;
  size_t factors = 0;
  for (size_t i = 0; i < shown->differences_count && count < LISTED_MAX - 1; i++) {
    bool factor = shown->differences[i].kind == PI_DIFFERS_FACTOR;
    if (factor) factors++;
    if (!factor || factors <= FACTORS_SHOWN) items[count++] = say_difference(wording, &shown->differences[i]);
  }
  if (factors > FACTORS_SHOWN) {
    pi_slice more = pi_say_count(wording, (int64_t)(factors - FACTORS_SHOWN));
    items[count++] = say_text(wording, "%.*s more that differ less", TEXT(more));
  }
  labelled(page, "differs", items, count);
}

/* Earlier decisions of the same case, which the one in force has superseded. */
static void earlier(pi_page *page, pi_wording *wording, const pi_precedent_shown *shown) {
  for (int i = 0; i < shown->record.rounds_count; i++) {
    const pi_round *round = &shown->record.rounds[i];
    const pi_step *decision = pi_round_step(round, PI_ACTION_DECIDE);
    if (decision == NULL || decision == shown->decision) continue;
    bool same = decision->position == shown->decision->position;
    pi_slice position = say_position(wording, decision->position);
    pi_slice at = say_time(wording, decision->at);
    pi_slice item = say_text(wording, same ? "%.*s on %.*s, and upheld" : "%.*s on %.*s, and reversed",
                             TEXT(position), TEXT(at));
    labelled(page, "before", &item, 1);
  }
}

static void one(pi_page *page, pi_wording *wording, const pi_precedents_shown *self, size_t index) {
  const pi_precedent_shown *shown = &self->items[index];
  pi_position position = shown->decision->position;
  pi_page_end(page);
  pi_page_right(page, COLUMN_LABEL - 2, PI_STYLE_FAINT, pi_say_count(wording, (int64_t)index + 1));
  pi_page_to(page, COLUMN_LABEL);
  pi_page_text(page, PI_STYLE_STRONG, pi_slice_of(shown->found->id));
  pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE("  "));
  pi_page_text(page, position == PI_POSITION_NOTICE ? PI_STYLE_GOOD : PI_STYLE_BAD,
               say_position(wording, position));
  pi_slice at = say_time(wording, shown->decision->at);
  pi_slice distance = pi_say_decimal(wording, shown->found->distance, 6);
  const char *how = shown->contradicts ? ", decided otherwise" : shown->close ? ", close" : "";
  pi_page_text(page, PI_STYLE_PLAIN, say_text(wording, " on %.*s", TEXT(at)));
  pi_page_right(page, page->width, shown->contradicts ? PI_STYLE_BAD : PI_STYLE_PLAIN,
                say_text(wording, "%.*s away%s", TEXT(distance), how));
  pi_page_end(page);
  alike(page, wording, self, shown);
  differs(page, wording, shown);
  earlier(page, wording, shown);
  if (!pi_slice_equal(shown->round->policy, self->policy)) {
    pi_slice item = PI_SLICE("another policy, or another version of it");
    labelled(page, "under", &item, 1);
  }
}

static void warn(pi_page *page, pi_wording *wording, const pi_precedents_shown *self) {
  pi_slice names[PI_PRECEDENTS_MAX];
  size_t count = 0;
  for (size_t i = 0; i < self->count; i++) {
    if (self->items[i].contradicts) names[count++] = pi_slice_of(self->items[i].found->id);
  }
  if (count == 0) return;
  pi_page_end(page);
  pi_buffer text;
  pi_buffer_init(&text, (size_t)64 * 1024);
  pi_slice position = say_position(wording, self->recommendation);
  pi_slice list = pi_say_list(wording, names, count, PI_PHRASE_LIST_AND);
  pi_buffer_printf(&text, "What %s (%.*s) goes against %s: %.*s. ",
                   self->by_people ? "Trust & Safety recommends" : "the evaluation recommends",
                   (int)position.len, position.ptr, count == 1 ? "a close precedent" : "close precedents",
                   (int)list.len, list.ptr);
  pi_buffer_text(&text,
                 "That forbids nothing: every case is judged for itself (R062). Say in the reason what is "
                 "different here.");
  if (text.failed) page->out->failed = true;
  pi_page_wrap(page, 0, PI_STYLE_BAD, (pi_slice){text.data, text.len});
  pi_buffer_dispose(&text);
}

void pi_precedents_page(pi_page *page, pi_wording *wording, const pi_precedents_shown *self) {
  pi_page_text(page, PI_STYLE_STRONG, say_text(wording, "Precedents for %.*s", TEXT(self->id)));
  pi_slice looked_at = pi_say_count(wording, (int64_t)self->looked_at);
  looked_at = say_text(wording,
                       self->looked_at == 1 ? "%.*s decided case breaks a rule in common"
                                            : "%.*s decided cases break a rule in common",
                       TEXT(looked_at));
  if (page->column + 2 + pi_page_columns(page, looked_at) > page->width) pi_page_end(page);
  pi_page_right(page, page->width, PI_STYLE_FAINT, looked_at);
  pi_page_end(page);
  warn(page, wording, self);
  for (size_t i = 0; i < self->count; i++) one(page, wording, self, i);
  if (wording->failed) page->out->failed = true;
}

/* --- JSON --- */

static void put_decision(pi_outline *out, const pi_step *decision) {
  pi_outline_text(out, "decision", pi_record_word_at(PI_POSITION_NAMES, decision->position));
  pi_outline_time(out, "decided_at", decision->at);
}

static void put_word(pi_outline *out, const char *key, pi_slice word) {
  if (word.len > 0) {
    pi_outline_string(out, key, word);
  } else {
    pi_outline_raw(out, key, "null");
  }
}

static void put_difference(pi_outline *out, const pi_difference *difference) {
  static const char *const KINDS[] = {[PI_DIFFERS_RULE] = "rule",
                                      [PI_DIFFERS_KIND] = "kind",
                                      [PI_DIFFERS_MARKET] = "market",
                                      [PI_DIFFERS_TARGET] = "target",
                                      [PI_DIFFERS_FACTOR] = "factor"};
  bool words = difference->kind == PI_DIFFERS_MARKET || difference->kind == PI_DIFFERS_TARGET;
  pi_outline_open(out, NULL, '{');
  pi_outline_text(out, "what", KINDS[difference->kind]);
  if (!words) pi_outline_string(out, "rule", difference->rule);
  if (difference->kind == PI_DIFFERS_FACTOR) pi_outline_string(out, "factor", difference->factor);
  if (words) {
    put_word(out, "here", difference->here_word);
    put_word(out, "there", difference->there_word);
  } else if (difference->kind == PI_DIFFERS_FACTOR) {
    pi_outline_decimal(out, "here", difference->here, 6);
    pi_outline_decimal(out, "there", difference->there, 6);
  } else if (difference->kind == PI_DIFFERS_RULE) {
    pi_outline_bool(out, "here", difference->here > 0);
    pi_outline_bool(out, "there", difference->there > 0);
  }
  pi_outline_close(out, '}');
}

static void put_one(pi_outline *out, const pi_precedents_shown *self, const pi_precedent_shown *shown) {
  pi_outline_open(out, NULL, '{');
  pi_outline_text(out, "id", shown->found->id);
  pi_outline_decimal(out, "distance", shown->found->distance, 6);
  pi_outline_bool(out, "close", shown->close);
  pi_outline_bool(out, "contradicts", shown->contradicts);
  put_decision(out, shown->decision);
  pi_outline_string(out, "policy", shown->round->policy);
  pi_outline_open(out, "alike", '{');
  pi_outline_open(out, "rules", '[');
  for (uint32_t i = 0; i < self->profile->rules_count; i++) {
    pi_slice id = self->profile->rules[i].id;
    if (pi_profile_rule_find(shown->profile, id) != NULL) pi_outline_string(out, NULL, id);
  }
  pi_outline_close(out, ']');
  pi_outline_count(out, "factors", shown->factors_alike);
  pi_outline_close(out, '}');
  pi_outline_open(out, "differs", '[');
  for (size_t i = 0; i < shown->differences_count; i++) put_difference(out, &shown->differences[i]);
  pi_outline_close(out, ']');
  pi_outline_open(out, "superseded", '[');
  for (int i = 0; i < shown->record.rounds_count; i++) {
    const pi_step *decision = pi_round_step(&shown->record.rounds[i], PI_ACTION_DECIDE);
    if (decision == NULL || decision == shown->decision) continue;
    pi_outline_open(out, NULL, '{');
    put_decision(out, decision);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
  pi_outline_close(out, '}');
}

void pi_precedents_json(pi_buffer *buffer, const pi_precedents_shown *self) {
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  pi_outline_string(out, "id", self->id);
  if (self->recommendation != PI_POSITION_NONE) {
    pi_outline_text(out, "recommendation", pi_record_word_at(PI_POSITION_NAMES, self->recommendation));
    pi_outline_text(out, "by", self->by_people ? "trust_safety" : "evaluation");
  }
  pi_outline_count(out, "looked_at", self->looked_at);
  pi_outline_open(out, "precedents", '[');
  for (size_t i = 0; i < self->count; i++) put_one(out, self, &self->items[i]);
  pi_outline_close(out, ']');
  pi_outline_end(out);
}
