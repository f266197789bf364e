/* Counting cases that were evaluated under two policies. */
#include <stdio.h>

#include "decode.h"
#include "diff_count.h"

/* ---- bins ---- */

static const int64_t BIN_BOUNDS[] = {PI_NANO / 10, PI_NANO / 4, PI_NANO / 2,
                                     PI_NANO,      2 * PI_NANO, 4 * PI_NANO};
enum { BIN_BOUNDS_COUNT = sizeof BIN_BOUNDS / sizeof BIN_BOUNDS[0] };
_Static_assert(PI_DIFF_BINS == 2 * (BIN_BOUNDS_COUNT + 1), "as many bins below 0 as above");

static unsigned bin_of(int64_t change) {
  int64_t size = change < 0 ? -change : change;
  unsigned bound = 0;
  while (bound < BIN_BOUNDS_COUNT && size > BIN_BOUNDS[bound]) bound++;
  return change < 0 ? BIN_BOUNDS_COUNT - bound : BIN_BOUNDS_COUNT + 1 + bound;
}

pi_diff_bin pi_diff_bin_at(unsigned bin) {
  bool negative = bin <= BIN_BOUNDS_COUNT;
  unsigned bound = negative ? BIN_BOUNDS_COUNT - bin : bin - BIN_BOUNDS_COUNT - 1;
  return (pi_diff_bin){.negative = negative,
                       .above = bound > 0 ? BIN_BOUNDS[bound - 1] : 0,
                       .up_to = bound < BIN_BOUNDS_COUNT ? BIN_BOUNDS[bound] : 0};
}

/* ---- cases ---- */

/* Counts a case in a group of the dimension, and takes it for its sample. */
static void count_in(pi_diff *counted, pi_diff_dimension dimension, pi_slice key, pi_direction direction,
                     const pi_diff_sample *sample) {
  pi_diff_groups *groups = &counted->groups[dimension];
  pi_diff_group *group = pi_diff_groups_find(groups, key.ptr, key.len);
  if (group == NULL) return;
  group->counts[direction]++;
  pi_diff_groups_sample(groups, group, sample);
}

enum { KEY_BYTES = 2 * (PI_ID_LENGTH_MAX + PI_ID_BYTES_MAX) + 16 };

/* The key of a cause: kind, origin, rule and id; no id holds a newline. */
static pi_slice cause_key(char out[KEY_BYTES], pi_cause cause, pi_slice rule) {
  int length = snprintf(out, KEY_BYTES, "%c%c%.*s\n%.*s", 'A' + (int)cause.kind, 'A' + (int)cause.from,
                        (int)rule.len, rule.ptr, (int)cause.id.len, cause.id.ptr);
  return (pi_slice){out, (size_t)length < KEY_BYTES ? (size_t)length : KEY_BYTES - 1};
}

/* What stands before the first `end` in `rest`, and is taken off it with it. */
static pi_slice take_before(pi_slice *rest, char end) {
  const char *at = memchr(rest->ptr, end, rest->len);
  pi_slice before = {rest->ptr, at != NULL ? (size_t)(at - rest->ptr) : rest->len};
  size_t taken = before.len + (at != NULL ? 1 : 0);
  *rest = (pi_slice){rest->ptr + taken, rest->len - taken};
  return before;
}

static int32_t weight_of(pi_slice digits) {
  int32_t weight = 0;
  for (size_t i = 0; i < digits.len; i++) weight = 10 * weight + (digits.ptr[i] - '0');
  return weight;
}

/* The key of a factor that weighs otherwise: as a cause, and behind a newline both weights. */
static pi_slice weight_key(char out[KEY_BYTES], const pi_factor *old, const pi_factor *new, pi_slice rule) {
  pi_slice key = cause_key(out, (pi_cause){PI_CAUSE_FACTOR, new->from, new->id}, rule);
  int more = snprintf(out + key.len, KEY_BYTES - key.len, "\n%d %d", (int)old->weight, (int)new->weight);
  key.len += (size_t)more;
  return key;
}

pi_diff_part pi_diff_part_of(const pi_diff_group *group) {
  pi_slice rest = {group->key, group->key_bytes};
  pi_diff_part part = {
      .cause = {.kind = (pi_cause_kind)(rest.ptr[0] - 'A'), .from = (pi_from)(rest.ptr[1] - 'A')}};
  rest = (pi_slice){rest.ptr + 2, rest.len - 2};
  part.rule = take_before(&rest, '\n');
  part.cause.id = take_before(&rest, '\n');
  part.weights[0] = weight_of(take_before(&rest, ' '));
  part.weights[1] = weight_of(rest);
  return part;
}

