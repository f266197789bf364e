/* One Tweet in four encodings is one case: those of same/, and every Tweet of the payloads in ../shared/data,
 * written anew as API v1.1 and v2 would; those payloads themselves are imported or refused, each with a
 * reason.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "files.h"
#include "import_rig.h"
#include "import_values.h"
#include "json_read.h"
#include "json_write.h"
#include "test.h"
#include "times.h"
#include "utf8.h"

enum { TEXT_MAX = 1 << 28 };

/* --- the four of same/ --- */

static void test_import_same_of_four_files(void **state) {
  (void)state;
  static const char *const FILES[] = {"v1_object.json", "v1_search.json", "v2_envelope.json",
                                      "v2_flat.jsonl"};
  static const char EXPECTED[] =
      "{\"v\":1,\"id\":\"1050118621198921728\",\"tweet\":{\"id\":\"1050118621198921728\",\"text\":"
      "\"Fish & ships <3 \xF0\x9F\x9A\xA2\\nand &lt; is no tag\",\"lang\":\"en\",\"created_at\":"
      "\"2018-10-10T20:19:24Z\"},\"account\":{\"id\":\"9007199254740993001\",\"username\":\"Harbour_Office\","
      "\"kind\":\"institution\",\"verified\":true,\"verified_type\":\"government\",\"followers_count\":250000,"
      "\"office\":{\"title\":\"Harbour master, \\\"acting\\\"\",\"status\":\"holder\"}},\"violations\":[{\"rule\":"
      "\"abuse_harassment\"}],\"context\":{\"hyperbole\":1,\"withheld_in\":[\"AT\",\"DE\",\"FR\"]}}\n";
  for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
    char name[512];
    snprintf(name, sizeof name, PI_SOURCE_DIR "/tests/flow/import/same/%s", FILES[i]);
    char *payload = files_read(name, NULL);
    assert_non_null(payload);
    import_rig_run(&rig, payload,
                   "account_id,kind,status,title\n9007199254740993001,institution,holder,"
                   "\"Harbour master, \"\"acting\"\"\"\n",
                   "tweet_id,rule,context.hyperbole\r\n1050118621198921728,abuse_harassment,severe\r\n");
    free(payload);
    import_rig_expect(&rig, 1, 0);
    assert_string_equal(import_rig_cases(&rig), EXPECTED);
  }
}

/* --- any case, written as a payload --- */

static void put_member(pi_buffer *out, const char *key, pi_slice text) {
  if (text.ptr == NULL) return;
  pi_buffer_printf(out, ",\"%s\":", key);
  pi_json_write_string(out, text);
}

static pi_slice string_of(const pi_case *input, pi_fact fact) {
  return pi_case_knows(input, fact) ? input->facts[fact].string : (pi_slice){NULL, 0};
}

/* As Twitter writes a text: three characters as entities, here whatever is not ASCII as \u too. */
static void put_text(pi_buffer *out, const char *key, pi_slice text, bool escape) {
  pi_buffer entities, quoted;
  pi_buffer_init(&entities, TEXT_MAX);
  pi_buffer_init(&quoted, TEXT_MAX);
  for (size_t i = 0; i < text.len; i++) {
    char byte = text.ptr[i];
    const char *entity = byte == '&' ? "&amp;" : byte == '<' ? "&lt;" : byte == '>' ? "&gt;" : NULL;
    if (entity != NULL) {
      pi_buffer_text(&entities, entity);
    } else {
      pi_buffer_byte(&entities, byte);
    }
  }
  pi_json_write_string(&quoted, (pi_slice){entities.data, entities.len});
  pi_buffer_printf(out, ",\"%s\":", key);
  for (size_t i = 0; i < quoted.len;) {
    size_t bytes;
    uint32_t code = pi_utf8_decode(quoted.data + i, &bytes);
    if (!escape || code < 0x80) {
      pi_buffer_append(out, quoted.data + i, bytes);
    } else if (code < 0x10000) {
      pi_buffer_printf(out, "\\u%04x", code);
    } else {
      pi_buffer_printf(out, "\\u%04x\\u%04x", 0xD800 + ((code - 0x10000) >> 10),
                       0xDC00 + ((code - 0x10000) & 0x3FF));
    }
    i += bytes;
  }
  pi_buffer_dispose(&entities);
  pi_buffer_dispose(&quoted);
}

/* 2018-10-10T20:19:24Z as Wed Oct 10 20:19:24 +0000 2018 */
static void put_old_time(pi_buffer *out, pi_slice time) {
  static const char DAYS[] = "ThuFriSatSunMonTueWed";
  static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (time.ptr == NULL) return;
  assert_int_equal(time.len, 20);
  int day = (int)(pi_time_seconds(time) / PI_TIME_DAY % 7);
  int month = (time.ptr[5] - '0') * 10 + time.ptr[6] - '0';
  pi_buffer_printf(out, ",\"created_at\":\"%.3s %.3s %.2s %.8s +0000 %.4s\"", DAYS + day * 3,
                   MONTHS + (month - 1) * 3, time.ptr + 8, time.ptr + 11, time.ptr);
}

