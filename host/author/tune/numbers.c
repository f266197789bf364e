#include "numbers.h"

#include <stdlib.h>
#include <string.h>

#include "alike.h"
#include "errors.h"
#include "trying.h"

enum { ARENA_BLOCK = 256 * 1024, ARENA_MAX = 512 * 1024 * 1024 };

static bool same_text(pi_slice a, pi_slice b) {
  return (a.ptr == NULL) == (b.ptr == NULL) && pi_slice_equal(a, b);
}

bool pi_numbers_of(const pi_numbers *self, const pi_factor *factor, const pi_factor *marked, int *index) {
  *index = -1;
  if (factor->weight == marked->weight) return true;
  *index = self->by_mark[marked->weight] - 1;
  return *index >= 0 && self->items[*index].milli == factor->weight;
}

/* ---- what they touch ---- */

bool pi_number_touches(const pi_number *self, bool market, pi_slice owner, pi_slice factor) {
  for (uint32_t i = 0; i < self->entries_count; i++) {
    const pi_number_entry *entry = &self->entries[i];
    if (entry->market == market && pi_slice_equal(entry->owner, owner) && same_text(entry->factor, factor))
      return true;
  }
  return false;
}

static bool touch(pi_numbers *self, pi_number *number, bool market, pi_slice owner, pi_slice factor) {
  if (pi_number_touches(number, market, owner, factor)) return true;
  if (number->entries_count == number->entries_room) {
    uint32_t room = number->entries_room > 0 ? 2 * number->entries_room : 4;
    pi_number_entry *entries = pi_arena_alloc(&self->arena, room * sizeof *entries);
    if (entries == NULL) return false;
    if (number->entries_count > 0) memcpy(entries, number->entries, number->entries_count * sizeof *entries);
    number->entries = entries;
    number->entries_room = room;
  }
  pi_number_entry entry = {.market = market, .owner = pi_arena_copy(&self->arena, owner)};
  if (factor.ptr != NULL) entry.factor = pi_arena_copy(&self->arena, factor);
  number->entries[number->entries_count++] = entry;
  return entry.owner.ptr != NULL && (factor.ptr == NULL || entry.factor.ptr != NULL);
}

/* By rules before markets, each in the order of names. */
static int by_owner(const void *a, const void *b) {
  const pi_number_entry *one = a, *other = b;
  if (one->market != other->market) return one->market - other->market;
  size_t shorter = one->owner.len < other->owner.len ? one->owner.len : other->owner.len;
  int order = memcmp(one->owner.ptr, other->owner.ptr, shorter);
  if (order != 0) return order;
  if (one->owner.len != other->owner.len) return one->owner.len < other->owner.len ? -1 : 1;
  if (one->factor.ptr == NULL || other->factor.ptr == NULL) return 0;
  return strcmp(one->factor.ptr, other->factor.ptr);
}

/* ---- all of them at once ---- */

typedef struct finding {
  pi_numbers *out;
  pi_places places;
  pi_trying trying;
  int32_t *milli;         /* by literal: what the policy is loaded with */
  int32_t *values;        /* by number: the same */
  pi_tried *tried;        /* by literal */
  bool *is_out;           /* by literal: it is none */
  pi_number_reason *why;  /* by literal that is out */
  bool failed, no_memory; /* of the last run of all of them */
  bool touching;          /* what they touch is noted */
} finding;

static bool take_factor(finding *self, const pubint_evaluation *now, const pi_entry *entry, uint32_t i,
                        const pi_entry *then) {
  pi_numbers *out = self->out;
  const pi_factor *factor = &entry->balance.factors[i], *other = &then->balance.factors[i];
  int index = -1;
  if (!pi_numbers_of(out, factor, other, &index)) return false;
  if (index < 0) return true;
  pi_number *number = &out->items[index];
  for (uint32_t j = 0; j < i; j++) { /* one literal, two factors */
    if (then->balance.factors[j].weight != other->weight || entry->balance.factors[j].weight == other->weight)
      continue;
    uint32_t literal = (uint32_t)(number->literal - out->literals.items);
    self->is_out[literal] = true;
    self->why[literal] = PI_NUMBER_IS_TWICE;
    pi_slice id = factor->id; /* at most as long as ids are */
    memcpy(self->tried[literal].factor, id.ptr, id.len);
    self->tried[literal].market = factor->from == PI_FROM_MARKET;
    return false;
  }
  bool market = factor->from == PI_FROM_MARKET;
  pi_slice owner = market ? now->market->name : entry->violation->rule_id;
  if (self->touching && !touch(out, number, market, owner, factor->id)) self->no_memory = true;
  return true;
}

