/* A case as JSON, spelt in many ways. */
#ifndef PI_SAMPLE_WRITE_H
#define PI_SAMPLE_WRITE_H

#include "buffer.h"
#include "case.h"
#include "draw.h"

/* Appends the case, each fact spelt in one of the ways that mean it. */
void pi_sample_spell(pi_buffer *out, const pi_case *input, pi_draw *draw);

#endif
