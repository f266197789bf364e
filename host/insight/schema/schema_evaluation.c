#include <stdio.h>
#include <string.h>

#include "evaluation_words.h"
#include "gates.h"
#include "outline.h"
#include "schema.h"

#include "facts.h"

/* The keys are those of evaluation.def. What stands there is said of each of its types: once, as JSON, or as
 * some of a list's words, or as an object with keys of its own. */

enum { KEYS_MAX = 24 }; /* of an object */

typedef struct property property;

typedef struct described {
  const char *json;      /* as it stands; else */
  const pi_words *words; /* one of these, */
  uint8_t first;         /* from that one on, */
  bool in_line;          /* all in one line; else */
  const property *keys;  /* an object of these, */
  size_t keys_count;
  bool list;    /* or a list of such objects, */
  size_t items; /* exactly so many; 0: any number */
} described;

struct property {
  const char *key;
  bool required;
  described what;
};

/* ---- types ---- */

#define COUNT_OF(keys) (sizeof(keys) / sizeof *(keys))
#define JSON(text)                                                                                           \
  { .json = (text) }
#define WORDS(list, at)                                                                                      \
  { .words = &(list), .first = (at) }
#define LINE_OF(list, at)                                                                                    \
  { .words = &(list), .first = (at), .in_line = true }
#define OBJECT(rows)                                                                                         \
  { .keys = (rows), .keys_count = COUNT_OF(rows) }
#define LIST(rows, exactly)                                                                                  \
  { .keys = (rows), .keys_count = COUNT_OF(rows), .list = true, .items = (exactly) }

#define STRING          JSON("{\"type\": \"string\"}")
#define NOTED(text)     JSON("{\"type\": \"string\", \"description\": \"" text "\"}")
#define NUMBER(limits)  JSON("{\"type\": \"number\"" limits "}")
#define INTEGER(limits) JSON("{\"type\": \"integer\"" limits "}")
#define STRINGS         "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}"
#define COUNTRY_CODES   "{\"type\": \"array\", \"items\": {\"type\": \"string\", \"pattern\": \"^[A-Z]{2}$\"}}"
#define NAMES           "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/name\"}}"
#define TYPE_VERSION    JSON("{\"const\": 1}")
#define TYPE_ON         JSON("{\"const\": true}")
#define TYPE_OFF        JSON("{\"const\": false}")
#define TYPE_TIMEOUT    JSON("{\"const\": \"limit_time\"}")
#define TYPE_FAILURE    JSON("{\"enum\": [\"script\", \"limit_instructions\", \"limit_memory\"]}")
#define TYPE_CODE       JSON("{\"type\": \"string\", \"pattern\": \"^E[0-9]{4}$\"}")
#define TYPE_ID         STRING
#define TYPE_CLASS      STRING
#define TYPE_POLICY     STRING
#define TYPE_TEXT       STRING
#define TYPE_SHOWN      STRING
#define TYPE_QUOTED     NOTED("May quote the refused line, and so a Tweet's text; --no-excerpts leaves it out.")
#define TYPE_POINTER                                                                                         \
  NOTED(                                                                                                     \
      "Where, as a JSON pointer. Its names may be keys of the refused line that no case has; --no-excerpts " \
      "writes those that are no plain names as \u2026.")
