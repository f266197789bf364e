/* Two properties of the reader of cases, tried on many: neither the order of keys nor how they are written
 * shows in the facts, and neither does what a decoder remembers of earlier cases. And the data that is at
 * hand reads. */
#include "buffer.h"
#include "decode_support.h"
#include "json_read.h"
#include "utf8.h"

/* A small generator of our own, so that every run tries the same (xorshift64*). */
typedef struct chance {
  uint64_t state;
} chance;

static uint32_t draw(chance *self, uint32_t below) {
  self->state ^= self->state >> 12;
  self->state ^= self->state << 25;
  self->state ^= self->state >> 27;
  return (uint32_t)((self->state * UINT64_C(2685821657736338717)) >> 33) % below;
}

/* One value of a case as it is written. */
enum { NODES_MAX = 512, CHILDREN_MAX = 64 };

typedef struct node {
  pi_json_kind kind;
  pi_slice key;  /* unescaped */
  pi_slice text; /* of a string, unescaped; of a number or literal as written */
  int children[CHILDREN_MAX];
  int count;
} node;

typedef struct document {
  node nodes[NODES_MAX];
  int count;
} document;

static int read_node(document *self, pi_json *json, pi_slice key) {
  assert_true(self->count < NODES_MAX);
  int index = self->count++;
  node *here = &self->nodes[index];
  *here = (node){.kind = pi_json_peek(json), .key = key};
  pi_slice child_key = {NULL, 0};
  bool more = true;
  if (here->kind == PI_JSON_STRING) {
    assert_int_equal(pi_json_string(json, &here->text), PUBINT_OK);
  } else if (here->kind == PI_JSON_NUMBER) {
    pi_json_number number;
    assert_int_equal(pi_json_number_text(json, &number), PUBINT_OK);
    here->text = number.text;
  } else if (here->kind != PI_JSON_OBJECT && here->kind != PI_JSON_ARRAY) {
    const char *begin = json->p;
    assert_int_equal(pi_json_literal(json), PUBINT_OK);
    here->text = (pi_slice){begin, (size_t)(json->p - begin)};
  } else {
    bool object = here->kind == PI_JSON_OBJECT;
    assert_int_equal(object ? pi_json_enter_object(json) : pi_json_enter_array(json), PUBINT_OK);
    while (true) {
      pubint_status status =
          object ? pi_json_next_key(json, &child_key, NULL, &more) : pi_json_next_item(json, &more);
      assert_int_equal(status, PUBINT_OK);
      if (!more) break;
      assert_true(here->count < CHILDREN_MAX);
      here->children[here->count++] = read_node(self, json, child_key);
    }
  }
  return index;
}

static void write_blanks(pi_buffer *out, chance *luck) {
  for (uint32_t count = draw(luck, 4); count > 1; count--) pi_buffer_byte(out, " \t\r\n"[draw(luck, 4)]);
}

/* A string with each character plain or escaped, as chance has it. */
static void write_string(pi_buffer *out, chance *luck, pi_slice text) {
  pi_buffer_byte(out, '"');
  for (const char *p = text.ptr; p < text.ptr + text.len;) {
    size_t bytes;
    uint32_t code = pi_utf8_decode(p, &bytes);
    bool must = code < 0x20 || code == '"' || code == '\\';
    if (!must && draw(luck, 4) > 0) {
      pi_buffer_append(out, p, bytes);
    } else if (code < 0x10000) {
      pi_buffer_printf(out, draw(luck, 2) ? "\\u%04x" : "\\u%04X", code);
    } else {
      code -= 0x10000;
      pi_buffer_printf(out, "\\u%04x\\u%04X", 0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF));
    }
    p += bytes;
  }
  pi_buffer_byte(out, '"');
}

static void write_node(document *self, pi_buffer *out, chance *luck, int index) {
  node *here = &self->nodes[index];
  write_blanks(out, luck);
  if (here->kind == PI_JSON_STRING) {
    write_string(out, luck, here->text);
  } else if (here->kind != PI_JSON_OBJECT && here->kind != PI_JSON_ARRAY) {
    pi_buffer_slice(out, here->text);
  } else {
    bool object = here->kind == PI_JSON_OBJECT;
    for (int i = here->count - 1; object && i > 0; i--) {
      int other = (int)draw(luck, (uint32_t)i + 1);
      int moved = here->children[i];
      here->children[i] = here->children[other];
      here->children[other] = moved;
    }
    pi_buffer_byte(out, object ? '{' : '[');
    for (int i = 0; i < here->count; i++) {
      if (i > 0) pi_buffer_byte(out, ',');
      write_blanks(out, luck);
      if (object) {
        write_string(out, luck, self->nodes[here->children[i]].key);
        write_blanks(out, luck);
        pi_buffer_byte(out, ':');
      }
      write_node(self, out, luck, here->children[i]);
      write_blanks(out, luck);
    }
    pi_buffer_byte(out, object ? '}' : ']');
  }
  write_blanks(out, luck);
}

