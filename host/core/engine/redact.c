#include "redact.h"

#include "utf8.h"

#define BLOT "\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88\xe2\x96\x88" /* five times U+2588 */

enum {
  SPANS_TOTAL_MAX = PI_VIOLATIONS_MAX * PI_SPANS_MAX,
  BLOT_BYTES = sizeof BLOT - 1,
  REPEAT_POINTS_MIN = 4, /* a shorter text says too little by itself, and stands in too many words */
};

/* One text being blotted out. */
typedef struct blotting {
  pi_slice source; /* of the spans: the Tweet's text */
  pi_slice text;   /* that which is blotted: the same, or what people wrote */
  char *out;
  size_t length;
  size_t needles_count;
  pi_slice needles[SPANS_TOTAL_MAX]; /* what is looked for again: the spans' own texts, long enough */
  uint32_t *longest;                 /* by byte of a gap: how long the longest needle is that begins there */
  uint32_t *borders;                 /* room for the search of the longest needle */
} blotting;

/* All spans in order of their starts, overlapping ones joined; returns how many. */
static size_t collect(const pi_case *input, pi_span out[SPANS_TOTAL_MAX]) {
  size_t count = 0;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    for (uint32_t j = 0; j < input->violations[i].spans_count; j++) {
      pi_span span = input->violations[i].spans[j];
      size_t index = count++;
      for (; index > 0 && out[index - 1].start > span.start; index--) out[index] = out[index - 1];
      out[index] = span;
    }
  }
  size_t joined = 0;
  for (size_t i = 0; i < count; i++) {
    if (joined > 0 && out[i].start < out[joined - 1].end) {
      if (out[i].end > out[joined - 1].end) out[joined - 1].end = out[i].end;
    } else {
      out[joined++] = out[i];
    }
  }
  return joined;
}

/* The bytes of a span, found onwards from the byte *offset at which code point *point begins; both are moved
 * to the span's end. */
static pi_slice cut(pi_slice text, pi_span span, size_t *offset, uint32_t *point) {
  pi_slice rest = {text.ptr + *offset, text.len - *offset};
  *offset += pi_utf8_offset(rest, span.start - *point);
  pi_slice own = {text.ptr + *offset, text.len - *offset};
  own.len = pi_utf8_offset(own, span.end - span.start);
  *offset += own.len;
  *point = span.end;
  return own;
}

/* Returns the bytes of the longest. Spans of one violation are in order and apart. */
static size_t collect_needles(blotting *self, const pi_case *input) {
  size_t longest = 0;
  for (uint32_t i = 0; i < input->violations_count; i++) {
    const pi_violation *violation = &input->violations[i];
    size_t offset = 0;
    uint32_t point = 0;
    for (uint32_t j = 0; j < violation->spans_count; j++) {
      pi_span span = violation->spans[j];
      pi_slice own = cut(self->source, span, &offset, &point);
      if (span.end - span.start < REPEAT_POINTS_MIN) continue;
      self->needles[self->needles_count++] = own;
      if (own.len > longest) longest = own.len;
    }
  }
  return longest;
}

/* Notes where in `gap` the needle stands: the search of Knuth, Morris and Pratt, whose time grows with the
 * gap alone, whatever was written to slow it down. A needle of UTF-8 only matches where a code point begins.
 */
static void find(blotting *self, pi_slice gap, pi_slice needle) {
  if (needle.len > gap.len) return;
  uint32_t *borders = self->borders; /* by length of a beginning: its longest own border */
  borders[0] = borders[1] = 0;
  for (uint32_t i = 1, border = 0; i < needle.len; i++) {
    while (border > 0 && needle.ptr[i] != needle.ptr[border]) border = borders[border];
    if (needle.ptr[i] == needle.ptr[border]) border++;
    borders[i + 1] = border;
  }
  for (uint32_t i = 0, matched = 0; i < gap.len; i++) {
    while (matched > 0 && gap.ptr[i] != needle.ptr[matched]) matched = borders[matched];
    if (gap.ptr[i] == needle.ptr[matched]) matched++;
    if (matched < needle.len) continue;
    uint32_t *at = &self->longest[i + 1 - matched];
    if (needle.len > *at) *at = (uint32_t)needle.len;
    matched = borders[matched];
  }
}

