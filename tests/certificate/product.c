#include "product.h"

#include <stdio.h>
#include <string.h>

/* The text of every case: a telephone number, which some violations mark at its first place. */
#define NUMBER "0612345678"
static const char TEXT[] = NUMBER ", " NUMBER;
static const char SHOWN[] = ",\"redacted_text\":\"" NUMBER ", " NUMBER "\"";
static const char SHOWN_BLOTTED[] = ",\"redacted_text\":\"█████, █████\"";

product_case product_ordinary(uint32_t index) {
  return (product_case){index, "{\"rule\":\"abuse_harassment\"}", 1, {BROKEN_GRANTED, CONCERN_SOME, true}};
}

uint32_t product_count(void) {
  uint32_t count = 1;
  for (int fact = 0; fact < GATE_FACTS_COUNT; fact++) count *= FACT_VALUES[fact].count;
  return count;
}

gate_point product_point(uint32_t index) {
  gate_point point;
  for (int fact = 0; fact < GATE_FACTS_COUNT; fact++) {
    point.value[fact] = (uint8_t)(index % FACT_VALUES[fact].count);
    index /= FACT_VALUES[fact].count;
  }
  return point;
}

uint32_t product_index(const gate_point *point) {
  uint32_t index = 0;
  for (int fact = GATE_FACTS_COUNT - 1; fact >= 0; fact--)
    index = index * FACT_VALUES[fact].count + point->value[fact];
  return index;
}

/* A text of bounded size; `full` once something did not fit. */
typedef struct text {
  char *out;
  size_t size;
  size_t length;
  bool full;
} text;

static void put(text *t, const char *piece) {
  size_t length = strlen(piece);
  if (t->full || length >= t->size - t->length) {
    t->full = true;
    return;
  }
  memcpy(t->out + t->length, piece, length + 1);
  t->length += length;
}

static void put_number(text *t, uint32_t number) {
  char digits[16];
  (void)snprintf(digits, sizeof digits, "%u", (unsigned)number);
  put(t, digits);
}

/* ,"KEY":VALUE — or null, or nothing at all, for a fact that is unknown. */
static void put_fact(text *t, const gate_point *point, gate_fact fact, bool with_null) {
  const char *value = FACT_VALUES[fact].values[point->value[fact]];
  if (value == NULL && !with_null) return;
  put(t, ",\"");
  put(t, strrchr(FACT_VALUES[fact].path, '.') + 1);
  put(t, "\":");
  put(t, value != NULL ? value : "null");
}

size_t product_case_json(const product_case *self, char *out, size_t size) {
  text t = {.out = out, .size = size};
  gate_point point = product_point(self->index);
  bool with_null = (self->index * 2654435761u >> 31) != 0; /* scattered: no value of a fact decides it */
  put(&t, "{\"v\":1,\"id\":\"p-");
  put_number(&t, self->index);
  put(&t, "\",\"tweet\":{\"text\":\"");
  put(&t, TEXT);
  put(&t, "\"},\"account\":{\"id\":\"1\"");
  put_fact(&t, &point, FACT_KIND, with_null);
  put_fact(&t, &point, FACT_AUTHENTIC, with_null);
  put_fact(&t, &point, FACT_VERIFIED, with_null);
  put_fact(&t, &point, FACT_VERIFIED_TYPE, with_null);
  put_fact(&t, &point, FACT_FOLLOWERS, with_null);
  put(&t, ",\"office\":{\"level\":\"national\"");
  put_fact(&t, &point, FACT_STATUS, with_null);
  put_fact(&t, &point, FACT_SELECTION, with_null);
  put_fact(&t, &point, FACT_LEADERSHIP, with_null);
  put_fact(&t, &point, FACT_BRANCH, with_null);
  put(&t, "}},\"violations\":[");
  put(&t, self->violations);
  put(&t, "],\"context\":{\"market\":\"ZZ\"");
  if (self->facts.concern == CONCERN_NONE) put(&t, ",\"public_concern\":0");
  if (self->facts.concern == CONCERN_SOME) put(&t, ",\"public_concern\":0.000001"); /* the least there is */
  if (self->facts.harm_assessed)
    put(&t,
        ",\"call_to_action\":0,\"rights_interference\":0,\"offline_harm\":{\"likelihood\":0,\"severity\":0}");
  put(&t, "}}");
  return t.full ? 0 : t.length;
}

/* --- what the evaluation must say --- */

static const char *result_name(truth_result result) {
  switch (result) {
  case TRUTH_PASS: return "pass";
  case TRUTH_FAIL: return "fail";
  case TRUTH_UNKNOWN: return "unknown";
  }
  return "";
}

static void put_member(text *t, const char *key, const char *json) {
  put(t, ",\"");
  put(t, key);
  put(t, "\":");
  put(t, json);
}

static void put_gate(text *t, const char *gate, truth_result result) {
  put(t, "{\"gate\":\"");
  put(t, gate);
  put(t, "\",\"result\":\"");
  put(t, result_name(result));
  put(t, "\"");
}

