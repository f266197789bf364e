#include "gates.h"
#include "outline.h"
#include "schema.h"

#include <pubint/evaluation.h>

#include "facts.h"

static void write_outcomes(pi_outline *o, const char *key, pubint_outcome first) {
  pi_slice names[PUBINT_REVIEW + 1];
  size_t count = 0;
  for (int i = (int)first; i <= PUBINT_REVIEW; i++) {
    names[count++] = pi_slice_of(pubint_outcome_name((pubint_outcome)i));
  }
  pi_outline_open(o, key, '{');
  pi_outline_strings(o, "enum", names, count, false);
  pi_outline_close(o, '}');
}

static void write_bases(pi_outline *o, const char *key, pubint_basis first) {
  pi_slice names[PUBINT_UNASSESSED + 1];
  size_t count = 0;
  for (int i = (int)first; i <= PUBINT_UNASSESSED; i++) {
    names[count++] = pi_slice_of(pubint_basis_name((pubint_basis)i));
  }
  pi_outline_open(o, key, '{');
  pi_outline_strings(o, "enum", names, count, false);
  pi_outline_close(o, '}');
}

/* One line each: {"key": SCHEMA}. */
typedef struct property {
  const char *key;
  const char *schema;
} property;

static void write_properties(pi_outline *o, const property *rows, size_t count) {
  for (size_t i = 0; i < count; i++) pi_outline_raw(o, rows[i].key, rows[i].schema);
}
#define WRITE(o, rows) write_properties((o), (rows), sizeof(rows) / sizeof((rows)[0]))

static void open_object(pi_outline *o, const char *key, const char *required) {
  pi_outline_open(o, key, '{');
  pi_outline_raw(o, "type", "\"object\"");
  pi_outline_bool(o, "additionalProperties", false);
  pi_outline_raw(o, "required", required);
  pi_outline_open(o, "properties", '{');
}

static void close_object(pi_outline *o) {
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}

static void open_list(pi_outline *o, const char *key) {
  pi_outline_open(o, key, '{');
  pi_outline_raw(o, "type", "\"array\"");
}

static void write_gates(pi_outline *o) {
  static const property REST[] = {
      {"result", "{\"enum\": [\"pass\", \"fail\", \"unknown\"]}"},
      {"fact", "{\"type\": [\"integer\", \"boolean\", \"object\"]}"},
      {"type", "{\"type\": \"string\"}"},
      {"limit", "{\"type\": \"integer\"}"},
      {"distance", "{\"type\": \"integer\"}"},
  };
  pi_slice ids[PI_GATE_COUNT];
  for (int gate = 0; gate < PI_GATE_COUNT; gate++) ids[gate] = PI_GATES[gate].id;
  open_list(o, "gates");
  pi_outline_count(o, "minItems", PI_GATE_COUNT);
  pi_outline_count(o, "maxItems", PI_GATE_COUNT);
  open_object(o, "items", "[\"gate\", \"result\"]");
  pi_outline_open(o, "gate", '{');
  pi_outline_strings(o, "enum", ids, PI_GATE_COUNT, false);
  pi_outline_close(o, '}');
  WRITE(o, REST);
  close_object(o);
  pi_outline_close(o, '}');
}

static void write_factors(pi_outline *o) {
  static const property FACTOR[] = {
      {"id", "{\"$ref\": \"#/$defs/name\"}"},
      {"side", "{\"enum\": [\"interest\", \"harm\"]}"},
      {"from", "{\"enum\": [\"rule\", \"market\"]}"},
      {"strength", "{\"type\": \"number\", \"minimum\": 0, \"maximum\": 1}"},
      {"weight",
       "{\"type\": \"number\", \"exclusiveMinimum\": 0, \"maximum\": " PI_SPELL(PI_WEIGHT_POINTS_MAX) "}"},
      {"points", "{\"type\": \"number\", \"minimum\": 0, \"maximum\": " PI_SPELL(PI_WEIGHT_POINTS_MAX) "}"},
  };
  static const property CONDITION[] = {
      {"id", "{\"$ref\": \"#/$defs/name\"}"},
      {"from", "{\"enum\": [\"host\", \"rule\", \"market\"]}"},
      {"met", "{\"type\": \"boolean\"}"},
      {"why", "{\"type\": \"string\"}"},
  };
  open_list(o, "factors");
  open_object(o, "items", "[\"id\", \"side\", \"from\", \"strength\", \"weight\", \"points\"]");
  WRITE(o, FACTOR);
  close_object(o);
  pi_outline_close(o, '}');
  open_list(o, "conditions");
  open_object(o, "items", "[\"id\", \"from\", \"met\"]");
  WRITE(o, CONDITION);
  close_object(o);
  pi_outline_close(o, '}');
}

static void write_error(pi_outline *o) {
  static const property ERROR[] = {
      {"code", "{\"type\": \"string\", \"pattern\": \"^E[0-9]{4}$\"}"},
      {"kind", "{\"enum\": [\"script\", \"limit_instructions\", \"limit_memory\"]}"},
      {"message", "{\"type\": \"string\"}"},
      {"script", "{\"type\": \"string\"}"},
      {"line", "{\"type\": \"integer\", \"minimum\": 1}"},
  };
  open_object(o, "error", "[\"code\", \"kind\", \"message\"]");
  WRITE(o, ERROR);
  close_object(o);
}

