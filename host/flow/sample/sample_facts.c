#include "sample_facts.h"

#include <stdio.h>
#include <string.h>

#include "decode.h"
#include "sample_signals.h"
#include "sample_text.h"

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof *(list)))

/* ---- texts out of lists ---- */

typedef struct list {
  const pi_slice *items;
  uint32_t count;
} list;

static const pi_slice COUNTRIES[] = {
    PI_SLICE_INIT("NL"), PI_SLICE_INIT("IN"), PI_SLICE_INIT("US"), PI_SLICE_INIT("DE"), PI_SLICE_INIT("FR"),
    PI_SLICE_INIT("GB"), PI_SLICE_INIT("BR"), PI_SLICE_INIT("TR"), PI_SLICE_INIT("JP"), PI_SLICE_INIT("IL"),
    PI_SLICE_INIT("EG"), PI_SLICE_INIT("MX"), PI_SLICE_INIT("ES"), PI_SLICE_INIT("IT"), PI_SLICE_INIT("ID"),
    PI_SLICE_INIT("NG"), PI_SLICE_INIT("KE"), PI_SLICE_INIT("PH"), PI_SLICE_INIT("RU"), PI_SLICE_INIT("UA"),
    PI_SLICE_INIT("PL"), PI_SLICE_INIT("KR"), PI_SLICE_INIT("AR"), PI_SLICE_INIT("CO"), PI_SLICE_INIT("SA"),
    PI_SLICE_INIT("ZA"), PI_SLICE_INIT("CA"), PI_SLICE_INIT("AU"), PI_SLICE_INIT("BE"), PI_SLICE_INIT("SE"),
};
/* Those with a script come often, as in a batch that was made to look at them; a region has none. */
static const pi_slice MARKETS[] = {
    PI_SLICE_INIT("NL"),    PI_SLICE_INIT("NL"), PI_SLICE_INIT("NL"), PI_SLICE_INIT("IN"),
    PI_SLICE_INIT("IN"),    PI_SLICE_INIT("IN"), PI_SLICE_INIT("US"), PI_SLICE_INIT("US"),
    PI_SLICE_INIT("US-CA"), PI_SLICE_INIT("DE"), PI_SLICE_INIT("FR"), PI_SLICE_INIT("GB"),
    PI_SLICE_INIT("BR"),    PI_SLICE_INIT("TR"), PI_SLICE_INIT("JP"), PI_SLICE_INIT("IN-KA"),
    PI_SLICE_INIT("EG"),    PI_SLICE_INIT("IL"),
};
static const pi_slice TITLES[] = {
    PI_SLICE_INIT("President"),
    PI_SLICE_INIT("Prime Minister"),
    PI_SLICE_INIT("U.S. Senator"),
    PI_SLICE_INIT("Minister van Volksgezondheid"),
    PI_SLICE_INIT("Lid Tweede Kamer"),
    PI_SLICE_INIT("Bürgermeister"),
    PI_SLICE_INIT("Député·e"),
    PI_SLICE_INIT("Governor of California"),
    PI_SLICE_INIT("मुख्यमंत्री"),
    PI_SLICE_INIT("رئيس البلدية"),
    PI_SLICE_INIT("ראש העירייה"),
    PI_SLICE_INIT("衆議院議員"),
    PI_SLICE_INIT("Member \"at large\""),
    PI_SLICE_INIT("Governador"),
};
static const pi_slice NAMES[] = {
    PI_SLICE_INIT("Sen"),   PI_SLICE_INIT("Rep"),      PI_SLICE_INIT("minister_"), PI_SLICE_INIT("gov"),
    PI_SLICE_INIT("Mayor"), PI_SLICE_INIT("kamerlid"), PI_SLICE_INIT("Dep"),       PI_SLICE_INIT("the_real_"),
    PI_SLICE_INIT("Vote4"), PI_SLICE_INIT("MP_"),      PI_SLICE_INIT("Sindaco"),   PI_SLICE_INIT("alcalde_"),
};
static const pi_slice WORDS[] = {
    PI_SLICE_INIT("open"), PI_SLICE_INIT("Haven 12"), PI_SLICE_INIT("naïve"), PI_SLICE_INIT("記録"),
    PI_SLICE_INIT("a, b"), PI_SLICE_INIT("né(e)"),    PI_SLICE_INIT("n/a"),   PI_SLICE_INIT("🗳️ day"),
};