static bool take_case(void *context, const pubint_evaluation *now, const pubint_evaluation *then) {
  finding *self = context;
  bool fits = pi_alike_but_weights(now, then);
  for (uint32_t i = 0; i < now->entries_count && fits; i++) {
    for (uint32_t f = 0; f < now->entries[i].balance.factors_count && fits; f++) {
      fits = take_factor(self, now, &now->entries[i], f, &then->entries[i]);
    }
  }
  self->failed = !fits;
  return fits && !self->no_memory;
}

/* Numbers of the variant: the least ones, the greatest ones, and last the marks, which stay. */
enum { LOW, HIGH, MARKS, VARIANTS };

/* Thousandths that no script writes out, from the middle of the range on. */
static int32_t next_mark(const pi_literals *literals, int32_t after) {
  for (uint32_t i = 0; i < literals->count;) {
    bool taken = literals->items[i].form != PI_LITERAL_UNFIT && literals->items[i].milli == after;
    after += taken;
    i = taken ? 0 : i + 1;
  }
  return after;
}

static void set_values(finding *self, int variant) {
  enum { FIRST_MARK = 4001 };
  pi_numbers *out = self->out;
  int32_t mark = FIRST_MARK;
  memset(out->by_mark, 0, sizeof out->by_mark);
  for (uint32_t i = 0; i < out->literals.count; i++) self->milli[i] = -1;
  for (uint32_t n = 0; n < out->count; n++) {
    pi_number *number = &out->items[n];
    mark = next_mark(&out->literals, mark);
    int32_t value = variant == LOW ? 1 + (int32_t)n : variant == HIGH ? PI_WEIGHT_MAX - (int32_t)n : mark;
    if (number->bar && variant == HIGH) value = PI_BAR_MAX - (int32_t)n;
    number->mark = mark++;
    self->values[n] = value;
    if (number->bar && variant == MARKS) continue; /* a bar is known by its script */
    self->milli[number->literal - out->literals.items] = value;
    if (!number->bar) out->by_mark[value] = (uint16_t)(n + 1);
  }
}

/* Whether each script has the bar that was put into its place. */
static bool bars_fit(const finding *self, const pubint_policy *changed, int variant) {
  const pi_numbers *out = self->out;
  for (uint32_t i = 0; i < changed->scripts_count; i++) {
    uint32_t number = out->bars[i];
    int32_t wanted = number > 0 && variant != MARKS ? self->values[number - 1] : out->policy->scripts[i].bar;
    if (changed->scripts[i].bar != wanted) return false;
  }
  return true;
}

/* Tries all numbers at once; self->failed where that shows that one of them is none. */
static pubint_status try_variant(finding *self, int variant, pubint_error *error) {
  pi_numbers *out = self->out;
  pubint_policy *changed;
  set_values(self, variant);
  self->failed = false;
  self->touching = variant == MARKS;
  pubint_status status = pi_literals_load(&changed, &out->literals, self->milli, error);
  if (status == PUBINT_E_POLICY) self->failed = true;
  if (status != PUBINT_OK) return self->failed ? PUBINT_OK : status;
  self->failed = !bars_fit(self, changed, variant);
  if (!self->failed) status = pi_trying_run(&self->trying, changed, take_case, self, error);
  if (status == PUBINT_OK && self->no_memory) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK && variant == MARKS && !self->failed)
    out->marked = changed;
  else
    pubint_policy_free(changed);
  return status;
}

/* ---- one by one ---- */

static pi_number_reason reason_of(const pi_tried *tried) {
  if (tried->refused) return PI_NUMBER_IS_REFUSED;
  if (!tried->weight && !tried->bar) return PI_NUMBER_IS_OTHER;
  return tried->other ? PI_NUMBER_IS_MORE : PI_NUMBER_IS_TWICE;
}

static bool is_fit(const pi_tried *tried) {
  return !tried->refused && !tried->other && !tried->twice && tried->weight != tried->bar;
}

/* Tries one literal with a number of its own: whether it is a weight or a bar, and nothing else. Where a
 * script fails with that, a number near its own may show more. */
static pubint_status try_one(finding *self, uint32_t index, int32_t to, pubint_error *error) {
  const pi_literals *literals = &self->out->literals;
  pi_tried *tried = &self->tried[index];
  pubint_status status = pi_trying_one(&self->trying, literals, index, to, self->milli, tried, error);
  if (status == PUBINT_OK && tried->fails && !tried->weight && !tried->bar) {
    int32_t near = next_mark(literals, literals->items[index].milli + 1);
    status = pi_trying_one(&self->trying, literals, index, near, self->milli, tried, error);
  }
  if (status == PUBINT_OK && !is_fit(tried)) {
    self->is_out[index] = true;
    self->why[index] = reason_of(tried);
  }
  return status;
}