static pi_slice fact_or_nothing(const pi_case *input, pi_fact fact) {
  return pi_case_knows(input, fact) ? pi_case_text(input, fact) : (pi_slice){"", 0};
}

static void count_flip(pi_diff *counted, const pi_case *input, const pi_flipped *flipped,
                       pi_diff_sample *sample) {
  const pi_violation *violation = flipped->new->violation;
  pi_direction to = flipped->direction;
  char key[KEY_BYTES];
  sample->margins = flipped->margins;
  sample->old_margin = flipped->old->margin;
  sample->new_margin = flipped->new->margin;
  count_in(counted, PI_DIFF_BY_DIRECTION, pi_slice_of(pi_direction_name(to)), to, sample);
  count_in(counted, PI_DIFF_BY_CAUSE, cause_key(key, flipped->cause, violation->rule_id), to, sample);
  count_in(counted, PI_DIFF_BY_RULE, violation->rule_id, to, sample);
  int length = snprintf(key, sizeof key, "%.*s/%.*s", (int)violation->rule_id.len, violation->rule_id.ptr,
                        (int)violation->kind.len, violation->kind.len > 0 ? violation->kind.ptr : "");
  count_in(counted, PI_DIFF_BY_KIND, (pi_slice){key, (size_t)length}, to, sample);
  count_in(counted, PI_DIFF_BY_MARKET, fact_or_nothing(input, PI_FACT_MARKET), to, sample);
  count_in(counted, PI_DIFF_BY_LANGUAGE, fact_or_nothing(input, PI_FACT_TWEET_LANG), to, sample);
  for (uint32_t i = 0; i < flipped->contributions_count; i++) {
    const pi_contribution *one = &flipped->contributions[i];
    pi_slice part = cause_key(key, one->part, violation->rule_id);
    pi_diff_group *group = pi_diff_groups_find(&counted->groups[PI_DIFF_BY_FACTOR], part.ptr, part.len);
    if (group != NULL) pi_diff_group_move(group, one->points);
  }
}

/* What a factor of the new entry `e` was before; NULL where it was not there, or weighs the same. */
static const pi_factor *weighed_otherwise(const pubint_evaluation *old, const pubint_evaluation *new,
                                          uint32_t e, const pi_factor *like, uint32_t index) {
  if (!old->entries[e].weighed || !new->entries[e].weighed) return NULL;
  const pi_factor *was = pi_balance_find_factor(&old->entries[e].balance, like, index);
  const pi_factor *is = pi_balance_find_factor(&new->entries[e].balance, like, index);
  return was != NULL && is != NULL && is->weight == like->weight && was->weight != is->weight ? was : NULL;
}

/* The same rule can be violated twice in a case, which counts once. */
static bool counted_before(const pubint_evaluation *old, const pubint_evaluation *new, uint32_t e,
                           const pi_factor *factor, const pi_factor *was, uint32_t index) {
  for (uint32_t i = 0; i < e; i++) {
    if (!pi_slice_equal(new->entries[i].violation->rule_id, new->entries[e].violation->rule_id)) continue;
    const pi_factor *other = weighed_otherwise(old, new, i, factor, index);
    if (other != NULL && other->weight == was->weight) return true;
  }
  return false;
}

/* The factors that weigh otherwise, of every rule of the case that both policies weigh. */
static void count_weights(pi_diff *counted, const pubint_evaluation *old, const pubint_evaluation *new,
                          const pi_diff_sample *sample) {
  char key[KEY_BYTES];
  for (uint32_t e = 0; e < new->entries_count; e++) {
    const pi_balance *balance = &new->entries[e].balance;
    for (uint32_t i = 0; new->entries[e].weighed &&i < balance->factors_count; i++) {
      const pi_factor *factor = &balance->factors[i], *was = weighed_otherwise(old, new, e, factor, i);
      if (was == NULL || counted_before(old, new, e, factor, was, i)) continue;
      count_in(counted, PI_DIFF_BY_WEIGHT, weight_key(key, was, factor, new->entries[e].violation->rule_id),
               PI_GRANTED, sample);
    }
  }
}

/* A near miss has come nearer: what lay that near before is no news. */
static void count_near(pi_diff *counted, bool was, int64_t before, int64_t now, pi_diff_sample *sample) {
  if (now > counted->options->near || (was && now >= before)) return;
  bool removed = sample->new == PUBINT_REMOVE;
  sample->margins = was;
  sample->old_margin = removed ? -before : before;
  sample->new_margin = removed ? -now : now;
  pi_slice turns_to = removed ? PI_SLICE("notice") : PI_SLICE("remove");
  count_in(counted, PI_DIFF_BY_NEAR, turns_to, PI_GRANTED, sample);
}

