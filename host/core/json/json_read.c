#include "json_read.h"

#include "errors.h"
#include "json_inside.h"

#include <stdio.h>

/* The kind of value that a byte begins; PI_JSON_BAD where none. */
static const unsigned char KIND_OF[256] = {
    ['{'] = PI_JSON_OBJECT, ['['] = PI_JSON_ARRAY,  ['"'] = PI_JSON_STRING, ['t'] = PI_JSON_TRUE,
    ['f'] = PI_JSON_FALSE,  ['n'] = PI_JSON_NULL,   ['-'] = PI_JSON_NUMBER, ['0'] = PI_JSON_NUMBER,
    ['1'] = PI_JSON_NUMBER, ['2'] = PI_JSON_NUMBER, ['3'] = PI_JSON_NUMBER, ['4'] = PI_JSON_NUMBER,
    ['5'] = PI_JSON_NUMBER, ['6'] = PI_JSON_NUMBER, ['7'] = PI_JSON_NUMBER, ['8'] = PI_JSON_NUMBER,
    ['9'] = PI_JSON_NUMBER,
};

static bool begins(pi_slice text, const char *mark, size_t len) {
  return text.len >= len && memcmp(text.ptr, mark, len) == 0;
}

pubint_status pi_json_init(pi_json *json, pi_slice text, uint64_t line, pi_arena *arena, unsigned depth_max,
                           pubint_error *error) {
  if (text.ptr == NULL) text.ptr = "";
  json->begin = text.ptr;
  json->p = text.ptr;
  json->end = text.ptr + text.len;
  json->value = text.ptr;
  json->arena = arena;
  json->depth = 0;
  json->depth_max = depth_max < PI_JSON_DEPTH_MAX ? depth_max : PI_JSON_DEPTH_MAX;
  json->first = false;
  json->error = error;
  json->line = line;
  if (error != NULL) {
    error->status = PUBINT_OK;
    error->code = 0;
  }
  if (begins(text, "\xEF\xBB\xBF", 3)) {
    return pi_json_refuse(json, text.ptr, PI_E_BOM, "a UTF-8 byte order mark", "a value", NULL);
  }
  if (begins(text, "\xFF\xFE", 2) || begins(text, "\xFE\xFF", 2)) {
    return pi_json_refuse(json, text.ptr, PI_E_BOM, "a UTF-16 byte order mark", "a value in UTF-8", NULL);
  }
  pi_json_skip_blanks(json);
  json->value = json->p;
  if (json->p == json->end) {
    return pi_json_refuse(json, json->p, PI_E_EMPTY, "the end of the text", "a value", NULL);
  }
  return PUBINT_OK;
}

/* A byte that begins no value. A plus or a point is the beginning of a number as others write it. */
static pi_json_kind refuse_value(pi_json *json, const char *expected) {
  bool number = json->p < json->end && (*json->p == '+' || *json->p == '.');
  if (number) {
    pi_json_refuse_byte(json, json->p, PI_E_BAD_NUMBER, "a digit or -");
  } else {
    pi_json_refuse_word(json, json->p, PI_E_UNEXPECTED, expected);
  }
  return PI_JSON_BAD;
}

pi_json_kind pi_json_peek(pi_json *json) {
  pi_json_skip_blanks(json);
  json->value = json->p;
  if (json->p < json->end) {
    pi_json_kind kind = (pi_json_kind)KIND_OF[(unsigned char)*json->p];
    if (kind != PI_JSON_BAD) return kind;
  }
  return refuse_value(json, "a value");
}

static pubint_status enter(pi_json *json, char bracket, const char *name) {
  pi_json_skip_blanks(json);
  json->value = json->p;
  if (json->p == json->end || *json->p != bracket) {
    return pi_json_refuse_byte(json, json->p, PI_E_UNEXPECTED, name);
  }
  if (json->depth >= json->depth_max) {
    char expected[32];
    snprintf(expected, sizeof expected, "at most %u levels", json->depth_max);
    return pi_json_refuse(json, json->p, PI_E_TOO_DEEP, name, expected, NULL);
  }
  json->path[json->depth] = (pi_json_step){{NULL, 0}, PI_JSON_NO_INDEX};
  json->depth++;
  json->p++;
  json->first = true;
  return PUBINT_OK;
}

pubint_status pi_json_enter_object(pi_json *json) {
  return enter(json, '{', "an object");
}

pubint_status pi_json_enter_array(pi_json *json) {
  return enter(json, '[', "an array");
}

static pubint_status leave(pi_json *json, bool *more) {
  json->p++;
  json->depth--;
  json->first = false;
  *more = false;
  return PUBINT_OK;
}

