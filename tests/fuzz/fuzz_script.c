/* Rule scripts through load and weigh. Made by a grammar, by moving the words of the shipped ones, or the
 * input as it is: loading gives a policy or an error with its place, weighing gives the same twice and in a
 * fresh state. */
#include <dirent.h>
#include <string.h>

#include "fuzz_policy.h"
#include "fuzz_target.h"
#include "policy_script.h"
#include "rules.h"
#include "script_maker.h"
#include "utf8.h"

enum { COUNT_SCRIPTS, COUNT_LOADED, COUNT_WEIGHED, COUNT_ERRORS, COUNT_LIMITS, COUNT_TIMES, COUNTS };
static fuzz_count counts[COUNTS] = {{"scripts", 0},       {"loaded", 0},       {"weighed to the end", 0},
                                    {"with an error", 0}, {"over a limit", 0}, {"out of time", 0}};

enum { SOURCE_MAX = 65536, SHIPPED_MAX = 16 };

typedef struct text {
  char bytes[SOURCE_MAX + 1];
  size_t length;
} text;

/* ---- where sources come from ---- */

static text shipped[SHIPPED_MAX];
static unsigned shipped_count;

static void read_shipped(void) {
  static const char FOLDER[] = PI_SOURCE_DIR "/scripts/rules";
  DIR *stream = opendir(FOLDER);
  FUZZ_CHECK(stream != NULL);
  for (const struct dirent *entry; (entry = readdir(stream)) != NULL && shipped_count < SHIPPED_MAX;) {
    char path[512];
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "%s/%s", FOLDER, entry->d_name);
    FILE *file = fopen(path, "rb");
    FUZZ_CHECK(file != NULL);
    text *out = &shipped[shipped_count++];
    out->length = fread(out->bytes, 1, SOURCE_MAX, file);
    fclose(file);
  }
  closedir(stream);
  FUZZ_CHECK(shipped_count > 0);
}

/* A first byte that is no text chooses the way; else the input is the script. */
static void make_source(const uint8_t *data, size_t size, text *out) {
  fuzz_stream stream = {data, data + size};
  unsigned first = fuzz_byte(&stream);
  if (first >= 0xc0) {
    out->length = script_make(&stream, out->bytes, SOURCE_MAX);
  } else if (first >= 0x80) {
    const text *base = &shipped[first % shipped_count];
    out->length = script_shuffle(&stream, base->bytes, base->length, out->bytes, SOURCE_MAX);
  } else {
    out->length = size < SOURCE_MAX ? size : SOURCE_MAX;
    if (size > 0) memcpy(out->bytes, data, out->length);
    out->bytes[out->length] = '\0';
  }
}

/* The rule that a script says it is, so that it is taken for it. */
static void name_after_source(pi_script *script) {
  static char name[64], file[80];
  const char *at = strstr(script->source.ptr, "rule = \"");
  snprintf(name, sizeof name, "hateful_conduct");
  if (at != NULL) {
    at += strlen("rule = \"");
    size_t length = strcspn(at, "\"");
    if (pi_id_valid((pi_slice){at, length})) snprintf(name, sizeof name, "%.*s", (int)length, at);
  }
  snprintf(file, sizeof file, "rules/%s.lua", name);
  script->name = pi_slice_of(name);
  script->file = pi_slice_of(file);
}

/* ---- what must hold ---- */

static void check_utf8(const char *field) {
  FUZZ_CHECK(pi_utf8_check(pi_slice_of(field)) == field + strlen(field));
}

static void check_refusal(pubint_status status, const pubint_error *error, const pi_script *script) {
  static char shown[4096];
  FUZZ_CHECK(status == PUBINT_E_POLICY && error->status == status);
  FUZZ_CHECK(error->code >= 2000 && error->code < 3000 && error->message[0] != '\0' &&
             error->file[0] != '\0');
  check_utf8(error->message);
  check_utf8(error->excerpt);
  check_utf8(error->file);
  uint64_t lines = 2;
  for (size_t i = 0; i < script->source.len; i++)
    lines += script->source.ptr[i] == '\n' || script->source.ptr[i] == '\r';
  if (strcmp(error->file, script->file.ptr) == 0) FUZZ_CHECK(error->line <= lines);
  FUZZ_CHECK(pubint_error_format(error, shown, sizeof shown) < sizeof shown);
  check_utf8(shown);
}