static void put_user(pi_buffer *out, const pi_case *input, bool old) {
  pi_buffer_text(out, "{\"name\":\"\"");
  put_member(out, old ? "id_str" : "id", string_of(input, PI_FACT_ACCOUNT_ID));
  put_member(out, old ? "screen_name" : "username", string_of(input, PI_FACT_ACCOUNT_USERNAME));
  if (pi_case_knows(input, PI_FACT_ACCOUNT_VERIFIED)) {
    pi_buffer_printf(out, ",\"verified\":%s",
                     input->facts[PI_FACT_ACCOUNT_VERIFIED].boolean ? "true" : "false");
  }
  if (pi_case_knows(input, PI_FACT_ACCOUNT_VERIFIED_TYPE)) {
    uint8_t word = input->facts[PI_FACT_ACCOUNT_VERIFIED_TYPE].word;
    put_member(out, "verified_type", PI_FACTS[PI_FACT_ACCOUNT_VERIFIED_TYPE].words.words[word]);
  }
  if (pi_case_knows(input, PI_FACT_ACCOUNT_FOLLOWERS_COUNT)) {
    pi_buffer_printf(out,
                     old ? ",\"followers_count\":%lld" : ",\"public_metrics\":{\"followers_count\":%lld}",
                     (long long)input->facts[PI_FACT_ACCOUNT_FOLLOWERS_COUNT].count);
  }
  pi_buffer_byte(out, '}');
}

static void put_withheld(pi_buffer *out, const pi_case *input, bool old) {
  if (!pi_case_knows(input, PI_FACT_WITHHELD_IN)) return;
  pi_countries countries = input->facts[PI_FACT_WITHHELD_IN].countries;
  pi_buffer_text(out, old ? ",\"withheld_in_countries\":" : ",\"withheld\":{\"country_codes\":");
  for (uint32_t i = countries.count; i-- > 0;) {
    pi_buffer_printf(out, "%c\"%.2s\"", i + 1 == countries.count ? '[' : ',', countries.codes[i].ptr);
  }
  pi_buffer_text(out, old ? "]" : "]}");
}

/* The number beside id_str, as a program that reads it as a double writes it. */
static void put_rounded_id(pi_buffer *out, pi_slice id) {
  char text[32];
  char *end;
  if (id.len == 0 || id.len >= sizeof text) return;
  memcpy(text, id.ptr, id.len);
  text[id.len] = '\0';
  long long number = strtoll(text, &end, 10);
  if (*end == '\0') pi_buffer_printf(out, ",\"id\":%lld", (long long)(double)number);
}

static void put_tweet(pi_buffer *out, const pi_case *input, bool old, bool other) {
  bool account = pi_case_knows(input, PI_FACT_ACCOUNT_ID);
  pi_slice created_at = string_of(input, PI_FACT_TWEET_CREATED_AT);
  pi_buffer_text(out, "{\"source\":null");
  put_member(out, old ? "id_str" : "id", string_of(input, PI_FACT_TWEET_ID));
  if (old) put_rounded_id(out, string_of(input, PI_FACT_TWEET_ID));
  put_text(out, old ? "full_text" : "text", string_of(input, PI_FACT_TWEET_TEXT), other);
  put_member(out, "lang", string_of(input, PI_FACT_TWEET_LANG));
  if (old) {
    put_old_time(out, created_at);
  } else {
    put_member(out, "created_at", created_at);
  }
  put_withheld(out, input, old);
  if (!old) put_member(out, "author_id", string_of(input, PI_FACT_ACCOUNT_ID));
  if (account && (old || other)) {
    pi_buffer_text(out, old ? ",\"user\":" : ",\"author\":");
    put_user(out, input, old);
  }
  pi_buffer_byte(out, '}');
}

/* v1.1 alone and as a search, v2 with includes and flat. */
static void put_payload(pi_buffer *out, const pi_case *input, unsigned encoding) {
  bool old = encoding < 2;
  bool other = encoding % 2 == 1;
  pi_buffer_text(out, old ? (other ? "{\"statuses\":[" : "") : (other ? "" : "{\"data\":[\n"));
  put_tweet(out, input, old, other);
  if (old && other) pi_buffer_text(out, "]}");
  if (old || other) return;
  pi_buffer_text(out, "],\n\"includes\":{\"users\":[");
  put_user(out, input, false);
  pi_buffer_text(out, "]}}");
}

