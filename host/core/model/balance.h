/* What scripts put on the balance for one violation: factors, conditions and notes, in exact integers. */
#ifndef PI_BALANCE_H
#define PI_BALANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "facts.h"
#include "quoted_limits.h"
#include "slice.h"

#define PI_FACTORS_MAX    64
#define PI_CONDITIONS_MAX 16 /* of scripts; the host's own come on top */
#define PI_NOTES_MAX      16
#define PI_NOTE_BYTES_MAX 512
enum {
  PI_WEIGHT_MIN = 1,                           /* thousandths */
  PI_WEIGHT_MAX = PI_WEIGHT_POINTS_MAX * 1000, /* thousandths */
};

#define PI_WEIGHT_FORM "0.001 to " PI_SPELL(PI_WEIGHT_POINTS_MAX)

/* The host's own conditions, in their order within an entry; their ids are no script's. */
typedef enum pi_host_condition {
  PI_HOST_PUBLIC_CONCERN, /* R003: the Tweet contributes to a matter of public concern */
  PI_HOST_DATA_OMITTED,   /* R095: private data is left out of what people see */
  PI_HOST_CONDITIONS_COUNT,
} pi_host_condition;
extern const pi_slice PI_HOST_CONDITIONS[PI_HOST_CONDITIONS_COUNT];

typedef enum pi_from { PI_FROM_HOST, PI_FROM_RULE, PI_FROM_MARKET } pi_from;

/* Sets of origins. */
#define PI_FROM_BIT(from)  (1U << (from))
#define PI_FROM_BUT_MARKET (PI_FROM_BIT(PI_FROM_HOST) | PI_FROM_BIT(PI_FROM_RULE))

typedef struct pi_factor {
  pi_slice id;
  pi_side side; /* INTEREST or HARM */
  pi_from from;
  int32_t strength; /* millionths, 0..1000000 */
  int32_t weight;   /* thousandths, 1..10000 */
  int64_t points;   /* billionths: strength × weight */
} pi_factor;

typedef struct pi_condition {
  pi_slice id;
  pi_slice why; /* .ptr NULL: absent */
  pi_from from;
  bool met;
} pi_condition;

/* Texts lie in the evaluation's arena. */
typedef struct pi_balance {
  uint32_t factors_count;
  uint32_t conditions_count; /* of scripts and host */
  uint32_t host_conditions_count;
  uint32_t notes_count;
  pi_factor factors[PI_FACTORS_MAX];
  pi_condition conditions[PI_CONDITIONS_MAX + PI_HOST_CONDITIONS_COUNT];
  pi_slice notes[PI_NOTES_MAX];
} pi_balance;

/* Why a contribution is refused; each is an error of the script. */
typedef enum pi_balance_status {
  PI_BALANCE_OK,
  PI_BALANCE_BAD_ID,
  PI_BALANCE_REPEATED_ID,
  PI_BALANCE_HOST_ID,
  PI_BALANCE_TOO_MANY,
  PI_BALANCE_BAD_STRENGTH,
  PI_BALANCE_BAD_WEIGHT,
  PI_BALANCE_BAD_TEXT,
} pi_balance_status;

void pi_balance_init(pi_balance *balance);

/* The strength in millionths, floor(s·1e6+0.5) in double arithmetic; false unless finite and 0..1. */
bool pi_balance_strength(double strength, int32_t *micro);

/* A multiple of 0.001 within low..high (thousandths, not negative), as the double nearest to it; false
 * otherwise. */
bool pi_balance_milli(double value, int32_t low, int32_t high, int32_t *milli);

/* Put one thing on the balance. Slices are kept as they are: the caller has put them where they last. */
pi_balance_status pi_balance_factor(pi_balance *balance, pi_from from, pi_side side, pi_slice id,
                                    double strength, double weight);
pi_balance_status pi_balance_condition(pi_balance *balance, pi_from from, pi_slice id, bool met,
                                       pi_slice why);
pi_balance_status pi_balance_note(pi_balance *balance, pi_slice text);

/* Whether `text` may be a why or a note: ≤ 512 bytes of UTF-8 without control bytes (those below 0x20, and
 * 0x7f). */
bool pi_balance_text_valid(pi_slice text);

/* Takes back all that `from` has put on it since `mark` was copied from it. */
typedef struct pi_balance_mark {
  uint32_t factors_count, conditions_count, notes_count;
} pi_balance_mark;
pi_balance_mark pi_balance_marked(const pi_balance *balance);
void pi_balance_rewind(pi_balance *balance, pi_balance_mark mark);

/* Sums of one origin's factors, in billionths. */
typedef struct pi_sums {
  int64_t interest;
  int64_t harm;
} pi_sums;
pi_sums pi_balance_sums(const pi_balance *balance, pi_from from);

/* The first unmet condition of those origins; NULL where all of them are met. */
const pi_condition *pi_balance_unmet(const pi_balance *balance, unsigned froms);

/* What has the id and the origin of another; NULL where nothing has. A factor is looked for at `index` first,
 * where it stands if nothing was added or left out. */
const pi_factor *pi_balance_find_factor(const pi_balance *balance, const pi_factor *like, uint32_t index);
const pi_condition *pi_balance_find_condition(const pi_balance *balance, const pi_condition *like);

/* What a factor adds to a margin: harm takes away, and none (NULL) does nothing. */
int64_t pi_balance_effect(const pi_factor *factor);

#endif
