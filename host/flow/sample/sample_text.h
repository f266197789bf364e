/* Texts in several languages, with private data in them that nobody has. */
#ifndef PI_SAMPLE_TEXT_H
#define PI_SAMPLE_TEXT_H

#include "sampling.h"

enum { PI_SAMPLE_PRIVATE_MAX = 3 };

/* Chooses the language; returns its code as Twitter gives it. */
pi_slice pi_sample_language(pi_sampling *self);

/* Draws a text with `wanted` pieces of private data in it and says where they are; how many there are. */
uint32_t pi_sample_text(pi_sampling *self, uint32_t wanted, pi_span spans[PI_SAMPLE_PRIVATE_MAX]);

#endif
