#include "import_case.h"

#include <stdio.h>
#include <string.h>

#include "case_write.h"
#include "errors.h"
#include "json_read.h"
#include "outline.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_MAX = 64 * 1024 * 1024 };

/* Whatever a payload holds fits, so that it is the reader of cases who finds it too long. */
#define JSON_MAX ((size_t)2 * 1024 * 1024 * 1024)

/* What stands for "all countries" in a payload is every country in a case: ISO 3166-1 alpha-2, in order. */
static const char COUNTRIES[] =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCX"
    "CYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIR"
    "ISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNE"
    "NFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTF"
    "TGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";

/* A parody says of itself that it is not the official's own (A08). */
static const pi_node NOT_AUTHENTIC = {.kind = PI_NODE_BOOLEAN, .as.boolean = false};

/* What is given for a fact: at most one of these. */
typedef struct given {
  pi_slice string;
  const pi_node *node; /* a scalar of the payload */
  const pi_csv_cell *cell;
} given;

/* One case being made. */
typedef struct maker {
  pi_outline out; /* its JSON, for the reader */
  const pi_import_tweet *tweet;
  const pi_import_rows *rows;
  pi_arena *arena;
  given given[PI_FACT_COUNT];
  const pi_csv_cell *fault; /* a cell of violations that cannot even be written */
} maker;

void pi_import_maker_init(pi_import_maker *self) {
  *self = (pi_import_maker){0};
  pi_buffer_init(&self->json, JSON_MAX);
  pi_arena_init(&self->arena, ARENA_BLOCK, ARENA_MAX);
}

void pi_import_maker_dispose(pi_import_maker *self) {
  pi_buffer_dispose(&self->json);
  pi_arena_dispose(&self->arena);
}

/* --- what is given --- */

static void give_row(maker *self, const pi_import_side *side, size_t row) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    const pi_csv_cell *cell = pi_import_cell(side, row, side->fact_columns[fact]);
    if (cell != NULL) self->given[fact] = (given){.cell = cell};
  }
}

static size_t violation_row(const pi_import_rows *rows, size_t index) {
  return rows->violations->by_id[rows->violation + index].index;
}

static void gather(maker *self) {
  const pi_import_tweet *tweet = self->tweet;
  self->given[PI_FACT_ID].string = tweet->id;
  self->given[PI_FACT_TWEET_ID].string = tweet->id;
  self->given[PI_FACT_TWEET_TEXT].string = tweet->text;
  self->given[PI_FACT_TWEET_LANG].string = tweet->lang;
  self->given[PI_FACT_TWEET_CREATED_AT].string = tweet->created_at;
  self->given[PI_FACT_ACCOUNT_ID].string = tweet->author.id;
  self->given[PI_FACT_ACCOUNT_USERNAME].string = tweet->author.username;
  self->given[PI_FACT_ACCOUNT_VERIFIED].node = tweet->author.verified;
  self->given[PI_FACT_ACCOUNT_VERIFIED_TYPE].node = tweet->author.verified_type;
  self->given[PI_FACT_ACCOUNT_FOLLOWERS_COUNT].node = tweet->author.followers_count;
  if (tweet->author.parody) self->given[PI_FACT_ACCOUNT_AUTHENTIC].node = &NOT_AUTHENTIC;
  if (self->rows->has_office) give_row(self, self->rows->offices, self->rows->office);
  for (size_t i = 0; i < self->rows->violations_count; i++) {
    give_row(self, self->rows->violations, violation_row(self->rows, i));
  }
}

/* --- writing --- */

/* Whether the cell of such a fact stands for itself in JSON: true, false, and a number for a strength. */
static bool is_bare(const maker *self, pi_fact_type type, pi_slice text) {
  if (type != PI_TYPE_BOOL && type != PI_TYPE_STRENGTH) return false;
  if (pi_slice_equal(text, PI_SLICE("true")) || pi_slice_equal(text, PI_SLICE("false"))) return true;
  if (type == PI_TYPE_BOOL || (text.ptr[0] != '-' && (text.ptr[0] < '0' || text.ptr[0] > '9'))) return false;
  return pi_json_check(text, self->arena, 1, NULL) == PUBINT_OK;
}