/* What one weighing left, as text. */
static void describe(const pi_script_call *call, pubint_status status, pi_buffer *out) {
  pi_buffer_reset(out);
  if (status != PUBINT_OK) {
    FUZZ_CHECK(status == PUBINT_E_LIMIT);
    pi_buffer_text(out, "time");
    return;
  }
  const pi_script_error *error = &call->error;
  pi_buffer_printf(out, "%d %u %llx\n", (int)error->failure, error->line, (unsigned long long)call->reads);
  if (error->failure != PI_FAILURE_NONE) {
    pi_buffer_slice(out, error->message);
    FUZZ_CHECK(error->message.len > 0 && error->message.len < 304);
    check_utf8(error->message.ptr);
    FUZZ_CHECK(error->script != NULL && error->line > 0);
    FUZZ_CHECK(call->balance->factors_count + call->balance->conditions_count + call->balance->notes_count ==
               0);
  }
  for (uint32_t i = 0; i < call->balance->factors_count; i++) {
    const pi_factor *factor = &call->balance->factors[i];
    pi_buffer_slice(out, factor->id);
    pi_buffer_printf(out, " %d %d %d\n", (int)factor->side, factor->strength, factor->weight);
  }
  for (uint32_t i = 0; i < call->balance->conditions_count; i++) {
    pi_buffer_slice(out, call->balance->conditions[i].id);
    pi_buffer_printf(out, " %d\n", call->balance->conditions[i].met);
  }
  for (uint32_t i = 0; i < call->balance->notes_count; i++) pi_buffer_slice(out, call->balance->notes[i]);
  pi_buffer_end(out);
}

static void weigh(pi_sandbox *sandbox, pi_buffer *out) {
  static pi_balance balance;
  static pi_arena arena;
  if (arena.block_bytes == 0) pi_arena_init(&arena, 1 << 16, 1 << 26);
  pi_script_call call = fuzz_call(&balance, &arena);
  pubint_status status = pi_sandbox_weigh(sandbox, &call, NULL);
  describe(&call, status, out);
  fuzz_check_balance(&balance);
  if (status != PUBINT_OK) {
    counts[COUNT_TIMES].value++;
  } else {
    counts[COUNT_WEIGHED].value += call.error.failure == PI_FAILURE_NONE;
    counts[COUNT_ERRORS].value += call.error.failure == PI_FAILURE_SCRIPT;
    counts[COUNT_LIMITS].value += call.error.failure > PI_FAILURE_SCRIPT;
  }
}

/* The length of a table with holes is outside the promise (it follows the state's hash seed), so scripts that
 * ask for a length are weighed but not compared. */
static void check_same(const pi_buffer *a, const pi_buffer *b, const text *source) {
  pi_slice left = {a->data, a->len}, right = {b->data, b->len};
  if (memchr(source->bytes, '#', source->length) != NULL) return;
  if (pi_slice_equal(left, PI_SLICE("time")) || pi_slice_equal(right, PI_SLICE("time"))) return;
  if (!pi_slice_equal(left, right)) {
    fprintf(stderr, "%s\n--- gave\n%.*s\n--- and then\n%.*s\n", source->bytes, (int)left.len, left.ptr,
            (int)right.len, right.ptr);
  }
  FUZZ_CHECK(pi_slice_equal(left, right));
}

static void weigh_thrice(const text *source) {
  static pi_buffer first, second;
  if (first.max == 0) {
    pi_buffer_init(&first, 1 << 20);
    pi_buffer_init(&second, 1 << 20);
  }
  pi_sandbox *sandbox;
  FUZZ_CHECK(pi_sandbox_new(&sandbox, fuzz_policy(), NULL) == PUBINT_OK);
  weigh(sandbox, &first);
  weigh(sandbox, &second);
  pi_sandbox_free(sandbox);
  check_same(&first, &second, source);
  if (counts[COUNT_LOADED].value % 8 != 0) return;
  FUZZ_CHECK(pi_sandbox_new(&sandbox, fuzz_policy(), NULL) == PUBINT_OK);
  weigh(sandbox, &second);
  pi_sandbox_free(sandbox);
  check_same(&first, &second, source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static text source;
  pubint_error error = {0};
  if (shipped_count == 0) {
    read_shipped();
    fuzz_print_at_exit("fuzz_script", counts, COUNTS, NULL);
  }
  make_source(data, size, &source);
  pi_script *script = fuzz_rule(source.bytes, source.length);
  name_after_source(script);
  counts[COUNT_SCRIPTS].value++;
  pubint_status status = pi_policy_script_load(fuzz_policy(), script, &error);
  if (status != PUBINT_OK) {
    check_refusal(status, &error, script);
    return 0;
  }
  FUZZ_CHECK(script->class_name.len > 0 && script->bar >= 0 && script->bar <= 100000);
  counts[COUNT_LOADED].value++;
  weigh_thrice(&source);
  return 0;
}