static bool same_tree(const pi_tree *a, const pi_tree *b) {
  if (a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++) {
    const pi_node *x = &a->nodes[i];
    const pi_node *y = &b->nodes[i];
    if (x->kind != y->kind || x->count != y->count || !pi_slice_equal(x->key, y->key)) return false;
    if (x->kind == PI_NODE_STRING && !pi_slice_equal(x->as.string, y->as.string)) return false;
    if (x->kind == PI_NODE_NUMBER && memcmp(&x->as.number, &y->as.number, sizeof(double)) != 0) return false;
    if (x->kind == PI_NODE_INTEGER && x->as.integer != y->as.integer) return false;
    if (x->kind == PI_NODE_BOOLEAN && x->as.boolean != y->as.boolean) return false;
  }
  return true;
}

static bool same_value(pi_fact_type type, const pi_value *a, const pi_value *b) {
  switch (type) {
  case PI_TYPE_WORD: return a->word == b->word;
  case PI_TYPE_BOOL: return a->boolean == b->boolean;
  case PI_TYPE_COUNT: return a->count == b->count;
  case PI_TYPE_STRENGTH: return a->micro == b->micro;
  case PI_TYPE_TREE: return same_tree(&a->tree, &b->tree);
  case PI_TYPE_COUNTRIES:
    if (a->countries.count != b->countries.count) return false;
    for (uint32_t i = 0; i < a->countries.count; i++) {
      if (!pi_slice_equal(a->countries.codes[i], b->countries.codes[i])) return false;
    }
    return true;
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET: break;
  }
  return pi_slice_equal(a->string, b->string);
}

static bool same_violation(const pi_violation *a, const pi_violation *b) {
  if (a->rule != b->rule || a->kind_word != b->kind_word || a->grounds != b->grounds) return false;
  if (!pi_slice_equal(a->rule_id, b->rule_id) || (a->kind.ptr == NULL) != (b->kind.ptr == NULL)) return false;
  if (!pi_slice_equal(a->kind, b->kind) || a->spans_count != b->spans_count) return false;
  for (int i = 0; i < a->spans_count; i++) {
    if (a->spans[i].start != b->spans[i].start || a->spans[i].end != b->spans[i].end) return false;
    if (a->spans[i].kind != b->spans[i].kind) return false;
  }
  return true;
}

static void expect_same(const pi_case *a, const pi_case *b) {
  assert_true(a->known == b->known);
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (!pi_case_knows(a, (pi_fact)fact)) continue;
    if (!same_value(PI_FACTS[fact].type, &a->facts[fact], &b->facts[fact])) {
      fail_msg("%s differs", PI_FACTS[fact].path.ptr);
    }
  }
  assert_int_equal(a->violations_count, b->violations_count);
  assert_int_equal(a->has_spans, b->has_spans);
  for (uint32_t i = 0; i < a->violations_count; i++) {
    assert_true(same_violation(&a->violations[i], &b->violations[i]));
  }
}

static const char *const CASES[] = {
    "{'v':1,'id':'c-1','tweet':{'id':'1266231100780744704','text':'call \\u0000 \\ud83d\\ude00 06-12345678',"
    "'lang':'en','created_at':'2020-05-29T04:53:00Z'},'account':{'id':'25073877','username':'x',"
    "'kind':'person','authentic':true,'observed_at':'2020-05-29T05:00:00Z','verified':true,"
    "'verified_type':'legacy','followers_count':80000000,'office':{'status':'holder','selection':'elected',"
    "'leadership':true,'level':'national','branch':'executive','title':'President','country':'US'}},"
    "'violations':[{'rule':'violence','kind':'glorification'},{'rule':'private_information','kind':'posted',"
    "'spans':[{'start':0,'end':4},{'start':9,'end':20,'kind':'phone'}]},{'rule':'hateful_conduct',"
    "'grounds':['race','age']},{'rule':'spam','kind':'bulk'}],'context':{'market':'US',"
    "'target':{'kind':'official','political_context':true},'public_debate':0.8,'call_to_protest':0.123,"
    "'office_relevance':0,'geopolitical_clarity':'high','record_value':false,'offline_harm':{'likelihood':'"
    "low',"
    "'severity':0.6},'withheld_in':['DE','FR'],'signals':{'free':'form','deep':{'a':[1,2.5,{'b':[]}],'c':"
    "null},"
    "'n':-0.0,'big':9007199254740993}}}",
    "{'id':'r-00000','tweet':{'id':'1085300352545451650','text':'Al die','lang':'nl'},'violations':[],"
    "'account':null,'context':{'target':{'kind':null},'offline_harm':{}}}",
};