/* Too few (negative) or over what is needed, for the values of FACT_VALUES[FACT_FOLLOWERS]. */
static const char *const FOLLOWERS_DISTANCE[] = {NULL, "-100001", "-2", "-1", "0"};

/* The evaluation from its beginning up to and with the result of gate office. */
static void put_beginning(text *t, const product_case *self, const gate_point *point,
                          const truth_gates *gates, const truth_outcome *outcome) {
  const char *verified = FACT_VALUES[FACT_VERIFIED].values[point->value[FACT_VERIFIED]];
  const char *type = FACT_VALUES[FACT_VERIFIED_TYPE].values[point->value[FACT_VERIFIED_TYPE]];
  const char *followers = FACT_VALUES[FACT_FOLLOWERS].values[point->value[FACT_FOLLOWERS]];
  put(t, "{\"v\":1,\"id\":\"p-");
  put_number(t, self->index);
  put(t, "\",\"outcome\":\"");
  put(t, outcome->outcome);
  put(t, "\",\"basis\":\"");
  put(t, outcome->basis);
  put(t, "\",\"final\":");
  put(t, outcome->final ? "true" : "false");
  put(t, ",\"gates\":[");
  put_gate(t, "rule_violation", self->violations_count > 0 ? TRUTH_PASS : TRUTH_FAIL);
  put(t, ",\"fact\":");
  put_number(t, self->violations_count);
  put(t, ",\"limit\":1},");
  put_gate(t, "verified", gates->verified.result);
  if (verified != NULL) put_member(t, "fact", verified);
  if (type != NULL) put_member(t, "type", type);
  put(t, "},");
  put_gate(t, "followers", gates->followers.result);
  if (followers != NULL) put_member(t, "fact", followers);
  put_member(t, "limit", "100000");
  if (followers != NULL) put_member(t, "distance", FOLLOWERS_DISTANCE[point->value[FACT_FOLLOWERS]]);
  put(t, "},");
  put_gate(t, "office", gates->office.result);
}

/* Which facts `missing` names; true when it is there at all. Unknown paths set *other. */
static bool read_missing(const char *evaluation, unsigned *named, bool *other) {
  const char *p = strstr(evaluation, "],\"missing\":[");
  *named = 0;
  *other = false;
  if (p == NULL) return false;
  p = strchr(p, ':') + 2;
  while (*p == '"') {
    const char *stop = strchr(p + 1, '"');
    if (stop == NULL) break;
    size_t length = (size_t)(stop - (p + 1));
    bool known = false;
    for (int fact = 0; fact < GATE_FACTS_COUNT; fact++) {
      const char *path = FACT_VALUES[fact].path;
      if (strlen(path) != length || memcmp(path, p + 1, length) != 0) continue;
      *named |= 1u << fact;
      known = true;
    }
    if (!known) *other = true;
    p = stop[1] == ',' ? stop + 2 : stop + 1;
  }
  return true;
}

static const char *missing_disagreement(const truth_gates *gates, const char *evaluation) {
  unsigned must = gates->verified.missing | gates->followers.missing | gates->office.missing;
  unsigned may = must | gates->office.may;
  unsigned named = 0;
  bool other = false;
  bool there = read_missing(evaluation, &named, &other);
  if (there != (must != 0)) return there ? "no `missing`" : "a `missing`";
  if (other || (named & must) != must || (named & ~may) != 0) return "other facts in `missing`";
  return NULL;
}

static const char EFFECTS[] =
    ",\"effects\":{\"click_through\":true,\"like\":false,\"retweet\":false,\"reply\":false,"
    "\"share\":false,\"recommend\":false,\"quote\":true,\"rules_named\":[\"";

static void put_condition(text *t, const char *id, truth_condition condition) {
  if (condition == CONDITION_ABSENT) return;
  put(t, "{\"id\":\"");
  put(t, id);
  put(t, condition == CONDITION_MET ? "\",\"from\":\"host\",\"met\":true},"
                                    : "\",\"from\":\"host\",\"met\":false},");
}

/* The host's conditions stand before the script's own; an entry without a script has none at all. */
static const char *conditions_disagreement(const truth_conditions *conditions, const char *evaluation,
                                           char *message, size_t size) {
  if (conditions->public_concern == CONDITION_ABSENT)
    return strstr(evaluation, "\"conditions\":[{") == NULL ? NULL : "no conditions";
  text t = {.out = message, .size = size};
  put(&t, ",\"conditions\":[");
  put_condition(&t, "public_concern", conditions->public_concern);
  put_condition(&t, "data_omitted", conditions->data_omitted);
  put(&t, "{\"id\":\"granted\",\"from\":\"rule\",\"met\":true");
  return !t.full && strstr(evaluation, message) != NULL ? NULL : message;
}