/* Twitter writes kinds of badges in small letters in one API and with a capital in the other. */
static void write_small(maker *self, const char *key, pi_slice text) {
  char small[64];
  if (text.len > sizeof small) {
    pi_outline_string(&self->out, key, text);
    return;
  }
  for (size_t i = 0; i < text.len; i++) {
    char byte = text.ptr[i];
    small[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
  }
  pi_outline_string(&self->out, key, (pi_slice){small, text.len});
}

static void write_node(maker *self, pi_fact fact, const char *key, const pi_node *node) {
  if (node->kind == PI_NODE_BOOLEAN) {
    pi_outline_bool(&self->out, key, node->as.boolean);
  } else if (node->kind == PI_NODE_INTEGER) {
    pi_outline_integer(&self->out, key, node->as.integer);
  } else if (fact == PI_FACT_ACCOUNT_VERIFIED_TYPE) {
    write_small(self, key, node->as.string);
  } else {
    pi_outline_string(&self->out, key, node->as.string);
  }
}

/* Two sorted lists as one: all countries there are, where the Tweet is withheld in each, and those named. */
static void write_countries(maker *self, const char *key) {
  const pi_import_tweet *tweet = self->tweet;
  const char *all = tweet->withheld.everywhere ? COUNTRIES : "";
  pi_outline_open(&self->out, key, '[');
  for (size_t i = 0; *all != '\0' || i < tweet->withheld.count;) {
    pi_slice next = {all, *all != '\0' ? 2 : 0};
    int order = next.len == 0               ? 1
                : i < tweet->withheld.count ? pi_slice_compare(next, tweet->withheld.codes[i])
                                            : -1;
    if (order > 0) next = tweet->withheld.codes[i];
    pi_outline_string(&self->out, NULL, next);
    if (order <= 0) all += 2;
    if (order >= 0) i++;
  }
  pi_outline_close(&self->out, ']');
}

static bool is_given(const maker *self, pi_fact fact) {
  const given *value = &self->given[fact];
  if (fact == PI_FACT_WITHHELD_IN) return self->tweet->withheld.everywhere || self->tweet->withheld.count > 0;
  return value->string.ptr != NULL || value->node != NULL || value->cell != NULL;
}

static void write_fact(maker *self, pi_fact fact) {
  const given *value = &self->given[fact];
  const char *key = PI_FACTS[fact].key.ptr;
  if (fact == PI_FACT_WITHHELD_IN) {
    write_countries(self, key);
  } else if (value->node != NULL) {
    write_node(self, fact, key, value->node);
  } else if (value->cell == NULL) {
    pi_outline_string(&self->out, key, value->string);
  } else if (is_bare(self, PI_FACTS[fact].type, value->cell->text)) {
    pi_outline_json(&self->out, key, value->cell->text);
  } else {
    pi_outline_string(&self->out, key, value->cell->text);
  }
}

/* The members of a group's object. */
static void write_group(maker *self, pi_group group) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].group == group && is_given(self, (pi_fact)fact)) write_fact(self, (pi_fact)fact);
  }
  for (int child = PI_GROUP_ROOT + 1; child < PI_GROUP_COUNT; child++) {
    if (PI_GROUPS[child].parent != group) continue;
    pi_outline_open(&self->out, PI_GROUPS[child].key.ptr, '{');
    write_group(self, (pi_group)child);
    pi_outline_close(&self->out, '}');
  }
}

/* --- violations --- */

/* The part of `text` before the next `|`; moves *text behind that. */
static pi_slice next_part(pi_slice *text) {
  const char *bar = memchr(text->ptr, '|', text->len);
  size_t length = bar != NULL ? (size_t)(bar - text->ptr) : text->len;
  pi_slice part = {text->ptr, length};
  size_t taken = bar != NULL ? length + 1 : length;
  *text = (pi_slice){text->ptr + taken, text->len - taken};
  return part;
}

/* Up to nine digits at *p, as they are; *p moves behind them. */
static pi_slice take_digits(const char **p, const char *end) {
  enum { DIGITS_MAX = 9 };
  const char *begin = *p;
  while (*p < end && **p >= '0' && **p <= '9' && *p - begin < DIGITS_MAX) (*p)++;
  pi_slice digits = {begin, (size_t)(*p - begin)};
  while (digits.len > 1 && digits.ptr[0] == '0') digits = (pi_slice){digits.ptr + 1, digits.len - 1};
  return digits;
}

