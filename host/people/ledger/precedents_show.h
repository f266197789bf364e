/* A case beside its nearest precedents: of each what is alike, what differs and what was decided, and a
 * warning where a recommendation goes against a close one. */
#ifndef PI_PRECEDENTS_SHOW_H
#define PI_PRECEDENTS_SHOW_H

#include "page.h"
#include "phrases.h"
#include "precedents.h"
#include "record.h"

/* One precedent with its record; all of it lies in the arena. */
typedef struct pi_precedent_shown {
  const pi_precedent *found;
  pi_record record;
  const pi_round *round; /* that of the decision in force */
  const pi_step *decision;
  const pi_profile *profile;
  const pi_difference *differences; /* factors furthest apart first, then what counts 1 */
  size_t differences_count;
  uint32_t factors_alike; /* of rules that both break, the factors of the same strength */
  bool close;
  bool contradicts; /* close, and decided otherwise than is recommended now */
} pi_precedent_shown;

typedef struct pi_precedents_shown {
  pi_slice id;                /* of the case at hand */
  const pi_profile *profile;  /* of the same */
  pi_position recommendation; /* PI_POSITION_NONE: there is none yet */
  bool by_people;             /* it is Trust & Safety's, else the evaluation's */
  pi_slice policy;            /* under which it was evaluated */
  uint64_t looked_at;
  size_t count;
  const pi_precedent_shown *items;
} pi_precedents_shown;

/* Fills in `looked_at`, `count` and `items`; the rest is the caller's, and `found` must outlive it. */
pubint_status pi_precedents_gather(pi_precedents_shown *self, pi_ledger *ledger, const pi_precedents *found,
                                   pi_arena *arena, pubint_error *error);

/* Names of rules, kinds and factors are the wording's; the JSON is one line. */
void pi_precedents_page(pi_page *page, pi_wording *wording, const pi_precedents_shown *self);
void pi_precedents_json(pi_buffer *out, const pi_precedents_shown *self);

#endif