static void write_rules(pi_outline *o) {
  static const property POINTS[] = {
      {"class", "{\"type\": \"string\"}"},
      {"interest", "{\"type\": \"number\", \"minimum\": 0}"},
      {"harm", "{\"type\": \"number\", \"minimum\": 0}"},
      {"bar", "{\"type\": \"number\", \"minimum\": 0, \"maximum\": " PI_SPELL(PI_BAR_POINTS_MAX) "}"},
  };
  static const property MARKET[] = {
      {"interest", "{\"type\": \"number\", \"minimum\": 0}"},
      {"harm", "{\"type\": \"number\", \"minimum\": 0}"},
      {"counted", "{\"type\": \"number\", \"minimum\": -3, \"maximum\": 3}"},
      {"clamped", "{\"type\": \"boolean\"}"},
  };
  open_list(o, "rules");
  open_object(o, "items", "[\"rule\", \"verdict\", \"basis\"]");
  pi_outline_raw(o, "rule", "{\"$ref\": \"#/$defs/name\"}");
  pi_outline_raw(o, "kind", "{\"$ref\": \"#/$defs/name\"}");
  write_outcomes(o, "verdict", PUBINT_REMOVE);
  write_bases(o, "basis", PUBINT_WEIGHED);
  WRITE(o, POINTS);
  open_object(o, "market", "[\"interest\", \"harm\", \"counted\", \"clamped\"]");
  WRITE(o, MARKET);
  close_object(o);
  pi_outline_raw(o, "margin", "{\"type\": \"number\"}");
  write_factors(o);
  pi_outline_raw(o, "notes", "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}");
  pi_outline_raw(o, "unassessed", "{\"$ref\": \"#/$defs/unassessed\"}");
  write_error(o);
  close_object(o);
  pi_outline_close(o, '}');
}

static void write_effects(pi_outline *o) {
  static const property EFFECTS[] = {
      {"click_through", "{\"const\": true}"},
      {"like", "{\"const\": false}"},
      {"retweet", "{\"const\": false}"},
      {"reply", "{\"const\": false}"},
      {"share", "{\"const\": false}"},
      {"recommend", "{\"const\": false}"},
      {"quote", "{\"const\": true}"},
      {"rules_named", "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/name\"}}"},
      {"learn_more", "{\"type\": \"string\"}"},
  };
  open_object(o, "effects",
              "[\"click_through\", \"like\", \"retweet\", \"reply\", \"share\", \"recommend\", \"quote\", "
              "\"rules_named\", \"learn_more\"]");
  WRITE(o, EFFECTS);
  close_object(o);
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
  pi_outline_bool(o, "additionalProperties", false);
}

void pi_schema_evaluation(pi_buffer *out) {
  static const property TAIL[] = {
      {"redacted_text", "{\"type\": \"string\"}"},
      {"withheld_in",
       "{\"type\": \"array\", \"items\": {\"type\": \"string\", \"pattern\": \"^[A-Z]{2}$\"}}"},
      {"unknown", "{\"$ref\": \"#/$defs/paths\"}"},
      {"policy", "{\"type\": \"string\"}"},
      {"host", "{\"type\": \"string\"}"},
  };
  pi_outline outline = {.out = out, .first = true};
  pi_outline *o = &outline;
  open_schema(o, "\"urn:pubint:evaluation:1\"", PI_SLICE("An evaluation: what pubint returns for a case"));
  pi_outline_raw(o, "required",
                 "[\"v\", \"id\", \"outcome\", \"basis\", \"final\", \"gates\", \"policy\", \"host\"]");
  pi_outline_open(o, "properties", '{');
  pi_outline_raw(o, "v", "{\"const\": 1}");
  pi_outline_raw(o, "id", "{\"type\": \"string\"}");
  write_outcomes(o, "outcome", PUBINT_NO_ACTION);
  write_bases(o, "basis", PUBINT_NO_VIOLATION);
  pi_outline_raw(o, "final", "{\"type\": \"boolean\"}");
  write_gates(o);
  pi_outline_raw(o, "missing", "{\"$ref\": \"#/$defs/paths\"}");
  write_rules(o);
  open_object(o, "market", "[\"id\", \"script\"]");
  pi_outline_raw(o, "id", "{\"type\": \"string\"}");
  pi_outline_raw(o, "script", "{\"type\": \"boolean\"}");
  close_object(o);
  write_effects(o);
  WRITE(o, TAIL);
  pi_outline_close(o, '}');
  write_definitions(o);
  pi_outline_close(o, '}');
}

void pi_schema_refusal(pi_buffer *out) {
  static const property LINE[] = {
      {"v", "{\"const\": 1}"},
      {"file", "{\"type\": \"string\"}"},
      {"line", "{\"type\": \"integer\", \"minimum\": 1}"},
      {"id", "{\"type\": \"string\"}"},
  };
  static const property ERROR[] = {
      {"code", "{\"type\": \"string\", \"pattern\": \"^E[0-9]{4}$\"}"},
      {"kind", "{\"const\": \"limit_time\"}"},
      {"message", "{\"type\": \"string\"}"},
      {"path", "{\"type\": \"string\"}"},
      {"column", "{\"type\": \"integer\", \"minimum\": 0}"},
      {"found", "{\"type\": \"string\"}"},
      {"expected", "{\"type\": \"string\"}"},
      {"hint", "{\"type\": \"string\"}"},
  };
  pi_outline outline = {.out = out, .first = true};
  pi_outline *o = &outline;
  open_schema(o, "\"urn:pubint:refusal:1\"",
              PI_SLICE("A refusal: the line of a batch that could not be evaluated"));
  pi_outline_raw(o, "required", "[\"v\", \"line\", \"error\"]");
  pi_outline_open(o, "properties", '{');
  WRITE(o, LINE);
  open_object(o, "error", "[\"code\", \"message\"]");
  WRITE(o, ERROR);
  close_object(o);
  pi_outline_close(o, '}');
  pi_outline_close(o, '}');
}