/* 10-22:phone, or without a kind 10-22 */
static bool write_span(maker *self, pi_slice part) {
  const char *p = part.ptr;
  const char *end = part.ptr + part.len;
  pi_slice from = take_digits(&p, end);
  if (from.len == 0 || p == end || *p++ != '-') return false;
  pi_slice to = take_digits(&p, end);
  if (to.len == 0 || (p < end && *p != ':')) return false;
  pi_outline_open(&self->out, NULL, '{');
  pi_outline_json(&self->out, "start", from);
  pi_outline_json(&self->out, "end", to);
  if (p < end) pi_outline_string(&self->out, "kind", (pi_slice){p + 1, (size_t)(end - p - 1)});
  pi_outline_close(&self->out, '}');
  return true;
}

/* Of spans: somebody looked, and the text holds no private data. An empty cell says nothing. */
static bool says_none(pi_slice text) {
  return pi_slice_equal(text, PI_SLICE("none")) || pi_slice_equal(text, PI_SLICE("[]"));
}

static void write_list(maker *self, const char *key, const pi_csv_cell *cell, bool spans) {
  pi_outline_open(&self->out, key, '[');
  pi_slice rest = cell->text;
  if (spans && says_none(rest)) rest.len = 0;
  while (rest.len > 0 && self->fault == NULL) {
    pi_slice part = next_part(&rest);
    if (!spans) {
      pi_outline_string(&self->out, NULL, part);
    } else if (!write_span(self, part)) {
      self->fault = cell;
    }
  }
  pi_outline_close(&self->out, ']');
}

static const pi_csv_cell *violation_cell(const pi_import_rows *rows, size_t index,
                                         pi_violation_column column) {
  return pi_import_cell(rows->violations, violation_row(rows, index), rows->violations->columns[column]);
}

/* Returns whether the row is of the rule copyright. */
static bool write_violation(maker *self, size_t index) {
  const pi_csv_cell *rule = violation_cell(self->rows, index, PI_VIOLATION_RULE);
  const pi_csv_cell *kind = violation_cell(self->rows, index, PI_VIOLATION_KIND);
  const pi_csv_cell *grounds = violation_cell(self->rows, index, PI_VIOLATION_GROUNDS);
  const pi_csv_cell *spans = violation_cell(self->rows, index, PI_VIOLATION_SPANS);
  pi_outline_open(&self->out, NULL, '{');
  pi_outline_string(&self->out, "rule", rule->text);
  if (kind != NULL) pi_outline_string(&self->out, "kind", kind->text);
  if (grounds != NULL) write_list(self, "grounds", grounds, false);
  if (spans != NULL) write_list(self, "spans", spans, true);
  pi_outline_close(&self->out, '}');
  return pi_slice_equal(rule->text, PI_RULES[PI_RULE_COPYRIGHT].id);
}

static void write_violations(maker *self) {
  bool copyright = false;
  pi_outline_open(&self->out, "violations", '[');
  for (size_t i = 0; i < self->rows->violations_count && self->fault == NULL; i++) {
    if (pi_slice_equal(violation_cell(self->rows, i, PI_VIOLATION_RULE)->text, PI_SLICE("none"))) continue;
    copyright = write_violation(self, i) || copyright;
  }
  if (self->tweet->withheld.copyright && !copyright)
    pi_outline_raw(&self->out, NULL, "{\"rule\":\"copyright\"}");
  pi_outline_close(&self->out, ']');
}

/* --- refusals --- */

/* The cell that a path of the case is about: /context/offline_harm/severity, /violations/0/kind/…; NULL where
 * it came from the payload. *side gets its file. */
