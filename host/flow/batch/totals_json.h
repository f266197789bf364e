/* Totals as JSON, in manifests and on demand. */
#ifndef PI_TOTALS_JSON_H
#define PI_TOTALS_JSON_H

#include "json_read.h"
#include "outline.h"
#include "totals.h"

/* The members of the object alone, into one that is open. */
void pi_totals_members(pi_outline *out, const pi_totals *totals);

/* {"lines":…,"evaluated":…,"refused":{"E1203":…},"counts":[{"outcome":…,"basis":…,"cases":…,"rules":{…}}]} */
void pi_totals_write(pi_outline *out, const char *key, const pi_totals *totals);

/* The same back; false where `object` is not that. */
bool pi_totals_read(const pi_tree *tree, uint32_t object, pi_totals *out);

/* A member of an object: itself an object, or a count; false where it is not there or another thing. */
bool pi_totals_tree_object(const pi_tree *tree, uint32_t object, const char *key, uint32_t *out);
bool pi_totals_tree_count(const pi_tree *tree, uint32_t object, const char *key, uint64_t *out);

#endif
