#include "balance.h"

#include "rules.h"
#include "utf8.h"

const pi_slice PI_HOST_CONDITIONS[PI_HOST_CONDITIONS_COUNT] = {
    [PI_HOST_PUBLIC_CONCERN] = PI_SLICE_INIT("public_concern"),
    [PI_HOST_DATA_OMITTED] = PI_SLICE_INIT("data_omitted"),
};

void pi_balance_init(pi_balance *balance) {
  balance->factors_count = 0;
  balance->conditions_count = 0;
  balance->host_conditions_count = 0;
  balance->notes_count = 0;
}

/* Both conversions below cut a number that is not negative, which is floor. */
bool pi_balance_strength(double strength, int32_t *micro) {
  if (!(strength >= 0 && strength <= 1)) return false; /* NaN too */
  *micro = (int32_t)(strength * 1e6 + 0.5);
  return true;
}

bool pi_balance_milli(double value, int32_t low, int32_t high, int32_t *milli) {
  if (!(value >= 0 && value <= 1e6)) return false;
  int32_t nearest = (int32_t)(value * 1e3 + 0.5);
  /* The quotient is the double nearest to that many thousandths: what a script that wrote the decimal has. */
  if (nearest < low || nearest > high || nearest / 1e3 != value) return false;
  *milli = nearest;
  return true;
}

static bool has_factor(const pi_balance *balance, pi_slice id) {
  for (uint32_t i = 0; i < balance->factors_count; i++) {
    if (pi_slice_equal(balance->factors[i].id, id)) return true;
  }
  return false;
}

pi_balance_status pi_balance_factor(pi_balance *balance, pi_from from, pi_side side, pi_slice id,
                                    double strength, double weight) {
  pi_factor factor = {.id = id, .side = side, .from = from};
  if (!pi_id_valid(id)) return PI_BALANCE_BAD_ID;
  if (has_factor(balance, id)) return PI_BALANCE_REPEATED_ID;
  if (balance->factors_count == PI_FACTORS_MAX) return PI_BALANCE_TOO_MANY;
  if (!pi_balance_strength(strength, &factor.strength)) return PI_BALANCE_BAD_STRENGTH;
  if (!pi_balance_milli(weight, PI_WEIGHT_MIN, PI_WEIGHT_MAX, &factor.weight)) return PI_BALANCE_BAD_WEIGHT;
  factor.points = (int64_t)factor.strength * factor.weight;
  balance->factors[balance->factors_count++] = factor;
  return PI_BALANCE_OK;
}

static bool is_host_condition(pi_slice id) {
  for (int i = 0; i < PI_HOST_CONDITIONS_COUNT; i++) {
    if (pi_slice_equal(PI_HOST_CONDITIONS[i], id)) return true;
  }
  return false;
}

static bool has_condition(const pi_balance *balance, pi_slice id) {
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    if (pi_slice_equal(balance->conditions[i].id, id)) return true;
  }
  return false;
}

/* The host's own conditions take none of the scripts' places. */
static bool conditions_full(const pi_balance *balance, pi_from from) {
  if (from == PI_FROM_HOST) return balance->host_conditions_count == PI_HOST_CONDITIONS_COUNT;
  return balance->conditions_count - balance->host_conditions_count == PI_CONDITIONS_MAX;
}

pi_balance_status pi_balance_condition(pi_balance *balance, pi_from from, pi_slice id, bool met,
                                       pi_slice why) {
  if (!pi_id_valid(id)) return PI_BALANCE_BAD_ID;
  if (from != PI_FROM_HOST && is_host_condition(id)) return PI_BALANCE_HOST_ID;
  if (has_condition(balance, id)) return PI_BALANCE_REPEATED_ID;
  if (conditions_full(balance, from)) return PI_BALANCE_TOO_MANY;
  if (why.ptr != NULL && !pi_balance_text_valid(why)) return PI_BALANCE_BAD_TEXT;
  balance->conditions[balance->conditions_count++] =
      (pi_condition){.id = id, .why = why, .from = from, .met = met};
  if (from == PI_FROM_HOST) balance->host_conditions_count++;
  return PI_BALANCE_OK;
}

pi_balance_status pi_balance_note(pi_balance *balance, pi_slice text) {
  if (balance->notes_count == PI_NOTES_MAX) return PI_BALANCE_TOO_MANY;
  if (!pi_balance_text_valid(text)) return PI_BALANCE_BAD_TEXT;
  balance->notes[balance->notes_count++] = text;
  return PI_BALANCE_OK;
}

bool pi_balance_text_valid(pi_slice text) {
  if (text.len > PI_NOTE_BYTES_MAX) return false;
  for (size_t i = 0; i < text.len; i++) {
    unsigned char byte = (unsigned char)text.ptr[i];
    if (byte < 0x20 || byte == 0x7f) return false;
  }
  return pi_utf8_check(text) == text.ptr + text.len;
}

pi_balance_mark pi_balance_marked(const pi_balance *balance) {
  return (pi_balance_mark){balance->factors_count, balance->conditions_count, balance->notes_count};
}

void pi_balance_rewind(pi_balance *balance, pi_balance_mark mark) {
  for (uint32_t i = mark.conditions_count; i < balance->conditions_count; i++) {
    if (balance->conditions[i].from == PI_FROM_HOST) balance->host_conditions_count--;
  }
  balance->factors_count = mark.factors_count;
  balance->conditions_count = mark.conditions_count;
  balance->notes_count = mark.notes_count;
}

pi_sums pi_balance_sums(const pi_balance *balance, pi_from from) {
  pi_sums sums = {0, 0};
  for (uint32_t i = 0; i < balance->factors_count; i++) {
    const pi_factor *factor = &balance->factors[i];
    if (factor->from != from) continue;
    *(factor->side == PI_SIDE_HARM ? &sums.harm : &sums.interest) += factor->points;
  }
  return sums;
}

const pi_condition *pi_balance_unmet(const pi_balance *balance, unsigned froms) {
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    const pi_condition *condition = &balance->conditions[i];
    if (!condition->met && (froms & PI_FROM_BIT(condition->from)) != 0) return condition;
  }
  return NULL;
}

static bool is_like(const pi_factor *factor, const pi_factor *like) {
  return factor->from == like->from && pi_slice_equal(factor->id, like->id);
}

const pi_factor *pi_balance_find_factor(const pi_balance *balance, const pi_factor *like, uint32_t index) {
  const pi_factor *factors = balance->factors;
  if (index < balance->factors_count && is_like(&factors[index], like)) return &factors[index];
  for (uint32_t i = 0; i < balance->factors_count; i++) {
    if (is_like(&factors[i], like)) return &factors[i];
  }
  return NULL;
}

int64_t pi_balance_effect(const pi_factor *factor) {
  if (factor == NULL) return 0;
  return factor->side == PI_SIDE_HARM ? -factor->points : factor->points;
}

const pi_condition *pi_balance_find_condition(const pi_balance *balance, const pi_condition *like) {
  for (uint32_t i = 0; i < balance->conditions_count; i++) {
    const pi_condition *condition = &balance->conditions[i];
    if (condition->from == like->from && pi_slice_equal(condition->id, like->id)) return condition;
  }
  return NULL;
}
