/* JSON Schemas (2020-12) of a case, of an evaluation and of a refused line, generated from the tables that
 * the reader, the gates and the rules are made of. A schema is looser than the reader where the dialect
 * cannot say it: bytes, dates that exist, repeated keys, spans against the text. */
#ifndef PI_SCHEMA_H
#define PI_SCHEMA_H

#include "buffer.h"

void pi_schema_case(pi_buffer *out);
void pi_schema_evaluation(pi_buffer *out);
void pi_schema_refusal(pi_buffer *out);

/* Tells `visit` of each path within an evaluation or a refusal, without its leading slash and with 0 for each
 * index of a list: `rules/0/margin`. The text lives as long as the call. */
void pi_schema_each_path(void (*visit)(void *context, const char *path), void *context);

#endif