/* What their form does not say is tried; a number that would be found in two ways cannot be told apart. */
static pubint_status sort_out(finding *self, pubint_error *error) {
  const pi_literals *literals = &self->out->literals;
  pubint_status status = PUBINT_OK;
  int32_t to = next_mark(literals, 7393);
  for (uint32_t i = 0; i < literals->count && status == PUBINT_OK; i++) {
    pi_literal_form form = literals->items[i].form;
    self->is_out[i] = form == PI_LITERAL_COMPUTED || form == PI_LITERAL_UNFIT;
    self->why[i] = form == PI_LITERAL_UNFIT ? PI_NUMBER_IS_UNFIT : PI_NUMBER_IS_COMPUTED;
    if (form == PI_LITERAL_ANY) status = try_one(self, i, to, error);
    if (form == PI_LITERAL_ANY && !self->is_out[i] &&
        pi_literals_name_is_computed(literals, &self->places, i)) {
      self->is_out[i] = true;
      self->why[i] = PI_NUMBER_IS_MORE;
    }
    if (form == PI_LITERAL_BAR) self->tried[i].bar = true;
    if (form == PI_LITERAL_WEIGHT) self->tried[i].weight = true;
    if (form == PI_LITERAL_WEIGHT &&
        (literals->items[i].milli < PI_WEIGHT_MIN || literals->items[i].milli > PI_WEIGHT_MAX)) {
      self->is_out[i] = true;
      self->why[i] = PI_NUMBER_IS_UNFIT;
    }
  }
  return status;
}

/* All at once does not fit: each is tried alone at both ends and in the middle. What no single one shows
 * comes of several together, and those that only trying has found are given up. */
static pubint_status find_culprits(finding *self, pubint_error *error) {
  const pi_numbers *out = self->out;
  uint32_t found = 0;
  pubint_status status = PUBINT_OK;
  for (uint32_t n = 0; n < out->count && status == PUBINT_OK; n++) {
    const pi_number *number = &out->items[n];
    uint32_t index = (uint32_t)(number->literal - out->literals.items);
    const int32_t to[] = {number->least, number->most, next_mark(&out->literals, 7393)};
    if (self->is_out[index]) found++;
    for (size_t i = 0; i < 3 && !self->is_out[index] && status == PUBINT_OK; i++) {
      if (to[i] == number->milli) continue;
      self->tried[index] = (pi_tried){.weight = !number->bar, .bar = number->bar};
      status = try_one(self, index, to[i], error);
      found += self->is_out[index];
    }
  }
  for (uint32_t n = 0; n < out->count && found == 0; n++) {
    uint32_t index = (uint32_t)(out->items[n].literal - out->literals.items);
    self->is_out[index] = true;
    self->why[index] = PI_NUMBER_IS_MORE;
  }
  return status;
}

/* ---- the whole ---- */

static void list_numbers(finding *self) {
  pi_numbers *out = self->out;
  out->count = out->refused_count = 0;
  memset(out->bars, 0, out->policy->scripts_count * sizeof *out->bars);
  for (uint32_t i = 0; i < out->literals.count; i++) {
    const pi_literal *literal = &out->literals.items[i];
    if (self->is_out[i] || out->count == PI_NUMBERS_MAX) {
      pi_number_reason reason = self->is_out[i] ? self->why[i] : PI_NUMBER_IS_BEYOND;
      const pi_tried *tried = &self->tried[i];
      out->refused[out->refused_count++] =
          (pi_number_refused){literal, reason, tried->bar, tried->market, tried->factor};
      continue;
    }
    bool bar = self->tried[i].bar;
    out->items[out->count++] = (pi_number){.literal = literal,
                                           .bar = bar,
                                           .milli = literal->milli,
                                           .least = bar ? 0 : PI_WEIGHT_MIN,
                                           .most = bar ? PI_BAR_MAX : PI_WEIGHT_MAX};
    if (bar && literal->form == PI_LITERAL_BAR) out->bars[literal->script->index] = (uint16_t)out->count;
  }
}

/* Of a bar that comes from elsewhere than its own script: which scripts have it. */
static pubint_status find_bars(finding *self, pubint_error *error) {
  pi_numbers *out = self->out;
  for (uint32_t n = 0; n < out->count; n++) {
    const pi_literal *literal = out->items[n].literal;
    if (!out->items[n].bar || literal->form == PI_LITERAL_BAR) continue;
    pubint_policy *changed;
    for (uint32_t i = 0; i < out->literals.count; i++) self->milli[i] = -1;
    self->milli[literal - out->literals.items] = out->items[n].milli == PI_BAR_MAX ? 0 : PI_BAR_MAX;
    pubint_status status = pi_literals_load(&changed, &out->literals, self->milli, error);
    if (status == PUBINT_E_POLICY) continue; /* trying all at once shows it */
    if (status != PUBINT_OK) return status;
    for (uint32_t s = 0; s < changed->scripts_count; s++) {
      if (changed->scripts[s].bar != out->policy->scripts[s].bar) out->bars[s] = (uint16_t)(n + 1);
    }
    pubint_policy_free(changed);
  }
  return PUBINT_OK;
}

