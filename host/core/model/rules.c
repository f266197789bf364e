#include "rules.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* KINDS_<KINDS> of rules.def. */
static const pi_slice KINDS_VIOLENCE[] = {PI_SLICE_INIT("threat"), PI_SLICE_INIT("glorification")};
static const pi_slice KINDS_REGULATED_GOODS[] = {PI_SLICE_INIT("sale"), PI_SLICE_INIT("purchase"),
                                                 PI_SLICE_INIT("facilitation")};
static const pi_slice KINDS_SUICIDE_SELF_HARM[] = {PI_SLICE_INIT("promotion"),
                                                   PI_SLICE_INIT("encouragement")};
static const pi_slice KINDS_ELECTION_INTEGRITY[] = {
    PI_SLICE_INIT("manipulation"), PI_SLICE_INIT("suppression"), PI_SLICE_INIT("misleading_participation")};
static const pi_slice KINDS_PRIVATE_INFORMATION[] = {
    [PI_PRIVATE_POSTED] = PI_SLICE_INIT("posted"),
    [PI_PRIVATE_THREAT] = PI_SLICE_INIT("threat"),
    [PI_PRIVATE_INCITEMENT] = PI_SLICE_INIT("incitement"),
};
static const pi_slice KINDS_HATEFUL_CONDUCT[] = {
    PI_SLICE_INIT("serious_harm"), PI_SLICE_INIT("mass_violence_reference"), PI_SLICE_INIT("inciting_fear"),
    PI_SLICE_INIT("slurs"),        PI_SLICE_INIT("hateful_imagery"),         PI_SLICE_INIT("dehumanisation"),
};
static const pi_slice KINDS_ABUSE_HARASSMENT[] = {
    PI_SLICE_INIT("wishing_harm"),
    PI_SLICE_INIT("sexual_advances"),
    PI_SLICE_INIT("aggressive_insults"),
    PI_SLICE_INIT("encouraging_harassment"),
};
static const pi_slice KINDS_SENSITIVE_MEDIA[] = {PI_SLICE_INIT("graphic"), PI_SLICE_INIT("gratuitous")};

#define LIST_VIOLENCE                                                                                        \
  { KINDS_VIOLENCE, COUNT(KINDS_VIOLENCE) }
#define LIST_REGULATED_GOODS                                                                                 \
  { KINDS_REGULATED_GOODS, COUNT(KINDS_REGULATED_GOODS) }
#define LIST_SUICIDE_SELF_HARM                                                                               \
  { KINDS_SUICIDE_SELF_HARM, COUNT(KINDS_SUICIDE_SELF_HARM) }
#define LIST_ELECTION_INTEGRITY                                                                              \
  { KINDS_ELECTION_INTEGRITY, COUNT(KINDS_ELECTION_INTEGRITY) }
#define LIST_PRIVATE_INFORMATION                                                                             \
  { KINDS_PRIVATE_INFORMATION, COUNT(KINDS_PRIVATE_INFORMATION) }
#define LIST_HATEFUL_CONDUCT                                                                                 \
  { KINDS_HATEFUL_CONDUCT, COUNT(KINDS_HATEFUL_CONDUCT) }
#define LIST_ABUSE_HARASSMENT                                                                                \
  { KINDS_ABUSE_HARASSMENT, COUNT(KINDS_ABUSE_HARASSMENT) }
#define LIST_SENSITIVE_MEDIA                                                                                 \
  { KINDS_SENSITIVE_MEDIA, COUNT(KINDS_SENSITIVE_MEDIA) }
#define LIST_NONE                                                                                            \
  { NULL, 0 }

const pi_rule_row PI_RULES[PI_RULE_COUNT] = {
#define RULE(name, text, never, grounds, spans, kinds)                                                       \
  [PI_RULE_##name] = {PI_SLICE_INIT(text), never, grounds, spans, LIST_##kinds},
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
