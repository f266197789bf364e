#include "generate.h"

#include <string.h>

#include "decode.h"
#include "gates.h"
#include "generate_compared.h"
#include "generate_signals.h"
#include "generate_times.h"
#include "sample.h"

static void set_strength(pi_case *input, pi_fact fact, int32_t micro) {
  if (micro < 0) micro = 0;
  if (micro > 1000000) micro = 1000000;
  pi_case_set_strength(input, fact, micro);
}

/* Everything known, and the one side strong: what a high bar needs. */
static void bend_one_sided(pi_case *input, pi_side strong, pi_draw *draw) {
  static const int32_t WEAK[] = {0, 0, 0, 0, 50000, 250000};
  static const int32_t STRONG[] = {1000000, 1000000, 1000000, 900000, 750000, 500000};
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH) continue;
    const int32_t *from = PI_FACTS[fact].side == strong ? STRONG : WEAK;
    set_strength(input, (pi_fact)fact, from[pi_generator_below(draw, 6)]);
  }
}

/* Strengths at the numbers that scripts compare with, and just beside them. */
static void bend_limits(const pi_generator *self, pi_case *input, pi_draw *draw) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH || pi_generator_below(draw, 2) == 0) continue;
    int32_t limit =
        self->limits_count > 0 ? self->limits[pi_generator_below(draw, self->limits_count)] : 500000;
    set_strength(input, (pi_fact)fact, limit + (int32_t)pi_generator_below(draw, 3) - 1);
  }
}

/* Words that are weighed, whom the Tweet is directed at among them. */
static void bend_target(pi_case *input, pi_draw *draw) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!pi_fact_weighed_word((pi_fact)fact)) continue;
    uint32_t word = pi_generator_below(draw, PI_FACTS[fact].words.count + 1u);
    if (word < PI_FACTS[fact].words.count) pi_case_set_word(input, (pi_fact)fact, (uint8_t)word);
  }
}

/* The kind of its violation of a rule, where no other violation has that rule. */
static void set_kind(pi_case *input, pi_slice word) {
  for (uint32_t i = 0; i < input->violations_count; i++) {
    pi_violation *violation = &input->violations[i];
    int kind = violation->rule < PI_RULE_COUNT ? pi_words_find(PI_RULES[violation->rule].kinds, word) : -1;
    bool alone = true;
    for (uint32_t j = 0; j < input->violations_count; j++) {
      alone = alone && (j == i || !pi_slice_equal(input->violations[j].rule_id, violation->rule_id));
    }
    if (kind < 0 || !alone) continue;
    violation->kind = word;
    violation->kind_word = (int8_t)kind;
  }
}

/* Words that the scripts which weigh the case compare with, several at once. */
static void bend_words(const pi_generator *self, pi_case *input, pi_draw *draw) {
  for (uint32_t n = 0; n < 4 && self->words_count > 0; n++) {
    uint32_t at = pi_generator_below(draw, self->words_count);
    if (!pi_generator_weighs(self->words_by[at], input)) continue;
    set_kind(input, self->words[at]);
    for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
      int word =
          pi_fact_weighed_word((pi_fact)fact) ? pi_words_find(PI_FACTS[fact].words, self->words[at]) : -1;
      if (word >= 0) pi_case_set_word(input, (pi_fact)fact, (uint8_t)word);
    }
  }
}

/* Facts that nobody knows, but those that make the case eligible and a text that spans point into. */
static void bend_unknown(pi_case *input, pi_draw *draw) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    bool kept = fact == PI_FACT_ID || (fact == PI_FACT_TWEET_TEXT && input->has_spans) ||
                pi_gate_of((pi_fact)fact) != PI_GATE_COUNT;
    if (!kept && pi_generator_below(draw, 3) == 0) input->known &= ~PI_FACT_BIT(fact);
  }
}

/* Counts, of followers too: at a number of the scripts', or beside it; a gate needs more than its limit. */
static void bend_counts(const pi_generator *self, pi_case *input, pi_draw *draw) {
  if (self->numbers_count == 0) return;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_COUNT) continue;
    double number = self->numbers[pi_generator_below(draw, self->numbers_count)];
    int64_t count = (int64_t)number + (int64_t)pi_generator_below(draw, 3) - 1;
    int64_t least = pi_gate_of((pi_fact)fact) < PI_GATE_COUNT ? PI_FACTS[fact].limit + 1 : 0;
    if (count >= least && count <= PI_FOLLOWERS_MAX) pi_case_set_count(input, (pi_fact)fact, count);
  }
}

static bool may_be_said(const pi_generator *self, uint32_t at, const pi_case *input) {
  return self->listed ? self->texts_by[at] == NULL : pi_generator_weighs(self->texts_by[at], input);
}