static void put(blotting *self, const char *bytes, size_t count) {
  memcpy(self->out + self->length, bytes, count);
  self->length += count;
}

static void find_all(blotting *self, pi_slice gap) {
  for (size_t i = 0; i < self->needles_count; i++) find(self, gap, self->needles[i]);
}

/* Copies a gap, what was found in it blotted from left to right, the longest at a place first (design section
 * 12). */
static void put_found(blotting *self, pi_slice gap) {
  for (size_t i = 0; i < gap.len;) {
    uint32_t repeat = self->longest[i];
    if (repeat > 0) {
      put(self, BLOT, BLOT_BYTES);
    } else {
      put(self, gap.ptr + i, 1);
    }
    i += repeat > 0 ? repeat : 1;
  }
}

/* Copies what stands between two blots, its repeats blotted. */
static void put_gap(blotting *self, pi_slice gap) {
  if (self->needles_count == 0) {
    put(self, gap.ptr, gap.len);
    return;
  }
  memset(self->longest, 0, gap.len * sizeof *self->longest);
  find_all(self, gap);
  put_found(self, gap);
}

/* Room for the text with `count` blots and, for every four bytes of it, one more. */
static bool make_room(blotting *self, pi_arena *arena, size_t count, size_t longest) {
  size_t bytes = self->text.len;
  size_t repeats = longest > 0 ? bytes / REPEAT_POINTS_MIN : 0;
  self->out = pi_arena_alloc(arena, bytes + (count + repeats) * BLOT_BYTES + 1);
  if (longest == 0) return self->out != NULL;
  self->longest = pi_arena_alloc(arena, (bytes + 1) * sizeof *self->longest);
  self->borders = pi_arena_alloc(arena, (longest + 1) * sizeof *self->borders);
  return self->out != NULL && self->longest != NULL && self->borders != NULL;
}

static void begin(blotting *self, pi_slice text) {
  self->source = self->text = text;
  self->length = self->needles_count = 0;
}

static pi_slice finish(blotting *self) {
  self->out[self->length] = '\0';
  return (pi_slice){self->out, self->length};
}

/* Takes the needles of a case in place of those of the one before. */
static size_t change_needles(blotting *self, const pi_case *input) {
  self->needles_count = 0;
  if (!input->has_spans) return 0;
  self->source = pi_case_text(input, PI_FACT_TWEET_TEXT);
  return collect_needles(self, input);
}

bool pi_redact_other(const pi_case *const *cases, size_t count, pi_slice text, pi_arena *arena,
                     pi_slice *out) {
  size_t longest = 0;
  blotting self;
  begin(&self, text);
  for (size_t i = 0; i < count; i++) {
    size_t own = change_needles(&self, cases[i]);
    if (own > longest) longest = own;
  }
  *out = text;
  if (longest == 0 || text.ptr == NULL) return true;
  if (!make_room(&self, arena, 0, longest)) return false;
  memset(self.longest, 0, text.len * sizeof *self.longest);
  for (size_t i = 0; i < count; i++) {
    change_needles(&self, cases[i]);
    find_all(&self, text);
  }
  put_found(&self, text);
  *out = finish(&self);
  return true;
}

bool pi_redact(const pi_case *input, pi_arena *arena, pi_slice *out) {
  *out = (pi_slice){NULL, 0};
  if (!pi_case_knows(input, PI_FACT_TWEET_TEXT)) return true;
  pi_slice text = pi_case_text(input, PI_FACT_TWEET_TEXT);
  if (!input->has_spans) {
    *out = text;
    return true;
  }
  blotting self;
  begin(&self, text);
  pi_span spans[SPANS_TOTAL_MAX];
  size_t count = collect(input, spans);
  size_t longest = collect_needles(&self, input);
  if (!make_room(&self, arena, count, longest)) return false;
  size_t offset = 0;
  uint32_t point = 0;
  for (size_t i = 0; i < count; i++) {
    const char *gap = text.ptr + offset;
    pi_slice blotted = cut(text, spans[i], &offset, &point);
    put_gap(&self, (pi_slice){gap, (size_t)(blotted.ptr - gap)});
    put(&self, BLOT, BLOT_BYTES);
  }
  put_gap(&self, (pi_slice){text.ptr + offset, text.len - offset});
  *out = finish(&self);
  return true;
}
