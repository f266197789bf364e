/* The product of all gate facts, point by point, and the cases and expectations that belong to a point. */
#ifndef PRODUCT_H
#define PRODUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "truth_table.h"

/* How many points there are: the product of the facts' counts of values. */
uint32_t product_count(void);

gate_point product_point(uint32_t index);
uint32_t product_index(const gate_point *point);

/* What a case of the certificate says beside the gate facts. */
typedef struct product_case {
  uint32_t index;         /* the point; also the case's id, "p-INDEX" */
  const char *violations; /* a JSON array's inside */
  unsigned violations_count;
  truth_facts facts; /* what that amounts to, and what the context says */
} product_case;

/* The case at a point that nothing but a gate can keep from a notice: the ordinary rule, of public concern,
 * with all harm assessed. */
product_case product_ordinary(uint32_t index);

enum { PRODUCT_CASE_BYTES_MAX = 4096 };

/* Writes the case as JSON, ending in NUL; returns its length, or 0 where it does not fit. Of two points
 * one leaves its unknown facts out and the other writes null: both are unknown. */
size_t product_case_json(const product_case *self, char *out, size_t size);

/* Compares an evaluation (one line of JSON) with the truth table: outcome, basis, final, every gate with
 * its fact, limit and distance, `missing`, whether there are rules and effects, the host's conditions and
 * what is unassessed, and that marked private data is nowhere in it. NULL when all is as it should be; else
 * what was expected, as far as it was compared written into `message`. */
const char *product_disagreement(const product_case *self, const char *evaluation, char *message,
                                 size_t size);

/* Chooses `wanted` points for the slower ways to evaluate, marking them in chosen[0..product_count()): as
 * many as half of them are notices and the points that differ from one in a single fact, the others lie
 * evenly over the rest. Returns how many were marked: `wanted`, or all points if there are fewer. */
uint32_t product_choose(uint32_t wanted, uint8_t *chosen);

#endif