#define TYPE_TYPE          STRING
#define TYPE_NAME          JSON("{\"$ref\": \"#/$defs/name\"}")
#define TYPE_PATHS         JSON("{\"$ref\": \"#/$defs/paths\"}")
#define TYPE_UNASSESSED    JSON("{\"$ref\": \"#/$defs/unassessed\"}")
#define TYPE_NOTES         JSON(STRINGS)
#define TYPE_COUNTRIES     JSON(COUNTRY_CODES)
#define TYPE_RULES_NAMED   JSON(NAMES)
#define TYPE_FLAG          JSON("{\"type\": \"boolean\"}")
#define TYPE_FACT          JSON("{\"type\": [\"integer\", \"boolean\", \"object\"]}")
#define TYPE_COUNT         INTEGER("")
#define TYPE_LINE          INTEGER(", \"minimum\": 1")
#define TYPE_PLACE         INTEGER(", \"minimum\": 1")
#define TYPE_COLUMN        INTEGER(", \"minimum\": 0")
#define TYPE_MARGIN        NUMBER("")
#define TYPE_SUM           NUMBER(", \"minimum\": 0")
#define TYPE_BAR           NUMBER(", \"minimum\": 0, \"maximum\": " PI_SPELL(PI_BAR_POINTS_MAX))
#define TYPE_COUNTED       NUMBER(", \"minimum\": -3, \"maximum\": 3")
#define TYPE_STRENGTH      NUMBER(", \"minimum\": 0, \"maximum\": 1")
#define TYPE_WEIGHT        NUMBER(", \"exclusiveMinimum\": 0, \"maximum\": " PI_SPELL(PI_WEIGHT_POINTS_MAX))
#define TYPE_POINTS        NUMBER(", \"minimum\": 0, \"maximum\": " PI_SPELL(PI_WEIGHT_POINTS_MAX))
#define TYPE_OUTCOME       WORDS(PI_WORDS_OUTCOME, PUBINT_NO_ACTION)
#define TYPE_VERDICT       WORDS(PI_WORDS_OUTCOME, PUBINT_REMOVE)
#define TYPE_BASIS         WORDS(PI_WORDS_BASIS, PUBINT_NO_VIOLATION)
#define TYPE_VERDICT_BASIS WORDS(PI_WORDS_BASIS, PUBINT_WEIGHED)
#define TYPE_RESULT        LINE_OF(PI_WORDS_GATE_RESULT, PI_GATE_PASS)
#define TYPE_GATE          WORDS(GATES, 0)
#define TYPE_SIDE          LINE_OF(PI_WORDS_FACTOR_SIDE, 0)
#define TYPE_FACTOR_FROM   LINE_OF(PI_WORDS_FROM, PI_FROM_RULE)
#define TYPE_FROM          LINE_OF(PI_WORDS_FROM, PI_FROM_HOST)
#define TYPE_GATES         LIST(GATE_KEYS, PI_GATE_COUNT)
#define TYPE_RULES         LIST(RULE_KEYS, 0)
#define TYPE_FACTORS       LIST(FACTOR_KEYS, 0)
#define TYPE_CONDITIONS    LIST(CONDITION_KEYS, 0)
#define TYPE_SWAY          OBJECT(SWAY_KEYS)
#define TYPE_ERROR         OBJECT(ERROR_KEYS)
#define TYPE_MARKET        OBJECT(MARKET_KEYS)
#define TYPE_EFFECTS       OBJECT(EFFECTS_KEYS)
#define TYPE_REFUSED       OBJECT(REFUSED_KEYS)

static const pi_slice GATE_IDS[] = {
#define GATE(name, id, requirement, shows, own, more) PI_SLICE_INIT(#id),
#include "gates.def"
#undef GATE
};
static const pi_words GATES = {GATE_IDS, PI_GATE_COUNT};

/* ---- objects, an inner one before those around it ---- */

#define ALWAYS                    true
#define ONLY(held)                false
#define PROPERTY(key, when, type) {#key, when, TYPE_##type},