/* The order of keys, blanks and escapes do not show; a memory of any other order does not either. */
static void test_decode_order_and_writing_do_not_show(void **state) {
  (void)state;
  enum { ROUNDS = 3000 };
  chance luck = {UINT64_C(0x9E3779B97F4A7C15)};
  pi_decode_memory memory = {0};
  document *text = malloc(sizeof *text);
  assert_non_null(text);
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    fixture *first = decode_good(CASES[i]);
    text->count = 0;
    pi_json json;
    pi_slice source = pi_slice_of(first->text);
    assert_int_equal(pi_json_init(&json, source, 1, &first->arena, 64, &first->error), PUBINT_OK);
    int root = read_node(text, &json, (pi_slice){NULL, 0});
    pi_buffer line;
    pi_buffer_init(&line, 1 << 20);
    for (int round = 0; round < ROUNDS; round++) {
      fixture *again = fixture_new();
      pi_buffer_reset(&line);
      write_node(text, &line, &luck, root);
      assert_false(line.failed);
      pi_slice written = {line.data, line.len};
      pubint_status status =
          pi_decode_case(&again->input, written, 1, &again->arena, round % 2 ? &memory : NULL, &again->error);
      if (status != PUBINT_OK) fail_msg("E%u %s", again->error.code, again->error.path);
      expect_same(&first->input, &again->input);
      fixture_free(again);
    }
    pi_buffer_dispose(&line);
    fixture_free(first);
  }
  free(text);
}

/* Whatever the memory holds, a number beyond the table too, the result is the same: refusals as well. */
static void test_decode_memory_never_shows(void **state) {
  (void)state;
  static const char *const LINES[] = {
      "{'id':'a','violations':[]}",
      "{'id':'a','id':'b'}",
      "{'':1}",
      "{'id':'a','violations':[],'tweet':{'id':'x','':1}}",
      "{'violations':[],'context':{'target':{'kind':'group'},'kind':'x'}}",
      "{'id':'a','violations':[],'account':{'office':{'country':'NL','status':'none'},'kind':'other'}}",
  };
  for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
    for (int fill = 0; fill < 256; fill++) {
      fixture *plain = fixture_new();
      fixture *other = fixture_new();
      pi_decode_memory memory;
      memset(&memory, fill, sizeof memory);
      place at;
      place first;
      pi_slice line = {plain->text, plain_text(LINES[i], plain->text, sizeof plain->text, &at, &first)};
      pubint_status status = decode_slice(plain, line);
      assert_int_equal(pi_decode_case(&other->input, line, 1, &other->arena, &memory, &other->error), status);
      if (status == PUBINT_OK) {
        expect_same(&plain->input, &other->input);
      } else {
        assert_memory_equal(&plain->error, &other->error, sizeof plain->error);
        assert_true(plain->input.known == other->input.known);
      }
      fixture_free(plain);
      fixture_free(other);
    }
  }
}

/* Reads every line of a file of the shared data; of documented cases the value of "case". Returns how many
 * there were, -1 where the file is absent. */
static long decode_file(const char *name, bool wrapped) {
  char path[512];
  snprintf(path, sizeof path, PI_SOURCE_DIR "/../shared/data/%s", name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) return -1;
  pi_decode_memory memory = {0};
  char *line = NULL;
  size_t capacity = 0;
  long count = 0;
  for (ssize_t length = getline(&line, &capacity, file); length > 0;
       length = getline(&line, &capacity, file)) {
    pi_slice text = {line, (size_t)length};
    if (wrapped) {
      pi_slice before = PI_SLICE("{\"case\": ");
      const char *end = strstr(line, ", \"documented\": ");
      assert_true(end != NULL && memcmp(line, before.ptr, before.len) == 0);
      text = (pi_slice){line + before.len, (size_t)(end - line) - before.len};
    }
    fixture *self = fixture_new();
    count++;
    pubint_status status =
        pi_decode_case(&self->input, text, (uint64_t)count, &self->arena, &memory, &self->error);
    if (status != PUBINT_OK) fail_msg("%s:%ld: E%u %s", name, count, self->error.code, self->error.path);
    assert_true(pi_case_knows(&self->input, PI_FACT_ID));
    fixture_free(self);
  }
  free(line);
  fclose(file);
  return count;
}

static void test_decode_reads_the_data_at_hand(void **state) {
  (void)state;
  static const struct {
    const char *name;
    bool wrapped;
    long count;
  } FILES[] = {{"documented_cases.jsonl", true, 26}, {"real_text_cases.jsonl", false, 6000}};
  for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
    long count = decode_file(FILES[i].name, FILES[i].wrapped);
    if (count < 0) {
      print_message("%s is not here: none of its cases was tried\n", FILES[i].name);
      continue;
    }
    print_message("%s: %ld cases read\n", FILES[i].name, count);
    assert_int_equal(count, FILES[i].count);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_decode_order_and_writing_do_not_show),
      cmocka_unit_test(test_decode_memory_never_shows),
      cmocka_unit_test(test_decode_reads_the_data_at_hand),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
