/* The parts of an explanation, each a function of one explainer, for pi_explain and for those that show a
 * part alone. */
#ifndef PI_EXPLAIN_PARTS_H
#define PI_EXPLAIN_PARTS_H

#include "evaluation.h"
#include "explain.h"
#include "flip.h"
#include "page.h"
#include "phrases.h"
#include "turn.h"

typedef struct pi_explainer {
  pi_page page;
  pi_wording wording;
  const pubint_evaluation *evaluation; /* borrowed */
  const pi_turns *turns;               /* borrowed; NULL: none */
} pi_explainer;

void pi_explainer_init(pi_explainer *self, pi_buffer *out, const pubint_evaluation *evaluation,
                       const pi_turns *turns, const pi_explain_options *options);

/* Passes a failure on to the buffer. */
void pi_explainer_dispose(pi_explainer *self);

/* Each part ends with a line's end and begins without an empty line. */
void pi_explain_outcome(pi_explainer *self); /* explain.c */
void pi_explain_case(pi_explainer *self);    /* explain.c */
void pi_explain_effects(pi_explainer *self); /* explain.c */
/* What a notice turns off and leaves on, for those that have no evaluation. (explain.c) */
void pi_explain_notice_effects(pi_page *page, pi_wording *wording);
void pi_explain_gates(pi_explainer *self);                        /* explain_gates.c */
void pi_explain_entry(pi_explainer *self, const pi_entry *entry); /* explain_rule.c */
void pi_explain_unknown(pi_explainer *self); /* explain_turn.c; needs turns, writes nothing if all is known */
void pi_explain_turns(pi_explainer *self);   /* explain_turn.c; needs turns */
/* Turns are flips->turns. `typed`: values as one types them again, as many as were asked for; else in the
 * words of the locale, and each word that turns the case alone with every value that does. (explain_flip.c)
 */
void pi_explain_flips(pi_explainer *self, const pi_flips *flips, bool typed);

/* The head of both; false, and why is said, where no change was tried. (explain_turn.c) */
bool pi_explain_turns_tried(pi_explainer *self, const pi_turns *turns);
void pi_explain_paragraph(pi_explainer *self, pi_style style, pi_slice text); /* explain_turn.c */

/* The gates that one changed fact would close, each with its distance; needs turns. (explain_turn.c) */
void pi_explain_gates_closing(pi_explainer *self);

/* Why the outcome is what it is: the sentence behind the head. (explain_why.c) */
pi_slice pi_explain_why(pi_explainer *self);
/* What a gate is called, and why it fails. (explain_gates.c) */
pi_phrase pi_explain_gate_phrase(pi_gate gate);
pi_slice pi_explain_gate_reason(pi_explainer *self, pi_gate gate);

/* --- words for things (explain_value.c) --- */

pi_style pi_explain_outcome_style(pubint_outcome outcome);
pi_slice pi_explain_rule_name(pi_explainer *self, const pi_violation *violation);
/* .ptr NULL where the violation names no kind. */
pi_slice pi_explain_kind_name(pi_explainer *self, const pi_violation *violation);
/* What a notice says: the rules that are broken, where local law keeps the Tweet from view, and why it can be
 * viewed elsewhere. (explain.c) */
pi_slice pi_explain_say_notice(pi_wording *wording, const pi_case *input);
/* Every rule violated, each once. */
pi_slice pi_explain_say_rules(pi_wording *wording, const pi_case *input, bool never_only);
pi_slice pi_explain_rule_names(pi_explainer *self, bool never_only);
pi_slice pi_explain_value(pi_explainer *self, pi_fact fact, pi_value value);
/* Countries by name, as they stand behind "in". */
pi_slice pi_explain_say_countries(pi_wording *wording, pi_countries countries);
/* The path of a fact that is asked for; where it is known and yet settles nothing (a blue badge, A09), as the
 * phrase `known` says its {fact} and its {value}. */
pi_slice pi_explain_awaited(pi_explainer *self, pi_fact fact, pi_phrase known);
/* The paths of a set of facts that are asked for. */
pi_slice pi_explain_paths(pi_explainer *self, pi_fact_set facts);

/* That a search ended before its end, and the facts that it left, alone and beside others; 0: none. */
void pi_explain_search_cut(pi_explainer *self, uint32_t evaluations, pi_fact_set alone, pi_fact_set beside);
/* The case's market; "" where it is not known. */
pi_slice pi_explain_market(const pi_explainer *self);
/* The name of a condition or factor, marked where it is not the rule script's own. */
pi_slice pi_explain_item_name(pi_explainer *self, const char *prefix, pi_slice id, pi_from from);

#endif