static void check_encodings(pi_slice line, const char *rows) {
  pi_arena arena;
  pi_case input;
  pi_arena_init(&arena, 65536, 64 << 20);
  assert_int_equal(pi_decode_case(&input, line, 1, &arena, NULL, NULL), PUBINT_OK);
  for (unsigned encoding = 0; encoding < 4; encoding++) {
    pi_buffer payload;
    pi_buffer_init(&payload, TEXT_MAX);
    put_payload(&payload, &input, encoding);
    import_rig_run_text(&rig, (pi_slice){payload.data, payload.len}, NULL, rows);
    import_rig_expect(&rig, 1, 0);
    assert_int_equal(rig.cases.len, line.len + 1);
    assert_memory_equal(rig.cases.data, line.ptr, line.len);
    pi_buffer_dispose(&payload);
  }
  pi_arena_dispose(&arena);
}

/* --- the payloads beside the project --- */

typedef struct tally {
  unsigned files, in, imported, refused, same;
} tally;

/* Rows that say "none" of every Tweet that was refused for want of one. */
static void put_rows(pi_buffer *rows, const pi_buffer *report) {
  static const pi_json_tree_limits LIMITS = {TEXT_MAX, 16, 1, 1};
  pi_arena arena;
  pi_json json;
  pi_tree tree;
  pi_arena_init(&arena, 65536, TEXT_MAX);
  assert_int_equal(pi_json_init(&json, (pi_slice){report->data, report->len}, 1, &arena, 16, NULL),
                   PUBINT_OK);
  assert_int_equal(pi_json_tree(&json, &LIMITS, &tree), PUBINT_OK);
  const pi_node *list = &tree.nodes[pi_tree_find(&tree, pi_tree_root(&tree), PI_SLICE("refusals"))];
  for (uint32_t i = list->as.first; i < list->as.first + list->count; i++) {
    uint32_t code = pi_tree_find(&tree, i, PI_SLICE("code"));
    uint32_t id = pi_tree_find(&tree, i, PI_SLICE("tweet"));
    if (!pi_slice_equal(tree.nodes[code].as.string, PI_SLICE("E4034"))) continue;
    pi_buffer_printf(rows, "%.*s,none\n", (int)tree.nodes[id].as.string.len, tree.nodes[id].as.string.ptr);
  }
  pi_arena_dispose(&arena);
}

static void check_file(const char *name, tally *all) {
  size_t length;
  char *payload = files_read(name, &length);
  assert_non_null(payload);
  pi_buffer rows, cases;
  pi_buffer_init(&rows, TEXT_MAX);
  pi_buffer_init(&cases, TEXT_MAX);
  import_rig_run_text(&rig, (pi_slice){payload, length}, NULL, "tweet_id,rule\n");
  import_rig_expect(&rig, 0, (unsigned)rig.report.in);
  pi_buffer_text(&rows, "tweet_id,rule\n");
  put_rows(&rows, &rig.json);
  const char *text = pi_buffer_end(&rows);
  import_rig_run_text(&rig, (pi_slice){payload, length}, NULL, text);
  if (rig.status != PUBINT_OK) { /* a Tweet that stands twice has two rows */
    fail_msg("%s: E%04u %s: %s", name, rig.error.code, rig.error.message, rig.error.found);
  }
  import_rig_expect(&rig, (unsigned)rig.report.imported, (unsigned)rig.report.refused);
  all->files++;
  all->in += (unsigned)rig.report.in;
  all->imported += (unsigned)rig.report.imported;
  all->refused += (unsigned)rig.report.refused;
  pi_buffer_append(&cases, rig.cases.data, rig.cases.len);
  for (size_t at = 0; at < cases.len;) {
    const char *newline = memchr(cases.data + at, '\n', cases.len - at);
    pi_slice line = {cases.data + at, (size_t)(newline - cases.data) - at};
    check_encodings(line, text);
    all->same++;
    at += line.len + 1;
  }
  pi_buffer_dispose(&rows);
  pi_buffer_dispose(&cases);
  free(payload);
}

static void check_folder(const char *folder, tally *all) {
  DIR *directory = opendir(folder);
  if (directory == NULL) return;
  for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    char name[1024];
    if (entry->d_name[0] == '.') continue;
    snprintf(name, sizeof name, "%s/%s", folder, entry->d_name);
    check_file(name, all);
  }
  closedir(directory);
}

static void test_import_same_of_payloads_beside_the_project(void **state) {
  (void)state;
  tally all = {0};
  check_folder(PI_SOURCE_DIR "/../shared/data/twitter_v1", &all);
  check_folder(PI_SOURCE_DIR "/../shared/data/twitter_v2", &all);
  if (all.files == 0) {
    print_message("../shared/data is not here: no genuine payload was read\n");
    return;
  }
  print_message("%u payloads: %u in = %u imported + %u refused; %u Tweets the same in 4 encodings\n",
                all.files, all.in, all.imported, all.refused, all.same);
  assert_int_equal(all.in, all.imported + all.refused);
}

int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_import_same_of_four_files),
      cmocka_unit_test(test_import_same_of_payloads_beside_the_project),
  };
  return cmocka_run_group_tests(tests, NULL, import_rig_tear_down);
}