bool pi_json_take_key(pi_json *json, pi_slice likely, const char **at) {
  const char *p = json->p;
  if (!json->first) {
    if (json->end - p < 2 || *p != ',') return false;
    p += p[1] == ' ' ? 2 : 1;
  }
  if ((size_t)(json->end - p) < likely.len + 4) return false; /* quotes, colon and a value */
  if (p[0] != '"' || p[likely.len + 1] != '"' || p[likely.len + 2] != ':') return false;
  if (memcmp(p + 1, likely.ptr, likely.len) != 0) return false;
  *at = p;
  json->path[json->depth - 1] = (pi_json_step){{p + 1, likely.len}, PI_JSON_NO_INDEX};
  json->first = false;
  json->p = p + likely.len + 3;
  pi_json_skip_blanks(json);
  json->value = json->p;
  return true;
}

pubint_status pi_json_next_key(pi_json *json, pi_slice *key, const char **at, bool *more) {
  pi_json_step *step = &json->path[json->depth - 1];
  pi_json_skip_blanks(json);
  char byte = json->p < json->end ? *json->p : '\0';
  const char *expected = "a key in double quotes, or }";
  if (byte == '}') return leave(json, more);
  if (!json->first) {
    if (byte != ',') return pi_json_refuse_byte(json, json->p, PI_E_UNEXPECTED, ", or }");
    expected = "a key in double quotes";
    *step = (pi_json_step){{NULL, 0}, PI_JSON_NO_INDEX};
    json->p++;
    pi_json_skip_blanks(json);
    byte = json->p < json->end ? *json->p : '\0';
  }
  json->first = false;
  if (byte != '"') return pi_json_refuse_word(json, json->p, PI_E_UNEXPECTED, expected);
  if (at != NULL) *at = json->p;
  pubint_status status = pi_json_take_string(json, key);
  if (status != PUBINT_OK) return status;
  step->key = *key;
  pi_json_skip_blanks(json);
  if (json->p == json->end || *json->p != ':') {
    return pi_json_refuse_byte(json, json->p, PI_E_UNEXPECTED, ": after the key");
  }
  json->p++;
  pi_json_skip_blanks(json);
  json->value = json->p;
  *more = true;
  return PUBINT_OK;
}

pubint_status pi_json_next_item(pi_json *json, bool *more) {
  pi_json_skip_blanks(json);
  char byte = json->p < json->end ? *json->p : '\0';
  if (byte == ']') return leave(json, more);
  if (!json->first) {
    if (byte != ',') return pi_json_refuse_byte(json, json->p, PI_E_UNEXPECTED, ", or ]");
    json->p++;
    pi_json_skip_blanks(json);
  }
  json->path[json->depth - 1].index++; /* from PI_JSON_NO_INDEX to 0 at the first */
  json->value = json->p;
  if (json->first && KIND_OF[(unsigned char)byte] == PI_JSON_BAD) {
    refuse_value(json, "a value or ]");
    return PUBINT_E_INPUT;
  }
  json->first = false;
  *more = true;
  return PUBINT_OK;
}

pubint_status pi_json_string(pi_json *json, pi_slice *out) {
  if (json->value == json->p && json->p < json->end && *json->p == '"') return pi_json_take_string(json, out);
  if (pi_json_peek(json) != PI_JSON_STRING) {
    return pi_json_refuse_byte(json, json->p, PI_E_UNEXPECTED, "a string");
  }
  return pi_json_take_string(json, out);
}

pubint_status pi_json_literal(pi_json *json) {
  static const char *const WORDS[] = {
      [PI_JSON_TRUE] = "true", [PI_JSON_FALSE] = "false", [PI_JSON_NULL] = "null"};
  pi_json_kind kind = pi_json_peek(json);
  if (kind != PI_JSON_TRUE && kind != PI_JSON_FALSE && kind != PI_JSON_NULL) {
    return pi_json_refuse_byte(json, json->p, PI_E_UNEXPECTED, "true, false or null");
  }
  const char *p = json->p;
  for (const char *letter = WORDS[kind]; *letter != '\0'; letter++, p++) {
    if (p == json->end || *p != *letter) {
      return pi_json_refuse_byte(json, p, PI_E_UNEXPECTED, WORDS[kind]);
    }
  }
  json->p = p;
  return PUBINT_OK;
}

pubint_status pi_json_finish(pi_json *json) {
  pi_json_skip_blanks(json);
  if (json->p == json->end) return PUBINT_OK;
  return pi_json_refuse_word(json, json->p, PI_E_TRAILING, "the end of the text");
}
