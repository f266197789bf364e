#include "sample_write.h"

#include <string.h>

#include "case_write.h"
#include "json_write.h"
#include "utf8.h"

/* How one case is spelt. */
typedef struct speller {
  pi_buffer *out;
  pi_draw *draw;
  const pi_case *input;
  bool ascii;                         /* every other character as an escape, as many programs write it */
  bool spaced;                        /* blanks behind : and , */
  bool nulls;                         /* some that are unknown as null */
  bool violations_first;              /* spans then stand before their text */
  pi_fact_set own[PI_GROUP_COUNT];    /* the facts of each group */
  pi_fact_set within[PI_GROUP_COUNT]; /* and of the groups in it */
} speller;

/* ---- values ---- */

static void put_escape(pi_buffer *out, uint32_t unit) {
  static const char HEX[] = "0123456789abcdef";
  char text[] = {'\\', 'u', HEX[unit >> 12], HEX[unit >> 8 & 15], HEX[unit >> 4 & 15], HEX[unit & 15]};
  pi_buffer_append(out, text, sizeof text);
}

static void put_ascii(pi_buffer *out, pi_slice text) {
  pi_buffer_byte(out, '"');
  for (size_t at = 0, bytes; at < text.len; at += bytes) {
    uint32_t code = pi_utf8_decode(text.ptr + at, &bytes);
    if (code == '"' || code == '\\' || code == '/') pi_buffer_byte(out, '\\');
    if (code >= 0x20 && code < 0x7f) {
      pi_buffer_byte(out, (char)code);
    } else if (code < 0x10000) {
      put_escape(out, code);
    } else {
      put_escape(out, 0xd800 + ((code - 0x10000) >> 10));
      put_escape(out, 0xdc00 + ((code - 0x10000) & 0x3ff));
    }
  }
  pi_buffer_byte(out, '"');
}

static void put_string(const speller *self, pi_slice text) {
  if (self->ascii) {
    put_ascii(self->out, text);
  } else {
    pi_json_write_string(self->out, text);
  }
}

/* A number; or a word, true or false where one means the same. */
static void put_strength(const speller *self, int32_t micro) {
  if (micro % 250000 == 0) {
    uint32_t form = pi_draw_below(self->draw, 3);
    for (int i = 0; form == 0 && i < PI_STRENGTH_WORDS_COUNT; i++) {
      if (PI_STRENGTH_WORDS[i].micro != micro) continue;
      put_string(self, PI_STRENGTH_WORDS[i].word);
      return;
    }
    if (form == 1 && (micro == 0 || micro == 1000000)) {
      pi_buffer_text(self->out, micro == 0 ? "false" : "true");
      return;
    }
  }
  pi_json_write_decimal(self->out, micro, 6);
}

static void put_value(const speller *self, pi_fact fact) {
  pi_value value = pi_case_value(self->input, fact);
  switch (PI_FACTS[fact].type) {
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: put_string(self, value.string); return;
  case PI_TYPE_STRENGTH: put_strength(self, value.micro); return;
  case PI_TYPE_WORD:
  case PI_TYPE_BOOL:
  case PI_TYPE_COUNT:
  case PI_TYPE_TREE:
  case PI_TYPE_COUNTRIES: break;
  }
  pi_value_write(self->out, fact, value);
}

/* ---- violations ---- */

static void put_words(const speller *self, const char *key, uint16_t set, pi_words words) {
  char separator = '[';
  pi_buffer_text(self->out, key);
  for (uint8_t i = 0; i < words.count; i++) {
    if ((set >> i & 1) == 0) continue;
    pi_buffer_byte(self->out, separator);
    put_string(self, words.words[i]);
    separator = ',';
  }
  pi_buffer_byte(self->out, ']');
}

static void put_span(const speller *self, const pi_span *span) {
  pi_buffer *out = self->out;
  pi_buffer_text(out, "{\"start\":");
  pi_json_write_decimal(out, span->start, 0);
  pi_buffer_text(out, ",\"end\":");
  pi_json_write_decimal(out, span->end, 0);
  if (span->kind >= 0) {
    pi_buffer_text(out, ",\"kind\":");
    put_string(self, PI_SPAN_KINDS.words[span->kind]);
  }
  pi_buffer_byte(out, '}');
}