/* A word of a script that weighs the case, if one is soon found. */
static pi_slice draw_text(const pi_generator *self, const pi_case *input, pi_draw *draw) {
  enum { TRIES = 16 };
  uint32_t at = pi_generator_below(draw, self->texts_count);
  for (int i = 0; i < TRIES && !may_be_said(self, at, input); i++)
    at = pi_generator_below(draw, self->texts_count);
  return self->texts[at];
}

/* One letter many times and then another: what a pattern within a pattern takes longest to refuse. */
static bool bend_long(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  enum { LETTERS = 3000 };
  static const char COMMON[] = "aa0 ";
  char *text = pi_arena_alloc(arena, LETTERS + 1);
  if (text == NULL) return false;
  char letter = COMMON[pi_generator_below(draw, 4)], first = draw_text(self, input, draw).ptr[0];
  if (pi_generator_below(draw, 2) == 0 && (first & 0x80) == 0) letter = first;
  memset(text, letter, LETTERS);
  text[LETTERS] = '!';
  pi_case_set_text(input, PI_FACT_TWEET_TEXT, (pi_slice){text, LETTERS + 1});
  return true;
}

/* A text with words that scripts look for. */
static bool bend_text(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  char text[256];
  size_t length = 0;
  if (self->texts_count == 0 || input->has_spans) return true;
  if (pi_generator_below(draw, 16) == 0) return bend_long(self, input, draw, arena);
  for (uint32_t n = 1 + pi_generator_below(draw, 3); n > 0; n--) {
    pi_slice word = draw_text(self, input, draw);
    memcpy(text + length, word.ptr, word.len);
    length += word.len;
    text[length++] = ' ';
  }
  pi_case_set_text(input, PI_FACT_TWEET_TEXT, pi_arena_copy(arena, (pi_slice){text, length}));
  return pi_case_text(input, PI_FACT_TWEET_TEXT).ptr != NULL;
}

/* A name of a person, an office, a language or a country that a script writes out. */
static bool bend_names(const pi_generator *self, pi_case *input, pi_draw *draw, pi_arena *arena) {
  static const pi_fact NAMES[] = {PI_FACT_ACCOUNT_USERNAME, PI_FACT_OFFICE_TITLE, PI_FACT_TWEET_LANG,
                                  PI_FACT_OFFICE_COUNTRY};
  pi_fact fact = NAMES[pi_generator_below(draw, sizeof NAMES / sizeof *NAMES)];
  pi_slice name = {NULL, 0};
  if (fact != PI_FACT_OFFICE_COUNTRY && self->texts_count > 0) {
    name = draw_text(self, input, draw);
  } else if (self->countries_count > 0) {
    name = self->countries[pi_generator_below(draw, self->countries_count)];
  }
  if (name.ptr == NULL) return true;
  pi_case_set_text(input, fact, pi_arena_copy(arena, name));
  return pi_case_text(input, fact).ptr != NULL;
}

bool pi_generate_case(const pi_generator *self, uint64_t number, pi_case *out, pi_arena *arena) {
  pi_sample_plan plan = {.seed = self->seed,
                         .edges = number % 4 == 1,
                         .eligible = number % 16 != 15,
                         .markets = self->markets,
                         .markets_count = self->markets_count,
                         .rules = self->rules,
                         .rules_count = self->rules_count};
  if (!pi_sample_case(&plan, number, out, arena)) return false;
  pi_draw draw = {self->seed * 0x9e3779b97f4a7c15u + number * 0xd1342543de82ef95u + 1};
  switch (pi_generator_below(&draw, 8)) {
  case 0:
  case 1: bend_one_sided(out, PI_SIDE_INTEREST, &draw); break;
  case 2: bend_one_sided(out, PI_SIDE_HARM, &draw); break;
  case 3:
  case 4: bend_limits(self, out, &draw); break;
  default: break;
  }
  if (pi_generator_below(&draw, 2) == 0) bend_target(out, &draw);
  if (pi_generator_below(&draw, 4) == 0) bend_counts(self, out, &draw);
  if (pi_generator_below(&draw, 4) == 0 && !pi_generate_times(self, out, &draw, arena)) return false;
  if (self->markets_count > 0 && (pi_generator_below(&draw, 2) == 0 || self->one_market)) {
    pi_case_set_text(out, PI_FACT_MARKET, self->markets[pi_generator_below(&draw, self->markets_count)]);
  }
  if (pi_generator_below(&draw, 3) == 0) bend_words(self, out, &draw);
  if ((pi_generator_below(&draw, 4) == 0 || self->listed) && !bend_text(self, out, &draw, arena))
    return false;
  if (pi_generator_below(&draw, 4) == 0) bend_unknown(out, &draw);
  if (pi_generator_below(&draw, 4) != 0 && !pi_generate_signals(self, out, &draw, arena)) return false;
  if (pi_generator_below(&draw, 4) == 0 && !bend_names(self, out, &draw, arena)) return false;
  return pi_generate_compared(self, number, out, arena);
}