/* What nobody assessed, in the order of the facts' table. */
static const char *unassessed_disagreement(const truth_facts *facts, const truth_conditions *conditions,
                                           const char *evaluation, char *message, size_t size) {
  static const char KEY[] = ",\"unassessed\":[";
  text t = {.out = message, .size = size};
  put(&t, KEY);
  if (facts->concern == CONCERN_UNKNOWN) put(&t, "\"context.public_concern\",");
  if (!facts->harm_assessed)
    put(&t, "\"context.call_to_action\",\"context.rights_interference\","
            "\"context.offline_harm.likelihood\",\"context.offline_harm.severity\",");
  if (conditions->spans_unassessed) put(&t, "\"violations.spans\",");
  if (t.full) return "a message that fits";
  if (t.length == sizeof KEY - 1) return strstr(evaluation, KEY) == NULL ? NULL : "nothing unassessed";
  message[t.length - 1] = ']';
  return strstr(evaluation, message) != NULL ? NULL : message;
}

/* R095: where private data is marked, neither it nor a repeat of it is anywhere in the evaluation; and a text
 * stands on a notice and on a review only. */
static const char *text_disagreement(const product_case *self, const char *outcome, const char *evaluation) {
  bool marked = strstr(self->violations, "\"start\"") != NULL;
  bool shown = strcmp(outcome, "notice") == 0 || strcmp(outcome, "review") == 0;
  if (marked && strstr(evaluation, NUMBER) != NULL) return "an evaluation without the private data";
  if ((strstr(evaluation, ",\"redacted_text\":\"") != NULL) != shown) return shown ? "a text" : "no text";
  return !shown || strstr(evaluation, marked ? SHOWN_BLOTTED : SHOWN) != NULL ? NULL : "another text";
}

const char *product_disagreement(const product_case *self, const char *evaluation, char *message,
                                 size_t size) {
  gate_point point = product_point(self->index);
  truth_gates gates = truth_judge(&point);
  truth_outcome outcome = truth_decide(&self->facts, &gates);
  text t = {.out = message, .size = size};
  put_beginning(&t, self, &point, &gates, &outcome);
  if (t.full) return "a message that fits";
  if (strncmp(evaluation, message, t.length) != 0) return message;
  const char *rest = evaluation + t.length;
  bool notice = strcmp(outcome.outcome, "notice") == 0;
  if ((strstr(rest, EFFECTS) != NULL) != notice) return notice ? "all effects" : "no effects in full";
  if ((strstr(rest, ",\"effects\":") != NULL) != notice) return "no effects";
  if ((strstr(rest, ",\"rules\":[{") != NULL) != outcome.weighed)
    return outcome.weighed ? "weighed rules" : "no weighed rules";
  const char *wrong = text_disagreement(self, outcome.outcome, rest);
  if (wrong == NULL && outcome.weighed && self->violations_count == 1) {
    truth_conditions conditions = truth_conditions_of(&self->facts);
    wrong = conditions_disagreement(&conditions, rest, message, size);
    if (wrong == NULL) wrong = unassessed_disagreement(&self->facts, &conditions, rest, message, size);
  }
  return wrong != NULL ? wrong : missing_disagreement(&gates, rest);
}

/* --- choosing --- */

static bool is_notice(uint32_t index) {
  gate_point point = product_point(index);
  truth_gates gates = truth_judge(&point);
  product_case ordinary = product_ordinary(index);
  return strcmp(truth_decide(&ordinary.facts, &gates).outcome, "notice") == 0;
}

enum { FAR, NEAR, CHOSEN };

/* Marks a notice and every point that differs from it in one fact. */
static void mark_neighbourhood(uint32_t notice, uint8_t *marks) {
  marks[notice] = NEAR;
  for (int fact = 0; fact < GATE_FACTS_COUNT; fact++) {
    gate_point point = product_point(notice);
    for (uint8_t value = 0; value < FACT_VALUES[fact].count; value++) {
      point.value[fact] = value;
      marks[product_index(&point)] = NEAR;
    }
  }
}

/* Turns `take` of the `from` points marked `kind` to CHOSEN, evenly: the n-th when n·take/from steps on. */
static void choose_evenly(uint8_t kind, uint64_t from, uint64_t take, uint8_t *marks, uint32_t count) {
  uint64_t nth = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (marks[i] != kind) continue;
    if ((nth + 1) * take / from > nth * take / from) marks[i] = CHOSEN;
    nth++;
  }
}

uint32_t product_choose(uint32_t wanted, uint8_t *chosen) {
  uint32_t count = product_count(), near = 0;
  if (wanted > count) wanted = count;
  memset(chosen, FAR, count);
  for (uint32_t i = 0; i < count; i++)
    if (is_notice(i)) mark_neighbourhood(i, chosen);
  for (uint32_t i = 0; i < count; i++) near += chosen[i] == NEAR;
  uint32_t far = count - near;
  uint32_t take_near = near < wanted / 2 ? near : wanted / 2;
  if (wanted - take_near > far) take_near = wanted - far;
  choose_evenly(NEAR, near, take_near, chosen, count);
  choose_evenly(FAR, far, wanted - take_near, chosen, count);
  for (uint32_t i = 0; i < count; i++) chosen[i] = chosen[i] == CHOSEN;
  return wanted;
}
