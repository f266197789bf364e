#include "facts_page.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "evaluation_words.h"
#include "facts.h"
#include "json_write.h"
#include "nearest.h"
#include "outline.h"
#include "rules.h"

enum {
  COLUMN_PATH = 2,
  COLUMN_SIDE = 36,
  COLUMN_TYPE = 46,
  COLUMN_DOC = 57,
  COLUMN_RULE_KINDS = 30,
  COLUMN_TAKES = 13
};

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool contains(pi_slice text, const char *word) {
  size_t length = strlen(word);
  for (size_t i = 0; i + length <= text.len; i++) {
    size_t same = 0;
    while (same < length && lower(text.ptr[i + same]) == lower(word[same])) same++;
    if (same == length) return true;
  }
  return false;
}

static bool words_contain(pi_words words, const char *word) {
  for (uint8_t i = 0; i < words.count; i++) {
    if (contains(words.words[i], word)) return true;
  }
  return false;
}

static pi_slice side_name(pi_side side) {
  return PI_WORDS_SIDE.words[side];
}

static const char *const TYPE_NAMES[] = {
    [PI_TYPE_ID] = "id",
    [PI_TYPE_STRING] = "string",
    [PI_TYPE_TEXT] = "text",
    [PI_TYPE_TIME] = "time",
    [PI_TYPE_WORD] = "word",
    [PI_TYPE_BOOL] = "bool",
    [PI_TYPE_COUNT] = "count",
    [PI_TYPE_COUNTRY] = "country",
    [PI_TYPE_MARKET] = "market",
    [PI_TYPE_STRENGTH] = "strength",
    [PI_TYPE_COUNTRIES] = "countries",
    [PI_TYPE_TREE] = "signals",
};
enum { TYPES_COUNT = sizeof TYPE_NAMES / sizeof TYPE_NAMES[0] };

static bool fact_matches(const pi_fact_row *row, const char *word) {
  return word == NULL || contains(row->path, word) || contains(pi_slice_of(row->doc), word) ||
         contains(side_name(row->side), word) || contains(pi_slice_of(TYPE_NAMES[row->type]), word) ||
         words_contain(row->words, word);
}

static bool rule_matches(const pi_rule_row *row, const char *word) {
  return word == NULL || contains(row->id, word) || words_contain(row->kinds, word) ||
         (row->grounds && words_contain(PI_GROUNDS, word)) ||
         (row->spans && words_contain(PI_SPAN_KINDS, word));
}

/* --- as JSON --- */

static void write_fact(pi_outline *o, const pi_fact_row *row) {
  pi_outline_open(o, NULL, '{');
  pi_outline_string(o, "path", row->path);
  pi_outline_text(o, "type", TYPE_NAMES[row->type]);
  if (row->type == PI_TYPE_WORD) pi_outline_strings(o, "words", row->words.words, row->words.count, false);
  pi_outline_string(o, "side", side_name(row->side));
  pi_outline_text(o, "doc", row->doc);
  pi_outline_close(o, '}');
}

static void write_rule(pi_outline *o, const pi_rule_row *row) {
  pi_outline_open(o, NULL, '{');
  pi_outline_string(o, "rule", row->id);
  pi_outline_bool(o, "never_excepted", row->never);
  pi_outline_strings(o, "kinds", row->kinds.words, row->kinds.count, false);
  if (row->grounds) pi_outline_strings(o, "grounds", PI_GROUNDS.words, PI_GROUNDS.count, false);
  if (row->spans) pi_outline_strings(o, "span_kinds", PI_SPAN_KINDS.words, PI_SPAN_KINDS.count, false);
  pi_outline_close(o, '}');
}

