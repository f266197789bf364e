#include "evaluation_words.h"

#define WORDS_OF(list)                                                                                       \
  { list, sizeof(list) / sizeof *(list) }

static const pi_slice OUTCOMES[PI_OUTCOMES] = {
    [PUBINT_NO_ACTION] = PI_SLICE_INIT("no_action"),
    [PUBINT_REMOVE] = PI_SLICE_INIT("remove"),
    [PUBINT_NOTICE] = PI_SLICE_INIT("notice"),
    [PUBINT_REVIEW] = PI_SLICE_INIT("review"),
};
const pi_words PI_WORDS_OUTCOME = WORDS_OF(OUTCOMES);

static const pi_slice BASES[PI_BASES] = {
    [PUBINT_NO_VIOLATION] = PI_SLICE_INIT("no_violation"),
    [PUBINT_NEVER_EXCEPTED] = PI_SLICE_INIT("never_excepted"),
    [PUBINT_NOT_ELIGIBLE] = PI_SLICE_INIT("not_eligible"),
    [PUBINT_INCOMPLETE] = PI_SLICE_INIT("incomplete"),
    [PUBINT_WEIGHED] = PI_SLICE_INIT("weighed"),
    [PUBINT_RULE_ERROR] = PI_SLICE_INIT("rule_error"),
    [PUBINT_NO_SCRIPT] = PI_SLICE_INIT("no_script"),
    [PUBINT_UNASSESSED] = PI_SLICE_INIT("unassessed"),
};
const pi_words PI_WORDS_BASIS = WORDS_OF(BASES);

static const pi_slice FROMS[] = {
    [PI_FROM_HOST] = PI_SLICE_INIT("host"),
    [PI_FROM_RULE] = PI_SLICE_INIT("rule"),
    [PI_FROM_MARKET] = PI_SLICE_INIT("market"),
};
const pi_words PI_WORDS_FROM = WORDS_OF(FROMS);

static const pi_slice CLASSES[] = {PI_SLICE_INIT("very_unlikely"), PI_SLICE_INIT("unlikely"),
                                   PI_SLICE_INIT("rare"), PI_SLICE_INIT("possible")};
const pi_words PI_WORDS_CLASS = WORDS_OF(CLASSES);

static const pi_slice SIDES[] = {
    [PI_SIDE_NEUTRAL] = PI_SLICE_INIT("neutral"),
    [PI_SIDE_INTEREST] = PI_SLICE_INIT("interest"),
    [PI_SIDE_HARM] = PI_SLICE_INIT("harm"),
};
const pi_words PI_WORDS_SIDE = WORDS_OF(SIDES);
const pi_words PI_WORDS_FACTOR_SIDE = {SIDES + PI_SIDE_INTEREST, 2};

const char *pubint_outcome_name(pubint_outcome outcome) {
  return OUTCOMES[outcome].ptr;
}

const char *pubint_basis_name(pubint_basis basis) {
  return BASES[basis].ptr;
}