static pi_slice draw_from(pi_sampling *self, list from) {
  return from.items[pi_draw_below(&self->draw, from.count)];
}

static pi_slice copy(pi_sampling *self, const char *text, size_t length) {
  pi_slice kept = pi_arena_copy(self->arena, (pi_slice){text, length});
  if (kept.ptr == NULL) self->failed = true;
  return kept.ptr == NULL ? (pi_slice){"", 0} : kept;
}

/* So many bytes that are each the one before but one, for the edges of a length. */
static pi_slice draw_bytes(pi_sampling *self, uint32_t count) {
  char bytes[PI_STRING_BYTES_MAX];
  for (uint32_t i = 0; i < count; i++) bytes[i] = (char)('a' + (i + self->number) % 26);
  return copy(self, bytes, count);
}

/* ---- each type ---- */

/* Digits as ids have them, most of them beyond 2^53. */
static pi_value draw_id(pi_sampling *self, pi_fact fact) {
  (void)fact;
  char digits[24];
  uint64_t least = pi_draw_percent(&self->draw, 20) ? 10000 : UINT64_C(1000000000000000000);
  int length = snprintf(digits, sizeof digits, "%llu",
                        (unsigned long long)(least + pi_draw_bits(&self->draw) % (least * 8)));
  if (self->plan->edges) {
    return (pi_value){.string = draw_bytes(self, pi_draw_percent(&self->draw, 50) ? 1 : PI_ID_BYTES_MAX)};
  }
  return (pi_value){.string = copy(self, digits, (size_t)length)};
}

/* The case's own: it names the plan's seed and the number, so that it can be made again. */
static pi_value draw_case_id(pi_sampling *self, pi_fact fact) {
  (void)fact;
  char id[PI_ID_BYTES_MAX];
  int length = snprintf(id, sizeof id, "s%llu-%llu", (unsigned long long)self->plan->seed,
                        (unsigned long long)self->number);
  return (pi_value){.string = copy(self, id, (size_t)length)};
}

static pi_value draw_string(pi_sampling *self, pi_fact fact) {
  (void)fact;
  if (self->plan->edges) {
    static const uint32_t LENGTHS[] = {0, 1, PI_STRING_BYTES_MAX};
    return (pi_value){.string = draw_bytes(self, LENGTHS[pi_draw_below(&self->draw, COUNT(LENGTHS))])};
  }
  return (pi_value){.string = draw_from(self, (list){WORDS, COUNT(WORDS)})};
}

static pi_value draw_language(pi_sampling *self, pi_fact fact) {
  (void)fact;
  return (pi_value){.string = pi_sample_language(self)};
}

static pi_value draw_title(pi_sampling *self, pi_fact fact) {
  if (self->plan->edges) return draw_string(self, fact);
  return (pi_value){.string = draw_from(self, (list){TITLES, COUNT(TITLES)})};
}

static pi_value draw_username(pi_sampling *self, pi_fact fact) {
  if (self->plan->edges) return draw_string(self, fact);
  pi_slice name = draw_from(self, (list){NAMES, COUNT(NAMES)});
  char handle[32];
  int length =
      snprintf(handle, sizeof handle, "%.*s%u", (int)name.len, name.ptr, pi_draw_below(&self->draw, 9999));
  return (pi_value){.string = copy(self, handle, (size_t)length)};
}