static const property GATE_KEYS[] = {
#define GATE_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property SWAY_KEYS[] = {
#define SWAY_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property FACTOR_KEYS[] = {
#define FACTOR_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property CONDITION_KEYS[] = {
#define CONDITION_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property ERROR_KEYS[] = {
#define ERROR_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property RULE_KEYS[] = {
#define RULE_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property MARKET_KEYS[] = {
#define MARKET_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property EFFECTS_KEYS[] = {
#define EFFECTS_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property REFUSED_KEYS[] = {
#define REFUSED_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property EVALUATION_KEYS[] = {
#define EVALUATION_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};
static const property REFUSAL_KEYS[] = {
#define REFUSAL_KEY(key, when, type, value, into) PROPERTY(key, when, type)
#include "evaluation.def"
};

/* ---- writing ---- */

static void write_words(pi_outline *o, const char *key, const described *what) {
  const pi_slice *words = what->words->words + what->first;
  size_t count = (size_t)what->words->count - what->first;
  if (what->in_line) {
    pi_outline line = {.out = o->out, .first = true}; /* at its top nothing begins a new one */
    pi_outline_raw(o, key, "{");
    pi_outline_strings(&line, "enum", words, count, false);
    pi_buffer_byte(o->out, '}');
    return;
  }
  pi_outline_open(o, key, '{');
  pi_outline_strings(o, "enum", words, count, false);
  pi_outline_close(o, '}');
}

static void write_property(pi_outline *o, const char *key, const described *what);

static void write_keys(pi_outline *o, const property *keys, size_t count) {
  pi_slice required[KEYS_MAX];
  size_t required_count = 0;
  for (size_t i = 0; i < count; i++) {
    if (keys[i].required) required[required_count++] = pi_slice_of(keys[i].key);
  }
  pi_outline_bool(o, "additionalProperties", false);
  pi_outline_strings(o, "required", required, required_count, false);
  pi_outline_open(o, "properties", '{');
  for (size_t i = 0; i < count; i++) write_property(o, keys[i].key, &keys[i].what);
  pi_outline_close(o, '}');
}

static void write_object(pi_outline *o, const char *key, const described *what) {
  pi_outline_open(o, key, '{');
  pi_outline_raw(o, "type", "\"object\"");
  write_keys(o, what->keys, what->keys_count);
  pi_outline_close(o, '}');
}

static void open_list(pi_outline *o, const char *key) {
  pi_outline_open(o, key, '{');
  pi_outline_raw(o, "type", "\"array\"");
}

static void write_property(pi_outline *o, const char *key, const described *what) {
  if (what->json != NULL) {
    pi_outline_raw(o, key, what->json);
  } else if (what->words != NULL) {
    write_words(o, key, what);
  } else if (what->list) {
    open_list(o, key);
    if (what->items > 0) pi_outline_count(o, "minItems", what->items);
    if (what->items > 0) pi_outline_count(o, "maxItems", what->items);
    write_object(o, "items", what);
    pi_outline_close(o, '}');
  } else {
    write_object(o, key, what);
  }
}

/* A list of paths, the first `count` of them. */
static void write_paths(pi_outline *o, const char *name, const pi_slice *paths, size_t count) {
  open_list(o, name);
  pi_outline_bool(o, "uniqueItems", true);
  pi_outline_open(o, "items", '{');
  pi_outline_strings(o, "enum", paths, count, false);
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void write_definitions(pi_outline *o) {
  pi_slice paths[PI_FACT_COUNT + 1];
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) paths[fact] = PI_FACTS[fact].path;
  paths[PI_FACT_COUNT] = PI_SPANS_PATH; /* may be unassessed, and is no fact that a script reads */
  pi_outline_open(o, "$defs", '{');
  pi_outline_raw(o, "name", "{\"type\": \"string\", \"pattern\": \"" PI_ID_PATTERN "\"}");
  write_paths(o, "paths", paths, PI_FACT_COUNT);
  write_paths(o, "unassessed", paths, PI_FACT_COUNT + 1);
  pi_outline_close(o, '}');
}

static void open_schema(pi_outline *o, const char *id, pi_slice title) {
  pi_outline_open(o, NULL, '{');
  pi_outline_raw(o, "$schema", "\"https://json-schema.org/draft/2020-12/schema\"");
  pi_outline_raw(o, "$id", id);
  pi_outline_string(o, "title", title);
  pi_outline_raw(o, "type", "\"object\"");
}

void pi_schema_evaluation(pi_buffer *out) {
  pi_outline outline = {.out = out, .first = true};
  open_schema(&outline, "\"urn:pubint:evaluation:1\"",
              PI_SLICE("An evaluation: what pubint returns for a case"));
  write_keys(&outline, EVALUATION_KEYS, COUNT_OF(EVALUATION_KEYS));
  write_definitions(&outline);
  pi_outline_close(&outline, '}');
}

void pi_schema_refusal(pi_buffer *out) {
  pi_outline outline = {.out = out, .first = true};
  open_schema(&outline, "\"urn:pubint:refusal:1\"",
              PI_SLICE("A refusal: the line of a batch that could not be evaluated"));
  write_keys(&outline, REFUSAL_KEYS, COUNT_OF(REFUSAL_KEYS));
  pi_outline_close(&outline, '}');
}

/* ---- paths ---- */

enum { PATH_BYTES = 128 };

typedef struct path_walk {
  void (*visit)(void *context, const char *path);
  void *context;
} path_walk;

static bool is_list_of_texts(const described *what) {
  return what->json != NULL &&
         (strstr(what->json, "\"array\"") != NULL || strstr(what->json, "paths") != NULL ||
          strstr(what->json, "unassessed") != NULL);
}

static void visit_below(const path_walk *walk, char path[PATH_BYTES], size_t length, const char *key) {
  snprintf(path + length, PATH_BYTES - length, "/%s", key);
  walk->visit(walk->context, path);
}

static void visit_paths(const path_walk *walk, char path[PATH_BYTES], size_t length, const property *keys,
                        size_t count) {
  for (size_t i = 0; i < count; i++) {
    const described *what = &keys[i].what;
    size_t end = length;
    end += (size_t)snprintf(path + length, PATH_BYTES - length, "%s%s", length > 0 ? "/" : "", keys[i].key);
    walk->visit(walk->context, path);
    if (what->list || is_list_of_texts(what)) visit_below(walk, path, end, "0");
    if (what->list) end += 2;
    if (what->keys != NULL) visit_paths(walk, path, end, what->keys, what->keys_count);
    /* What a gate shows may be an object of facts. */
    for (int fact = 0; fact < PI_FACT_COUNT && keys == GATE_KEYS && strcmp(keys[i].key, "fact") == 0;
         fact++) {
      char key[64];
      snprintf(key, sizeof key, "%.*s", (int)PI_FACTS[fact].key.len, PI_FACTS[fact].key.ptr);
      visit_below(walk, path, end, key);
    }
  }
}

void pi_schema_each_path(void (*visit)(void *context, const char *path), void *context) {
  const path_walk walk = {visit, context};
  char path[PATH_BYTES] = "";
  visit_paths(&walk, path, 0, EVALUATION_KEYS, COUNT_OF(EVALUATION_KEYS));
  path[0] = '\0';
  visit_paths(&walk, path, 0, REFUSAL_KEYS, COUNT_OF(REFUSAL_KEYS));
}