static void put_violations(const speller *self) {
  pi_buffer *out = self->out;
  pi_buffer_byte(out, '[');
  for (uint32_t i = 0; i < self->input->violations_count; i++) {
    const pi_violation *violation = &self->input->violations[i];
    pi_buffer_text(out, i > 0 ? ",{\"rule\":" : "{\"rule\":");
    put_string(self, violation->rule_id);
    if (violation->kind.ptr != NULL) {
      pi_buffer_text(out, ",\"kind\":");
      put_string(self, violation->kind);
    }
    if (violation->grounds != 0) put_words(self, ",\"grounds\":", violation->grounds, PI_GROUNDS);
    if (violation->spans_known) pi_buffer_text(out, ",\"spans\":[");
    for (uint8_t s = 0; s < violation->spans_count; s++) {
      if (s > 0) pi_buffer_byte(out, ',');
      put_span(self, &violation->spans[s]);
    }
    pi_buffer_text(out, violation->spans_known ? "]}" : "}");
  }
  pi_buffer_byte(out, ']');
}

/* ---- objects ---- */

/* Begins a member; `count` members came before. */
static void put_key(const speller *self, pi_slice key, uint32_t *count) {
  pi_buffer *out = self->out;
  pi_buffer_text(out, (*count)++ == 0 ? "\"" : self->spaced ? ", \"" : ",\"");
  pi_buffer_slice(out, key);
  pi_buffer_text(out, self->spaced ? "\": " : "\":");
}

/* Groups stand behind the one that holds them. */
static void sort_facts(speller *self) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) self->own[PI_FACTS[fact].group] |= PI_FACT_BIT(fact);
  for (int group = PI_GROUP_COUNT - 1; group >= 0; group--) {
    self->within[group] |= self->own[group];
    if (group != PI_GROUP_ROOT) self->within[PI_GROUPS[group].parent] |= self->within[group];
  }
}

static void put_facts(const speller *self, pi_group group, uint32_t *count) {
  pi_fact_set left = self->own[group];
  if (!self->nulls) left &= self->input->known;
  for (int i = 0; left != 0; i++, left >>= 1) {
    pi_fact fact = (pi_fact)i;
    bool known = pi_case_knows(self->input, fact);
    if ((left & 1) == 0 || (!known && !pi_draw_percent(self->draw, 25))) continue;
    put_key(self, PI_FACTS[fact].key, count);
    if (known) {
      put_value(self, fact);
    } else {
      pi_buffer_text(self->out, "null");
    }
  }
}

static void put_group(const speller *self, pi_group group) {
  uint32_t count = 0;
  pi_buffer_byte(self->out, '{');
  if (group == PI_GROUP_ROOT && pi_draw_percent(self->draw, 10)) {
    put_key(self, PI_SLICE("v"), &count);
    pi_buffer_byte(self->out, '1');
  }
  put_facts(self, group, &count);
  for (int i = 0; i < PI_GROUP_COUNT; i++) {
    pi_group inner = (pi_group)i;
    bool first = self->violations_first ? inner == PI_GROUP_TWEET : inner == PI_GROUP_CONTEXT;
    if (group == PI_GROUP_ROOT && first) {
      put_key(self, PI_SLICE("violations"), &count);
      put_violations(self);
    }
    if (inner == PI_GROUP_ROOT || PI_GROUPS[inner].parent != group) continue;
    if ((self->within[inner] & self->input->known) == 0) continue;
    put_key(self, PI_GROUPS[inner].key, &count);
    put_group(self, inner);
  }
  pi_buffer_byte(self->out, '}');
}

void pi_sample_spell(pi_buffer *out, const pi_case *input, pi_draw *draw) {
  speller self = {.out = out, .draw = draw, .input = input};
  uint32_t form = pi_draw_below(draw, 64);
  self.ascii = form % 8 == 0;
  self.spaced = form / 8 == 0;
  self.nulls = form % 5 == 0;
  self.violations_first = form % 16 == 3;
  sort_facts(&self);
  put_group(&self, PI_GROUP_ROOT);
}
