#include "decode.h"
#include "facts.h"
#include "outline.h"
#include "rules.h"
#include "schema.h"

/* The name of a type's definition under $defs; NULL for words, which each fact lists itself. */
static const char *definition(pi_fact_type type) {
  switch (type) {
  case PI_TYPE_ID: return "id";
  case PI_TYPE_STRING: return "string";
  case PI_TYPE_TEXT: return "text";
  case PI_TYPE_TIME: return "time";
  case PI_TYPE_BOOL: return "bool";
  case PI_TYPE_COUNT: return "count";
  case PI_TYPE_COUNTRY: return "country";
  case PI_TYPE_MARKET: return "market";
  case PI_TYPE_STRENGTH: return "strength";
  case PI_TYPE_COUNTRIES: return "countries";
  case PI_TYPE_TREE: return "signals";
  case PI_TYPE_WORD: break;
  }
  return NULL;
}

static void refer(pi_outline *o, const char *key, const char *name) {
  char path[64] = "#/$defs/";
  size_t length = strlen(name);
  memcpy(path + 8, name, length < sizeof path - 9 ? length : sizeof path - 9);
  pi_outline_open(o, key, '{');
  pi_outline_text(o, "$ref", path);
  pi_outline_close(o, '}');
}

/* An unknown fact is null as well as absent; only the id cannot be. */
static void write_fact(pi_outline *o, const pi_fact_row *row) {
  char key[64] = "";
  memcpy(key, row->key.ptr, row->key.len < sizeof key - 1 ? row->key.len : sizeof key - 1);
  bool required = pi_slice_equal(row->path, PI_SLICE("id"));
  pi_outline_open(o, key, '{');
  pi_outline_text(o, "description", row->doc);
  if (row->type == PI_TYPE_WORD) {
    pi_outline_strings(o, "enum", row->words.words, row->words.count, true);
  } else {
    pi_outline_open(o, "anyOf", '[');
    refer(o, NULL, definition(row->type));
    if (!required) pi_outline_raw(o, NULL, "{\"type\": \"null\"}");
    pi_outline_close(o, ']');
  }
  pi_outline_close(o, '}');
}

static void write_group(pi_outline *o, pi_group group);

/* The facts of a group, then the groups within it. */
static void write_properties(pi_outline *o, pi_group group) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].group == group) write_fact(o, &PI_FACTS[fact]);
  }
  for (int inner = 0; inner < PI_GROUP_COUNT; inner++) {
    if (inner != PI_GROUP_ROOT && PI_GROUPS[inner].parent == group) write_group(o, (pi_group)inner);
  }
}