static void count_unflipped(pi_diff *counted, pi_flipped *flipped, const pubint_evaluation *old,
                            const pubint_evaluation *new, pi_diff_sample *sample) {
  char key[KEY_BYTES];
  bool moved;
  if (!pi_diff_compare(flipped, &moved, old, new)) return;
  counted->changed++;
  if (!moved) return;
  counted->histogram[bin_of(flipped->change)]++;
  int64_t before = 0, now = 0;
  bool was = pi_diff_distance(old, &before), is = pi_diff_distance(new, &now);
  sample->distance = is ? now : INT64_MAX;
  sample->margins = true;
  sample->old_margin = flipped->old->margin;
  sample->new_margin = flipped->new->margin;
  if (sample->distance < counted->nearest) counted->nearest = sample->distance;
  count_in(counted, PI_DIFF_BY_MOVER, cause_key(key, flipped->cause, flipped->new->violation->rule_id),
           PI_GRANTED, sample);
  if (is) count_near(counted, was, before, now, sample);
}

bool pi_diff_count(pi_diff *counted, const pubint_evaluation *old, const pubint_evaluation *new,
                   pi_flipped *flipped, pi_diff_sample *sample) {
  counted->evaluated++;
  counted->matrix[old->outcome][new->outcome]++;
  if (!new->weighed) return false;
  sample->old = (uint8_t)old->outcome;
  sample->new = (uint8_t) new->outcome;
  count_weights(counted, old, new, sample);
  if (old->outcome == new->outcome) {
    count_unflipped(counted, flipped, old, new, sample);
    return false;
  }
  pi_diff_explain(flipped, old, new);
  count_flip(counted, new->input, flipped, sample);
  return true;
}

void pi_diff_count_refused(pi_diff *counted, unsigned code, const pi_diff_sample *sample) {
  char key[16];
  snprintf(key, sizeof key, "E%04u", code);
  counted->refused++;
  count_in(counted, PI_DIFF_BY_CODE, pi_slice_of(key), PI_GRANTED, sample);
}

/* ---- beginning, adding up and ending ---- */

void pi_diff_init(pi_diff *self, const pubint_policy *old, const pubint_policy *new,
                  const pi_diff_options *options) {
  *self = (pi_diff){.old = old, .new = new, .options = options, .nearest = INT64_MAX};
  for (int d = 0; d < PI_DIFF_DIMENSIONS; d++) {
    pi_diff_groups_init(&self->groups[d], d == PI_DIFF_BY_FACTOR ? 0 : options->samples);
  }
}

void pi_diff_merge(pi_diff *sum, const pi_diff *more) {
  sum->lines += more->lines;
  sum->evaluated += more->evaluated;
  sum->refused += more->refused;
  sum->changed += more->changed;
  if (more->nearest < sum->nearest) sum->nearest = more->nearest;
  for (int from = 0; from < PI_OUTCOMES; from++) {
    for (int to = 0; to < PI_OUTCOMES; to++) sum->matrix[from][to] += more->matrix[from][to];
  }
  for (int i = 0; i < PI_DIFF_BINS; i++) sum->histogram[i] += more->histogram[i];
  for (int d = 0; d < PI_DIFF_DIMENSIONS; d++) pi_diff_groups_merge(&sum->groups[d], &more->groups[d]);
}

void pi_diff_dispose(pi_diff *self) {
  for (int d = 0; d < PI_DIFF_DIMENSIONS; d++) pi_diff_groups_dispose(&self->groups[d]);
}

/* ---- sums ---- */

uint64_t pi_diff_flips_to(const pi_diff *self, pi_direction direction) {
  uint64_t sum = 0;
  for (int from = 0; from < PI_OUTCOMES; from++) {
    for (int to = 0; to < PI_OUTCOMES; to++) {
      if (from == to || pi_diff_direction((pubint_outcome)from, (pubint_outcome)to) != direction) continue;
      sum += self->matrix[from][to];
    }
  }
  return sum;
}

uint64_t pi_diff_flips(const pi_diff *self) {
  uint64_t sum = 0;
  for (int d = 0; d < PI_DIRECTIONS; d++) sum += pi_diff_flips_to(self, (pi_direction)d);
  return sum;
}

uint64_t pi_diff_moved(const pi_diff *self) {
  uint64_t sum = 0;
  for (int i = 0; i < PI_DIFF_BINS; i++) sum += self->histogram[i];
  return sum;
}

const char *pi_direction_name(pi_direction direction) {
  static const char *const NAMES[PI_DIRECTIONS] = {"granted", "withdrawn", "to_review", "to_removal"};
  return NAMES[direction];
}
