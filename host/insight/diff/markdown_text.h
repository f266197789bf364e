/* Text of others within GitHub's Markdown: seen as it is, and dead. */
#ifndef PI_MARKDOWN_TEXT_H
#define PI_MARKDOWN_TEXT_H

#include "buffer.h"

/* Appends text on one line, which may be a cell of a table. Words are written as they are; whatever else
 * stands between spaces becomes a span of code. That is the one place where GitHub looks for nothing: neither
 * markup, nor for what it links by itself, as addresses, @names, #1, GH-1, hashes of commits and a
 * repository's own prefixes, nor :emoji: or $formulas$. Escapes are no help there, since it looks for names
 * once escapes are resolved. */
void pi_markdown_text(pi_buffer *out, pi_slice text);

#endif