static const pi_csv_cell *cell_at(const maker *self, const char *path, const pi_import_side **side) {
  static const struct {
    const char *member;
    pi_violation_column column;
  } MEMBERS[] = {
      {"/kind", PI_VIOLATION_KIND}, {"/grounds", PI_VIOLATION_GROUNDS}, {"/spans", PI_VIOLATION_SPANS}};
  static const char VIOLATIONS[] = "/violations/";
  *side = self->rows->violations;
  if (strncmp(path, VIOLATIONS, sizeof VIOLATIONS - 1) == 0) {
    const char *p = path + sizeof VIOLATIONS - 1;
    size_t index = 0;
    for (; *p >= '0' && *p <= '9'; p++) index = index * 10 + (size_t)(*p - '0');
    if (index >= self->rows->violations_count) return NULL;
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
      if (strncmp(p, MEMBERS[i].member, strlen(MEMBERS[i].member)) != 0) continue;
      return violation_cell(self->rows, index, MEMBERS[i].column);
    }
    return violation_cell(self->rows, index, PI_VIOLATION_RULE);
  }
  char dotted[128];
  size_t length = 0;
  for (const char *p = path + (*path == '/'); *p != '\0' && length < sizeof dotted; p++) {
    dotted[length++] = *p == '/' ? '.' : *p;
  }
  pi_fact fact = pi_fact_find((pi_slice){dotted, length});
  if (fact == PI_FACT_COUNT || self->given[fact].cell == NULL) return NULL;
  if (strncmp(path, "/context/", sizeof "/context/" - 1) != 0) *side = self->rows->offices;
  return self->given[fact].cell;
}

static void place(const maker *self, pubint_error *error) {
  const pi_import_side *side;
  if (error == NULL) return;
  error->file[0] = '\0';
  error->line = error->column = 0;
  const pi_csv_cell *cell = cell_at(self, error->path, &side);
  if (cell != NULL) pi_csv_place(&side->csv, cell, error);
}

static pubint_status refuse_spans(const maker *self, pubint_error *error) {
  pubint_status status = pi_error_setf(error, PI_E_CSV_ROW, "spans that cannot be read");
  if (error == NULL) return status;
  pi_csv_place(&self->rows->violations->csv, self->fault, error);
  pi_error_found(error, self->fault->text.ptr, self->fault->text.len);
  snprintf(error->expected, sizeof error->expected, "start-end or start-end:kind, parted by |, or none");
  return status;
}

/* The cell that says of a parody that it is authentic; NULL where none does. A cell that says nothing of it
 * leaves what the account says of itself. */
static const pi_csv_cell *parody_denied(const maker *self) {
  const pi_csv_cell *cell = self->given[PI_FACT_ACCOUNT_AUTHENTIC].cell;
  bool denied = self->tweet->author.parody && cell != NULL && !pi_slice_equal(cell->text, PI_SLICE("false"));
  return denied ? cell : NULL;
}

static pubint_status refuse_parody(const maker *self, const pi_csv_cell *cell, pubint_error *error) {
  pubint_status status = pi_error_setf(error, PI_E_CSV_ROW, "the account says of itself that it is a parody");
  if (error == NULL) return status;
  pi_csv_place(&self->rows->offices->csv, cell, error);
  pi_error_found(error, cell->text.ptr, cell->text.len);
  snprintf(error->expected, sizeof error->expected, "false, or an empty cell (A08)");
  return status;
}

pubint_status pi_import_case_make(pi_import_maker *self, const pi_import_tweet *tweet,
                                  const pi_import_rows *rows, pi_buffer *out, pubint_error *error) {
  pi_buffer_reset(&self->json);
  pi_arena_reset(&self->arena);
  maker one = {
      .out = {.out = &self->json, .compact = true}, .tweet = tweet, .rows = rows, .arena = &self->arena};
  gather(&one);
  const pi_csv_cell *denied = parody_denied(&one);
  if (denied != NULL) return refuse_parody(&one, denied, error);
  pi_outline_open(&one.out, NULL, '{');
  write_violations(&one);
  if (one.fault != NULL) return refuse_spans(&one, error);
  write_group(&one, PI_GROUP_ROOT);
  pi_outline_close(&one.out, '}');
  if (self->json.failed) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = pi_decode_case(&self->input, (pi_slice){self->json.data, self->json.len}, 1,
                                        &self->arena, &self->memory, error);
  if (status == PUBINT_E_INPUT) place(&one, error);
  if (status != PUBINT_OK) return status;
  pi_case_json(out, &self->input);
  return out->failed ? pi_error_set(error, PI_E_NO_MEMORY) : PUBINT_OK;
}