void pi_facts_page_json(pi_buffer *out, const char *word) {
  pi_outline outline = pi_outline_begin(out);
  pi_outline *o = &outline;
  pi_outline_open(o, "facts", '[');
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (fact_matches(&PI_FACTS[fact], word)) write_fact(o, &PI_FACTS[fact]);
  }
  pi_outline_close(o, ']');
  pi_outline_open(o, "rules", '[');
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    if (rule_matches(&PI_RULES[rule], word)) write_rule(o, &PI_RULES[rule]);
  }
  pi_outline_close(o, ']');
  pi_outline_end(o);
}

/* --- as text --- */

static void put_words(pi_buffer *out, const char *label, pi_words words) {
  pi_buffer_text(out, label);
  for (uint8_t i = 0; i < words.count; i++) {
    if (i > 0) pi_buffer_text(out, ", ");
    pi_buffer_slice(out, words.words[i]);
  }
}

static void print_fact(pi_page *page, pi_buffer *scratch, const pi_fact_row *row) {
  pi_style style = row->side == PI_SIDE_HARM       ? PI_STYLE_BAD
                   : row->side == PI_SIDE_INTEREST ? PI_STYLE_GOOD
                                                   : PI_STYLE_FAINT;
  pi_page_to(page, COLUMN_PATH);
  pi_page_text(page, PI_STYLE_PLAIN, row->path);
  pi_page_to(page, COLUMN_SIDE);
  pi_page_text(page, style, side_name(row->side));
  pi_page_to(page, COLUMN_TYPE);
  pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(TYPE_NAMES[row->type]));
  pi_page_to(page, COLUMN_DOC);
  pi_page_wrap(page, COLUMN_DOC, PI_STYLE_PLAIN, pi_slice_of(row->doc));
  if (row->type != PI_TYPE_WORD) return;
  pi_buffer_reset(scratch);
  put_words(scratch, "", row->words);
  pi_page_to(page, COLUMN_DOC);
  pi_page_wrap(page, COLUMN_DOC, PI_STYLE_FAINT, (pi_slice){scratch->data, scratch->len});
}

static void print_rule(pi_page *page, pi_buffer *scratch, const pi_rule_row *row) {
  pi_page_to(page, COLUMN_PATH);
  pi_page_text(page, PI_STYLE_PLAIN, row->id);
  pi_page_to(page, COLUMN_RULE_KINDS);
  if (row->never) {
    pi_page_wrap(page, COLUMN_RULE_KINDS, PI_STYLE_BAD, PI_SLICE("never excepted; no kinds, no script"));
    return;
  }
  pi_buffer_reset(scratch);
  put_words(scratch, "kinds: ", row->kinds);
  pi_page_wrap(page, COLUMN_RULE_KINDS, PI_STYLE_PLAIN, (pi_slice){scratch->data, scratch->len});
  pi_buffer_reset(scratch);
  if (row->grounds) put_words(scratch, "grounds: ", PI_GROUNDS);
  if (row->spans)
    put_words(scratch, "spans ([]: none in the text): start, end and a kind of ", PI_SPAN_KINDS);
  if (scratch->len == 0) return;
  pi_page_to(page, COLUMN_RULE_KINDS);
  pi_page_wrap(page, COLUMN_RULE_KINDS, PI_STYLE_FAINT, (pi_slice){scratch->data, scratch->len});
}

/* "none 0, low 0.25, …" */
static void put_strength_words(pi_buffer *out) {
  for (int i = 0; i < PI_STRENGTH_WORDS_COUNT; i++) {
    if (i > 0) pi_buffer_text(out, ", ");
    pi_buffer_slice(out, PI_STRENGTH_WORDS[i].word);
    pi_buffer_byte(out, ' ');
    pi_json_write_decimal(out, PI_STRENGTH_WORDS[i].micro, 6);
  }
}