static pi_value draw_time(pi_sampling *self, pi_fact fact) {
  (void)fact;
  pi_draw *draw = &self->draw;
  char text[40];
  uint32_t form = pi_draw_below(draw, self->plan->edges ? 4 : 8);
  const char *zone = form == 0 ? "+02:00" : form == 1 ? ".250Z" : form == 2 ? "-07:30" : "Z";
  uint32_t year = pi_draw_between(draw, 2017, 2024), month = pi_draw_between(draw, 1, 12);
  uint32_t hour = pi_draw_below(draw, 24), minute = pi_draw_below(draw, 60), second = pi_draw_below(draw, 60);
  int length = snprintf(text, sizeof text, "%u-%02u-%02uT%02u:%02u:%02u%s", year, month,
                        pi_draw_between(draw, 1, 28), hour, minute, second, zone);
  if (self->plan->edges && form == 3) return (pi_value){.string = PI_SLICE("2016-02-29t23:59:60z")};
  return (pi_value){.string = copy(self, text, (size_t)length)};
}

static pi_value draw_word(pi_sampling *self, pi_fact fact) {
  return (pi_value){.word = (uint8_t)pi_draw_below(&self->draw, PI_FACTS[fact].words.count)};
}

static pi_value draw_bool(pi_sampling *self, pi_fact fact) {
  (void)fact;
  return (pi_value){.boolean = pi_draw_percent(&self->draw, 50)};
}

static pi_value draw_count(pi_sampling *self, pi_fact fact) {
  (void)fact;
  if (self->plan->edges) return (pi_value){.count = pi_draw_percent(&self->draw, 50) ? 0 : PI_FOLLOWERS_MAX};
  return (pi_value){.count = (int64_t)(pi_draw_bits(&self->draw) >> pi_draw_between(&self->draw, 34, 56))};
}

static pi_value draw_country(pi_sampling *self, pi_fact fact) {
  (void)fact;
  return (pi_value){.string = draw_from(self, (list){COUNTRIES, COUNT(COUNTRIES)})};
}

static pi_value draw_market(pi_sampling *self, pi_fact fact) {
  (void)fact;
  list from = {MARKETS, COUNT(MARKETS)};
  if (self->plan->markets_count > 0) {
    from = (list){self->plan->markets, (uint32_t)self->plan->markets_count};
  }
  return (pi_value){.string = draw_from(self, from)};
}

/* What helps is great and what harms small in a mild case, and the other way round in a grave one: -1, 0 or 1
 * for low, any, high. */
static int leaning(const pi_sampling *self, pi_side side) {
  if (self->mood == PI_MOOD_MIXED || side == PI_SIDE_NEUTRAL) return 0;
  return (self->mood == PI_MOOD_MILD) == (side == PI_SIDE_HARM) ? -1 : 1;
}

static int32_t draw_edge(pi_sampling *self, int leans) {
  static const int32_t EDGES[] = {0, 1, 250000, 499999, 500000, 500001, 750000, 999999, 1000000};
  enum { LOW = 4 };
  pi_draw *draw = &self->draw;
  if (leans < 0) return EDGES[pi_draw_below(draw, LOW)];
  if (leans > 0) return EDGES[LOW + pi_draw_below(draw, COUNT(EDGES) - LOW)];
  return EDGES[pi_draw_below(draw, COUNT(EDGES))];
}

static int32_t draw_level(pi_sampling *self, int leans) {
  int32_t micro = (int32_t)pi_draw_below(&self->draw, 1000001);
  return leans < 0 ? micro / 4 : leans > 0 ? 1000000 - micro / 3 : micro;
}

static pi_value draw_strength(pi_sampling *self, pi_fact fact) {
  int leans = leaning(self, PI_FACTS[fact].side);
  if (self->plan->edges) return (pi_value){.micro = draw_edge(self, leans)};
  int32_t micro = draw_level(self, leans);
  uint32_t form = pi_draw_below(&self->draw, 20);
  if (form == 0) return (pi_value){.micro = micro};                             /* millionths */
  if (form < 4) return (pi_value){.micro = micro / 1000 * 1000};                /* thousandths */
  if (form < 7) return (pi_value){.micro = (micro + 125000) / 250000 * 250000}; /* a word */
  if (form == 7) return (pi_value){.micro = micro < 500000 ? 0 : 1000000};      /* yes or no */
  return (pi_value){.micro = micro / 10000 * 10000};
}