static void write_group(pi_outline *o, pi_group group) {
  char key[64] = "";
  memcpy(key, PI_GROUPS[group].key.ptr, PI_GROUPS[group].key.len);
  pi_outline_open(o, key, '{');
  pi_outline_raw(o, "type", "[\"object\", \"null\"]");
  pi_outline_bool(o, "additionalProperties", false);
  pi_outline_open(o, "properties", '{');
  write_properties(o, group);
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void write_rule_head(pi_outline *o) {
  pi_outline_raw(o, "type", "\"object\"");
  pi_outline_bool(o, "additionalProperties", false);
  pi_outline_raw(o, "required", "[\"rule\"]");
  pi_outline_open(o, "properties", '{');
}

static void write_rule(pi_outline *o, const pi_rule_row *row) {
  pi_outline_open(o, NULL, '{');
  write_rule_head(o);
  pi_outline_open(o, "rule", '{');
  pi_outline_string(o, "const", row->id);
  pi_outline_close(o, '}');
  pi_outline_open(o, "kind", '{');
  pi_outline_strings(o, "enum", row->kinds.words, row->kinds.count, true);
  pi_outline_close(o, '}');
  if (row->grounds) {
    refer(o, "grounds", "grounds");
  } else {
    pi_outline_raw(o, "grounds", "{\"type\": \"null\"}");
  }
  if (row->spans) {
    refer(o, "spans", "spans");
  } else {
    pi_outline_raw(o, "spans", "{\"type\": \"null\"}");
  }
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void write_violations(pi_outline *o) {
  pi_outline_open(o, "violations", '{');
  pi_outline_string(o, "description",
                    PI_SLICE("Rules broken; [] where the Tweet was assessed and breaks none."));
  pi_outline_raw(o, "type", "\"array\"");
  pi_outline_count(o, "maxItems", PI_VIOLATIONS_MAX);
  pi_outline_open(o, "items", '{');
  pi_outline_open(o, "oneOf", '[');
  pi_slice known[PI_RULE_COUNT];
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) {
    write_rule(o, &PI_RULES[rule]);
    known[rule] = PI_RULES[rule].id;
  }
  pi_outline_open(o, NULL, '{');
  write_rule_head(o);
  pi_outline_open(o, "rule", '{');
  pi_outline_raw(o, "$ref", "\"#/$defs/rule_id\"");
  pi_outline_open(o, "not", '{');
  pi_outline_strings(o, "enum", known, PI_RULE_COUNT, false);
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
  pi_outline_raw(o, "kind", "{\"anyOf\": [{\"$ref\": \"#/$defs/rule_id\"}, {\"type\": \"null\"}]}");
  pi_outline_raw(o, "grounds", "{\"type\": \"null\"}");
  pi_outline_raw(o, "spans", "{\"type\": \"null\"}");
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
  pi_outline_close(o, ']');
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void write_strings_definition(pi_outline *o, const char *key, uint64_t min, uint64_t max,
                                     const char *pattern) {
  pi_outline_open(o, key, '{');
  pi_outline_raw(o, "type", "\"string\"");
  if (min > 0) pi_outline_count(o, "minLength", min);
  if (max > 0) pi_outline_count(o, "maxLength", max);
  if (pattern != NULL) pi_outline_text(o, "pattern", pattern);
  pi_outline_close(o, '}');
}

static void write_strength(pi_outline *o) {
  pi_slice words[PI_STRENGTH_WORDS_COUNT];
  for (int i = 0; i < PI_STRENGTH_WORDS_COUNT; i++) words[i] = PI_STRENGTH_WORDS[i].word;
  pi_outline_open(o, "strength", '{');
  pi_outline_open(o, "anyOf", '[');
  pi_outline_raw(o, NULL, "{\"type\": \"number\", \"minimum\": 0, \"maximum\": 1}");
  pi_outline_raw(o, NULL, "{\"type\": \"boolean\"}");
  pi_outline_open(o, NULL, '{');
  pi_outline_strings(o, "enum", words, PI_STRENGTH_WORDS_COUNT, false);
  pi_outline_close(o, '}');
  pi_outline_close(o, ']');
  pi_outline_close(o, '}');
}

static void write_spans(pi_outline *o) {
  pi_outline_open(o, "spans", '{');
  pi_outline_string(o, "description",
                    PI_SLICE("Private data in tweet.text, in code points; end is exclusive. [] says that it "
                             "holds none; a text that stands there again is blotted out too."));
  pi_outline_raw(o, "type", "[\"array\", \"null\"]");
  pi_outline_count(o, "maxItems", PI_SPANS_MAX);
  pi_outline_open(o, "items", '{');
  pi_outline_raw(o, "type", "\"object\"");
  pi_outline_bool(o, "additionalProperties", false);
  pi_outline_raw(o, "required", "[\"start\", \"end\"]");
  pi_outline_open(o, "properties", '{');
  pi_outline_raw(o, "start", "{\"type\": \"integer\", \"minimum\": 0}");
  pi_outline_raw(o, "end", "{\"type\": \"integer\", \"minimum\": 1}");
  pi_outline_open(o, "kind", '{');
  pi_outline_strings(o, "enum", PI_SPAN_KINDS.words, PI_SPAN_KINDS.count, true);
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void write_definitions(pi_outline *o) {
  pi_outline_open(o, "$defs", '{');
  write_strings_definition(o, "id", 1, PI_ID_BYTES_MAX, "^[^\\u0000-\\u001f\\u007f]*$");
  write_strings_definition(o, "string", 0, PI_STRING_BYTES_MAX, NULL);
  write_strings_definition(o, "text", 0, PI_TEXT_POINTS_MAX, NULL);
  pi_outline_raw(o, "time", "{\"type\": \"string\", \"format\": \"date-time\"}");
  pi_outline_raw(o, "bool", "{\"type\": \"boolean\"}");
  pi_outline_open(o, "count", '{');
  pi_outline_raw(o, "type", "\"integer\"");
  pi_outline_count(o, "minimum", 0);
  pi_outline_count(o, "maximum", PI_FOLLOWERS_MAX);
  pi_outline_close(o, '}');
  write_strings_definition(o, "country", 0, 0, "^[A-Z]{2}$");
  write_strings_definition(o, "market", 0, 0, "^[A-Z]{2}(-[A-Z0-9]{1,3})?$");
  write_strength(o);
  pi_outline_raw(o, "countries",
                 "{\"type\": \"array\", \"uniqueItems\": true, \"items\": {\"$ref\": \"#/$defs/country\"}}");
  pi_outline_raw(o, "signals", "{\"type\": \"object\"}");
  write_strings_definition(o, "rule_id", 0, 0, PI_ID_PATTERN);
  pi_outline_open(o, "grounds", '{');
  pi_outline_raw(o, "type", "[\"array\", \"null\"]");
  pi_outline_bool(o, "uniqueItems", true);
  pi_outline_open(o, "items", '{');
  pi_outline_strings(o, "enum", PI_GROUNDS.words, PI_GROUNDS.count, false);
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
  write_spans(o);
  pi_outline_close(o, '}');
}

void pi_schema_case(pi_buffer *out) {
  pi_outline outline = {.out = out};
  pi_outline *o = &outline;
  pi_outline_open(o, NULL, '{');
  pi_outline_raw(o, "$schema", "\"https://json-schema.org/draft/2020-12/schema\"");
  pi_outline_raw(o, "$id", "\"urn:pubint:case:1\"");
  pi_outline_string(o, "title", PI_SLICE("A case: one Tweet with its account, violations and context"));
  pi_outline_raw(o, "type", "\"object\"");
  pi_outline_bool(o, "additionalProperties", false);
  pi_outline_raw(o, "required", "[\"id\", \"violations\"]");
  pi_outline_open(o, "properties", '{');
  pi_outline_raw(o, "v", "{\"description\": \"The format's version.\", \"enum\": [1, null]}");
  write_properties(o, PI_GROUP_ROOT);
  write_violations(o);
  pi_outline_close(o, '}');
  write_definitions(o);
  pi_outline_close(o, '}');
}