/* What each type takes that a listed fact has. */
static void print_types(pi_page *page, pi_buffer *scratch, const char *word) {
  bool listed[TYPES_COUNT] = {false};
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (fact_matches(&PI_FACTS[fact], word)) listed[PI_FACTS[fact].type] = true;
  }
  pi_page_end(page);
  pi_page_text(page, PI_STYLE_HEAD, PI_SLICE("What a type takes"));
  pi_page_end(page);
  for (int type = 0; type < TYPES_COUNT; type++) {
    if (!listed[type]) continue;
    pi_buffer_reset(scratch);
    pi_buffer_text(scratch, pi_fact_type_name((pi_fact_type)type));
    if (type == PI_TYPE_STRENGTH) {
      pi_buffer_text(scratch, " (");
      put_strength_words(scratch);
      pi_buffer_text(scratch, ")");
    }
    pi_page_to(page, COLUMN_PATH);
    pi_page_text(page, PI_STYLE_FAINT, pi_slice_of(TYPE_NAMES[type]));
    pi_page_to(page, COLUMN_TAKES);
    pi_page_wrap(page, COLUMN_TAKES, PI_STYLE_PLAIN, (pi_slice){scratch->data, scratch->len});
  }
  pi_page_to(page, COLUMN_PATH);
  pi_page_wrap(page, COLUMN_PATH, PI_STYLE_FAINT,
               PI_SLICE("Whatever is absent or null is unknown, which is neither false nor 0."));
}

size_t pi_facts_page_count(const char *word) {
  size_t count = 0;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) count += fact_matches(&PI_FACTS[fact], word) ? 1 : 0;
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) count += rule_matches(&PI_RULES[rule], word) ? 1 : 0;
  return count;
}

static bool print_facts(pi_page *page, pi_buffer *scratch, const char *word) {
  bool any = false;
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!fact_matches(&PI_FACTS[fact], word)) continue;
    if (!any) {
      pi_page_text(page, PI_STYLE_HEAD, PI_SLICE("Facts of a case"));
      pi_page_to(page, COLUMN_SIDE);
      pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("side"));
      pi_page_to(page, COLUMN_TYPE);
      pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("type"));
      pi_page_to(page, COLUMN_DOC);
      pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("what it is"));
      pi_page_end(page);
    }
    any = true;
    print_fact(page, scratch, &PI_FACTS[fact]);
  }
  return any;
}

static void print_rules(pi_page *page, pi_buffer *scratch, const char *word, bool below) {
  bool any = false;
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    if (!rule_matches(&PI_RULES[rule], word)) continue;
    if (!any) {
      if (below) pi_page_end(page);
      pi_page_text(page, PI_STYLE_HEAD, PI_SLICE("Rules, for violations"));
      pi_page_end(page);
    }
    any = true;
    print_rule(page, scratch, &PI_RULES[rule]);
  }
}

void pi_facts_page_print(pi_page *page, const char *word) {
  pi_buffer scratch;
  pi_buffer_init(&scratch, 4096);
  bool facts = print_facts(page, &scratch, word);
  print_rules(page, &scratch, word, facts);
  if (facts) print_types(page, &scratch, word);
  if (scratch.failed) page->out->failed = true;
  pi_buffer_dispose(&scratch);
}

pubint_status pi_facts_page_unknown(const char *word, pubint_error *error) {
  pubint_status status = pi_error_setf(error, PI_E_UNKNOWN_TOPIC, "no fact or rule has that word");
  pi_error_found(error, word, strlen(word));
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(word));
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    pi_nearest_offer(&nearest, PI_FACTS[fact].path);
    pi_nearest_offer(&nearest, PI_FACTS[fact].key);
    for (uint8_t i = 0; i < PI_FACTS[fact].words.count; i++) {
      pi_nearest_offer(&nearest, PI_FACTS[fact].words.words[i]);
    }
  }
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) pi_nearest_offer(&nearest, PI_RULES[rule].id);
  if (nearest.best.ptr != NULL) {
    snprintf(error->hint, sizeof error->hint, "did you mean %.*s?", (int)nearest.best.len, nearest.best.ptr);
  } else {
    snprintf(error->hint, sizeof error->hint, "`pubint facts` lists them all");
  }
  return status;
}