static pi_value draw_countries(pi_sampling *self, pi_fact fact) {
  (void)fact;
  enum { ALL = 26 * 26 };
  uint32_t count = pi_draw_below(&self->draw, 4);
  bool all = self->plan->edges && pi_draw_percent(&self->draw, 10);
  if (all) count = ALL;
  pi_slice *codes = pi_sampling_alloc(self, (count + 1) * sizeof *codes);
  char *letters = pi_sampling_alloc(self, 2 * (size_t)count + 1);
  if (codes == NULL || letters == NULL) return (pi_value){.countries = {NULL, 0}};
  uint32_t first = pi_draw_below(&self->draw, COUNT(COUNTRIES));
  for (uint32_t i = 0; i < count; i++) {
    codes[i] =
        COUNTRIES[(first + 7 * i) % COUNT(COUNTRIES)]; /* 7 and 30 share no divisor: none comes twice */
    if (!all) continue;
    letters[2 * i] = (char)('A' + i / 26);
    letters[2 * i + 1] = (char)('A' + i % 26);
    codes[i] = (pi_slice){letters + 2 * i, 2};
  }
  return (pi_value){.countries = {codes, count}};
}

/* ---- all of them ---- */

typedef pi_value draw_value(pi_sampling *, pi_fact);

static draw_value *const BY_TYPE[] = {
    [PI_TYPE_ID] = draw_id,
    [PI_TYPE_STRING] = draw_string,
    [PI_TYPE_TEXT] = draw_string,
    [PI_TYPE_TIME] = draw_time,
    [PI_TYPE_WORD] = draw_word,
    [PI_TYPE_BOOL] = draw_bool,
    [PI_TYPE_COUNT] = draw_count,
    [PI_TYPE_COUNTRY] = draw_country,
    [PI_TYPE_MARKET] = draw_market,
    [PI_TYPE_STRENGTH] = draw_strength,
    [PI_TYPE_COUNTRIES] = draw_countries,
    [PI_TYPE_TREE] = NULL, /* pi_sample_signals */
};

/* Facts that are more than their type says. `known` is in how many of a hundred cases; 0: as most are. */
typedef struct special {
  draw_value *draw;
  uint8_t known;
} special;

static const special SPECIAL[PI_FACT_COUNT] = {
    [PI_FACT_ID] = {draw_case_id, 100},
    [PI_FACT_TWEET_ID] = {draw_id, 100},
    [PI_FACT_TWEET_LANG] = {draw_language, 100},
    [PI_FACT_ACCOUNT_USERNAME] = {draw_username, 0},
    [PI_FACT_OFFICE_TITLE] = {draw_title, 0},
    [PI_FACT_PUBLIC_CONCERN] = {NULL, 97},
    [PI_FACT_CALL_TO_ACTION] = {NULL, 97},
    [PI_FACT_RIGHTS_INTERFERENCE] = {NULL, 97},
    [PI_FACT_SERVICE_HARM] = {NULL, 97},
    [PI_FACT_HARM_LIKELIHOOD] = {NULL, 97},
    [PI_FACT_HARM_SEVERITY] = {NULL, 97},
    [PI_FACT_WITHHELD_IN] = {NULL, 15},
    [PI_FACT_SIGNALS] = {NULL, 60},
};

enum { KNOWN_USUALLY = 92, KNOWN_AT_EDGES = 75 };

void pi_sample_facts(pi_sampling *self) {
  for (int i = 0; i < PI_FACT_COUNT; i++) {
    pi_fact fact = (pi_fact)i;
    if (fact == PI_FACT_TWEET_TEXT) continue; /* comes with the violations, whose spans lie in it */
    uint32_t known = SPECIAL[fact].known > 0 ? SPECIAL[fact].known : KNOWN_USUALLY;
    if (self->plan->edges && known < 100) known = KNOWN_AT_EDGES;
    if (!pi_draw_percent(&self->draw, known)) continue;
    if (PI_FACTS[fact].type == PI_TYPE_TREE) {
      pi_sample_signals(self, fact);
      continue;
    }
    draw_value *draw = SPECIAL[fact].draw != NULL ? SPECIAL[fact].draw : BY_TYPE[PI_FACTS[fact].type];
    pi_sampling_put(self, fact, draw(self, fact));
  }
}
