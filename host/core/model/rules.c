#include "rules.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The kinds of each rule; the last of a list is none. */
#define KIND(text) PI_SLICE_INIT(text),
#define NO_KINDS
#define RULE(name, text, never, grounds, spans, kinds)                                                       \
  static const pi_slice KINDS_##name[] = {kinds{NULL, 0}};
#include "rules.def"
#undef RULE

const pi_rule_row PI_RULES[PI_RULE_COUNT] = {
#define RULE(name, text, never, grounds, spans, kinds)                                                       \
  [PI_RULE_##name] = {PI_SLICE_INIT(text), never, grounds, spans, {KINDS_##name, COUNT(KINDS_##name) - 1}},
#include "rules.def"
#undef RULE
};

static const pi_slice GROUNDS[] = {
    PI_SLICE_INIT("race"),
    PI_SLICE_INIT("ethnicity"),
    PI_SLICE_INIT("national_origin"),
    PI_SLICE_INIT("sexual_orientation"),
    PI_SLICE_INIT("gender"),
    PI_SLICE_INIT("gender_identity"),
    PI_SLICE_INIT("religious_affiliation"),
    PI_SLICE_INIT("age"),
    PI_SLICE_INIT("disability"),
    PI_SLICE_INIT("serious_disease"),
};
static const pi_slice SPAN_KINDS[] = {
    PI_SLICE_INIT("phone"),           PI_SLICE_INIT("home_address"), PI_SLICE_INIT("email"),
    PI_SLICE_INIT("identity_number"), PI_SLICE_INIT("location"),     PI_SLICE_INIT("financial"),
    PI_SLICE_INIT("other"),
};

const pi_words PI_GROUNDS = {GROUNDS, COUNT(GROUNDS)};
const pi_words PI_SPAN_KINDS = {SPAN_KINDS, COUNT(SPAN_KINDS)};

pi_rule pi_rule_find(pi_slice id) {
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    if (pi_slice_equal(PI_RULES[rule].id, id)) return (pi_rule)rule;
  }
  return PI_RULE_OTHER;
}

bool pi_id_valid(pi_slice id) {
  /* A bit for each ASCII character that an id may hold: 0 to 9; _ and a to z. Every factor's id comes here.
   */
  static const uint64_t ALLOWED[2] = {UINT64_C(0x3ff) << '0', UINT64_C(0x07fffffe) << 32 | UINT64_C(1) << 31};
  if (id.len == 0 || id.len > PI_ID_LENGTH_MAX || id.ptr[0] < 'a' || id.ptr[0] > 'z') return false;
  uint64_t fits = 1;
  for (size_t i = 1; i < id.len; i++) {
    unsigned char c = (unsigned char)id.ptr[i];
    fits &= c < 128 ? ALLOWED[c / 64] >> c % 64 : 0;
  }
  return (fits & 1) != 0;
}