/* The entries that the cases did not reach, as far as the scripts' text says them. */
static bool touch_by_form(pi_numbers *self) {
  bool done = true;
  for (uint32_t n = 0; n < self->count && done; n++) {
    pi_number *number = &self->items[n];
    const pi_literal *literal = number->literal;
    bool said = number->entries_count == 0 && !number->bar && literal->factor.ptr != NULL &&
                literal->script->kind != PI_SCRIPT_LIB;
    if (said)
      done = touch(self, number, literal->script->kind == PI_SCRIPT_MARKET, literal->script->name,
                   literal->factor);
  }
  for (uint32_t s = 0; s < self->policy->scripts_count && done; s++) {
    if (self->bars[s] == 0) continue;
    done = touch(self, &self->items[self->bars[s] - 1], false, self->policy->scripts[s].name,
                 (pi_slice){NULL, 0});
  }
  for (uint32_t n = 0; n < self->count; n++) {
    qsort(self->items[n].entries, self->items[n].entries_count, sizeof(pi_number_entry), by_owner);
  }
  return done;
}

/* Until all that are left fit together: each round that fails leaves one out at least. */
static pubint_status settle(finding *self, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  do {
    list_numbers(self);
    status = find_bars(self, error);
    for (int variant = 0; variant < VARIANTS && status == PUBINT_OK; variant++) {
      status = try_variant(self, variant, error);
      if (self->failed) break;
    }
    if (status == PUBINT_OK && self->failed) status = find_culprits(self, error);
  } while (status == PUBINT_OK && self->failed);
  return status;
}

static pubint_status find(finding *self, pubint_error *error) {
  pi_numbers *out = self->out;
  pubint_status status = pi_places_find(&self->places, out->policy, &out->arena, error);
  if (status == PUBINT_OK) status = pi_literals_find(&out->literals, &self->places, &out->arena, error);
  if (status != PUBINT_OK) return status;
  size_t count = (size_t)out->literals.count + 1;
  self->milli = pi_arena_alloc(&out->arena, count * sizeof *self->milli);
  self->values = pi_arena_alloc(&out->arena, count * sizeof *self->values);
  self->tried = pi_arena_alloc(&out->arena, count * sizeof *self->tried);
  self->is_out = pi_arena_alloc(&out->arena, count * sizeof *self->is_out);
  self->why = pi_arena_alloc(&out->arena, count * sizeof *self->why);
  out->items = pi_arena_alloc(&out->arena, count * sizeof *out->items);
  out->refused = pi_arena_alloc(&out->arena, count * sizeof *out->refused);
  out->bars = pi_arena_alloc(&out->arena, (out->policy->scripts_count + 1) * sizeof *out->bars);
  bool room = self->milli != NULL && self->values != NULL && self->tried != NULL && self->is_out != NULL &&
              self->why != NULL && out->items != NULL && out->refused != NULL && out->bars != NULL;
  if (!room) return pi_error_set(error, PI_E_NO_MEMORY);
  memset(self->tried, 0, count * sizeof *self->tried);
  status = pi_trying_begin(&self->trying, &self->places, &out->arena, error);
  if (status == PUBINT_OK) status = sort_out(self, error);
  if (status == PUBINT_OK) status = settle(self, error);
  if (status == PUBINT_OK && !touch_by_form(out)) status = pi_error_set(error, PI_E_NO_MEMORY);
  pi_trying_end(&self->trying);
  return status;
}

pubint_status pi_numbers_find(pi_numbers *out, const pubint_policy *policy, pubint_error *error) {
  finding self = {.out = out};
  *out = (pi_numbers){.policy = policy};
  pi_arena_init(&out->arena, ARENA_BLOCK, ARENA_MAX);
  return find(&self, error);
}

void pi_numbers_dispose(pi_numbers *self) {
  pubint_policy_free(self->marked);
  pi_arena_dispose(&self->arena);
}

const char *pi_number_reason_text(pi_number_reason reason) {
  static const char *const TEXTS[] = {
      [PI_NUMBER_IS_COMPUTED] = "it is compared or computed with",
      [PI_NUMBER_IS_UNFIT] = "no weight or bar can be that",
      [PI_NUMBER_IS_OTHER] = "it gives no weight and no bar",
      [PI_NUMBER_IS_MORE] = "it gives a weight or a bar, and does something else too",
      [PI_NUMBER_IS_TWICE] = "it gives more than one weight or bar of a rule",
      [PI_NUMBER_IS_REFUSED] = "with another number there the scripts do not load",
      [PI_NUMBER_IS_BEYOND] = "it stands behind as many numbers as are looked at",
  };
  return TEXTS[reason];
}
