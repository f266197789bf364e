/* What was blotted out and stands in the text again is blotted there too (R095; design section 12). */
#include "redact_support.h"

/* ---- the rules, one by one ---- */

typedef struct row {
  const char *text, *spans[4], *expected;
} row;

static void expect_blotted(const row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    pi_arena arena;
    pi_arena_init(&arena, 1024, 1 << 20);
    pi_slice out = redact(&arena, rows[i].text, rows[i].spans);
    if (out.len != strlen(rows[i].expected) || memcmp(out.ptr, rows[i].expected, out.len) != 0)
      fail_msg("%s became\n%.*s, not\n%s", rows[i].text, (int)out.len, out.ptr, rows[i].expected);
    pi_arena_dispose(&arena);
  }
}

#define EXPECT_ALL(rows) expect_blotted(rows, sizeof(rows) / sizeof *(rows))

static void test_repeats_are_blotted_wherever_they_stand(void **state) {
  (void)state;
  static const row ROWS[] = {
      {"call 0612, or 0612", {"{'start':5,'end':9}"}, "call " BLOT ", or " BLOT},
      {"0612 is 0612 is 0612",
       {"{'start':8,'end':12}"},
       BLOT " is " BLOT " is " BLOT},                                /* before it as well */
      {"x0612y 0612", {"{'start':7,'end':11}"}, "x" BLOT "y " BLOT}, /* within a word */
      {"06120612", {"{'start':0,'end':4}"}, BLOT BLOT},              /* touching the blot */
      {"06120612", {"{'start':4,'end':8}"}, BLOT BLOT},
      {"0612 06120612", {"{'start':0,'end':4}"}, BLOT " " BLOT BLOT}, /* touching each other */
      {"0612 0613", {"{'start':0,'end':4}"}, BLOT " 0613"},
      {"0612 061", {"{'start':0,'end':4}"}, BLOT " 061"},            /* its beginning alone, at the end */
      {"0612 00612", {"{'start':0,'end':4}"}, BLOT " 0" BLOT},       /* begun twice */
      {"abac abababac", {"{'start':0,'end':4}"}, BLOT " abab" BLOT}, /* a border is not lost */
      {"a b c a b c", {"{'start':0,'end':5}"}, BLOT " " BLOT},
      {"call 0612\\n0612", {"{'start':5,'end':9}"}, "call " BLOT "\n" BLOT},
      {"nothing else 0612", {"{'start':13,'end':17}"}, "nothing else " BLOT},
  };
  EXPECT_ALL(ROWS);
}

/* Four code points at least, of however many bytes. */
static void test_repeats_of_less_than_four_code_points_stay(void **state) {
  (void)state;
  static const row ROWS[] = {
      {"abc abc", {"{'start':0,'end':3}"}, BLOT " abc"},
      {"abcd abcd", {"{'start':0,'end':4}"}, BLOT " " BLOT},
      {"\xc3\xa9\xc3\xa9 \xc3\xa9\xc3\xa9",
       {"{'start':0,'end':2}"},
       BLOT " \xc3\xa9\xc3\xa9"}, /* four bytes */
      {"\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac \xe2\x82\xac\xe2\x82\xac\xe2\x82\xac",
       {"{'start':0,'end':3}"},
       BLOT " \xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"}, /* nine */
      {"\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80 \xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80",
       {"{'start':0,'end':3}"},
       BLOT " \xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80"}, /* twelve */
      {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z",
       {"{'start':0,'end':4}"},
       BLOT " " BLOT},
      {"\\u00e9\\u20ac\\ud83d\\ude00\\u007a \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z",
       {"{'start':0,'end':4}"},
       BLOT " " BLOT}, /* escapes count once they are read */
      /* two spans of two touch: neither is four */
      {"abcd abcd", {"{'start':0,'end':2},{'start':2,'end':4}"}, BLOT BLOT " abcd"},
      {"\\u0000\\u0001\\u0002\\u0003,\\u0000\\u0001\\u0002\\u0003", {"{'start':5,'end':9}"}, BLOT "," BLOT},
  };
  EXPECT_ALL(ROWS);
}

/* Letter for letter: neither case nor form is folded, and no blank is dropped. */
static void test_repeats_are_letter_for_letter(void **state) {
  (void)state;
  static const row ROWS[] = {
      {"Main ST main st Main ST", {"{'start':0,'end':7}"}, BLOT " main st " BLOT},
      {"caf\xc3\xa9 cafe\xcc\x81 caf\xc3\xa9", {"{'start':0,'end':4}"}, BLOT " cafe\xcc\x81 " BLOT},
      {"cafe\xcc\x81 cafe caf\xc3\xa9", {"{'start':0,'end':5}"}, BLOT " cafe caf\xc3\xa9"},
      {"06 12 0612 06  12", {"{'start':0,'end':5}"}, BLOT " 0612 06  12"},
      {"\xef\xbc\x90\xef\xbc\x96\xef\xbc\x91\xef\xbc\x92 0612",
       {"{'start':0,'end':4}"},
       BLOT " 0612"}, /* wide digits */
      {"abcd ab\xe2\x80\x8b"
       "cd",
       {"{'start':0,'end':4}"},
       BLOT " ab\xe2\x80\x8b"
            "cd"}, /* a blank of no width */
  };
  EXPECT_ALL(ROWS);
}

/* From left to right, the longest at a place first, and once: what a blot left is not read together. */
static void test_repeats_go_from_left_to_right(void **state) {
  (void)state;
  static const row ROWS[] = {
      {"aaaa aaaaaaaaaaa", {"{'start':0,'end':4}"}, BLOT " " BLOT BLOT "aaa"},
      {"abab! xabababa", {"{'start':0,'end':4}"}, BLOT "! x" BLOT "aba"},
      {"abcd abcdef abcdefg abcde",
       {"{'start':0,'end':4},{'start':5,'end':11}"},
       BLOT " " BLOT " " BLOT "g " BLOT "e"},
      {"abcdef abcd abcdefg", {"{'start':0,'end':6}", "{'start':7,'end':11}"}, BLOT " " BLOT " " BLOT "g"},
      /* a longer one that begins later gives way */
      {"abcd bcdefg abcdefg", {"{'start':0,'end':4},{'start':5,'end':11}"}, BLOT " " BLOT " " BLOT "efg"},
      {"bcde abcdefg abcde", {"{'start':0,'end':4},{'start':5,'end':12}"}, BLOT " " BLOT " a" BLOT},
      /* nor do the ends of what was taken out make a new one */
      {"abcd ababcdcd", {"{'start':0,'end':4}"}, BLOT " ab" BLOT "cd"},
      {"abcd efgh abefghcd", {"{'start':0,'end':4},{'start':5,'end':9}"}, BLOT " " BLOT " ab" BLOT "cd"},
      /* the same text blotted twice */
      {"abcd abcd abcd", {"{'start':0,'end':4},{'start':5,'end':9}"}, BLOT " " BLOT " " BLOT},
  };
  EXPECT_ALL(ROWS);
}

/* Each span's own text, where several became one blot or touch. */
static void test_repeats_are_of_each_spans_own_text(void **state) {
  (void)state;
  static const row ROWS[] = {
      {"abcdefgh: abcdef efgh abcd",
       {"{'start':0,'end':6}", "{'start':4,'end':8}"},
       BLOT ": " BLOT " " BLOT " abcd"},
      {"abcdefgh abcdefgh", {"{'start':0,'end':6}", "{'start':4,'end':8}"}, BLOT " " BLOT "gh"},
      {"abcdefgh abcdefgh", {"{'start':0,'end':3}", "{'start':2,'end':8}"}, BLOT " ab" BLOT},
      {"abcdefgh cdef abcdefgh", {"{'start':0,'end':8}", "{'start':2,'end':6}"}, BLOT " " BLOT " " BLOT},
      {"abcdefgh abcdefgh", {"{'start':0,'end':4},{'start':4,'end':8}"}, BLOT BLOT " " BLOT BLOT},
      {"abcdefgh cdef", {"{'start':0,'end':4},{'start':4,'end':8}"}, BLOT BLOT " cdef"},
      /* three of three that make nine: none is four */
      {"abcdefghi abcdefghi",
       {"{'start':0,'end':3},{'start':3,'end':6}", "{'start':5,'end':8}"},
       BLOT BLOT "i abcdefghi"},
  };
  EXPECT_ALL(ROWS);
}

/* Neither across a blot nor within one. */
static void test_repeats_do_not_reach_into_blots(void **state) {
  (void)state;
  static const row ROWS[] = {
      {"abXcd abcd", {"{'start':2,'end':3},{'start':6,'end':10}"}, "ab" BLOT "cd " BLOT},
      {"abcabcd abcd", {"{'start':3,'end':7}"}, "abc" BLOT " " BLOT},
      {"aabcabcd", {"{'start':4,'end':8}"}, "aabc" BLOT},
      {"xxabcdxx abcd abcd", {"{'start':0,'end':8}", "{'start':9,'end':13}"}, BLOT " " BLOT " " BLOT},
      {"abcdXabcd abcdXabcd", {"{'start':0,'end':9}", "{'start':5,'end':9}"}, BLOT " " BLOT},
      {"abcd xabcd", {"{'start':0,'end':4},{'start':6,'end':7}"}, BLOT " x" BLOT "bcd"},
      {"abcd abcdx", {"{'start':0,'end':4},{'start':8,'end':9}"}, BLOT " abc" BLOT "x"},
  };
  EXPECT_ALL(ROWS);
}

/* A text may hold blots of its own: they are letters like others, and those that were put in are not. */
static void test_repeats_of_blots_themselves(void **state) {
  (void)state;
#define BLOCK "\xe2\x96\x88"
  static const row ROWS[] = {
      {BLOT " " BLOT, {"{'start':0,'end':5}"}, BLOT " " BLOT},
      {BLOCK BLOCK BLOCK BLOCK " " BLOT, {"{'start':0,'end':4}"}, BLOT " " BLOT BLOCK},
      {BLOT BLOCK " " BLOT, {"{'start':0,'end':6}"}, BLOT " " BLOT},
      {"abcd " BLOT " abcd", {"{'start':0,'end':4},{'start':5,'end':10}"}, BLOT " " BLOT " " BLOT},
      {"abcd " BLOCK BLOCK " abcd", {"{'start':0,'end':4}"}, BLOT " " BLOCK BLOCK " " BLOT},
      /* a block before a blot does not join it */
      {BLOCK "abcd " BLOT BLOCK, {"{'start':1,'end':5},{'start':6,'end':12}"}, BLOCK BLOT " " BLOT},
  };
  EXPECT_ALL(ROWS);
}

/* ---- against a redactor that is slow and plain ---- */

enum { POINTS_MAX = 120, SPANS_MAX = 24 };

typedef struct place {
  uint32_t start, end;
} place;

/* A text of few letters, so that much of it stands in it again. */
typedef struct sample {
  uint32_t count;
  const char *points[POINTS_MAX];
  char text[POINTS_MAX * 4 + 1];
  place spans[SPANS_MAX];
  uint32_t spans_count;
  char lists[4][1024];
  const char *given[4];
} sample;

static void make_spans(sample *self, uint64_t *seed, char *out, size_t size) {
  size_t length = 0;
  out[0] = '\0';
  for (uint32_t at = below(seed, self->count), n = 0; at < self->count && n < SPANS_MAX / 4; n++) {
    uint32_t end = at + 1 + below(seed, 8);
    if (end > self->count) end = self->count;
    length += (size_t)snprintf(out + length, size - length, "%s{'start':%u,'end':%u}", length > 0 ? "," : "",
                               (unsigned)at, (unsigned)end);
    self->spans[self->spans_count++] = (place){at, end};
    at = end + below(seed, 40);
    if (below(seed, 3) == 0) break;
  }
}

static void make_sample(sample *self, uint64_t *seed) {
  static const char *const LETTERS[] = {"a", "b", "\xc3\xa9", BLOCK, "\xf0\x9f\x98\x80"};
  memset(self, 0, sizeof *self);
  self->count = 4 + below(seed, POINTS_MAX - 3);
  uint32_t letters = 1 + below(seed, 5), length = 0, lists = 1 + below(seed, 4);
  for (uint32_t i = 0; i < self->count; i++) {
    self->points[i] = LETTERS[below(seed, letters)];
    length += (uint32_t)snprintf(self->text + length, sizeof self->text - length, "%s", self->points[i]);
  }
  for (uint32_t i = 0; i < lists; i++) {
    make_spans(self, seed, self->lists[i], sizeof self->lists[i]);
    self->given[i] = self->lists[i];
  }
}

/* Whether a point lies in a span, and whether one span reaches over the gap before it. */
static bool is_covered(const sample *self, uint32_t at, bool *begins) {
  bool covered = false, bridged = false;
  for (uint32_t i = 0; i < self->spans_count; i++) {
    if (at < self->spans[i].start || at >= self->spans[i].end) continue;
    covered = true;
    if (at > self->spans[i].start) bridged = true;
  }
  *begins = !bridged;
  return covered;
}

/* Whether the span's own text, of four points or more, stands at `at`, all of it outside the blots. */
static bool stands_at(const sample *self, place span, uint32_t at) {
  uint32_t length = span.end - span.start;
  if (length < 4 || at + length > self->count) return false;
  for (uint32_t i = 0; i < length; i++) {
    bool begins;
    if (is_covered(self, at + i, &begins)) return false;
    if (strcmp(self->points[at + i], self->points[span.start + i]) != 0) return false;
  }
  return true;
}

/* Puts what must come out; returns how many repeats there were. */
static uint32_t put_expected(const sample *self, char *out, size_t size) {
  size_t length = 0;
  uint32_t repeats = 0;
  out[0] = '\0';
  for (uint32_t at = 0; at < self->count;) {
    bool begins;
    uint32_t longest = 0;
    const char *shown = self->points[at];
    if (is_covered(self, at, &begins)) {
      shown = begins ? BLOT : "";
    } else {
      for (uint32_t i = 0; i < self->spans_count; i++) {
        uint32_t span = self->spans[i].end - self->spans[i].start;
        if (span > longest && stands_at(self, self->spans[i], at)) longest = span;
      }
      if (longest > 0) shown = BLOT;
    }
    length += (size_t)snprintf(out + length, size - length, "%s", shown);
    repeats += longest > 0;
    at += longest > 0 ? longest : 1;
  }
  return repeats;
}

static void test_repeats_are_those_of_a_plain_redactor(void **state) {
  (void)state;
  enum { SAMPLES = 20000 };
  uint64_t seed = 20200529;
  uint32_t with_repeats = 0, repeats = 0;
  for (uint32_t i = 0; i < SAMPLES; i++) {
    static sample made;
    static char expected[POINTS_MAX * sizeof BLOT];
    pi_arena arena;
    make_sample(&made, &seed);
    uint32_t found = put_expected(&made, expected, sizeof expected);
    pi_arena_init(&arena, 8192, 1 << 20);
    pi_slice out = redact(&arena, made.text, made.given);
    if (out.len != strlen(expected) || memcmp(out.ptr, expected, out.len) != 0)
      fail_msg("%s under %s; %s; %s; %s became\n%.*s, not\n%s", made.text, made.lists[0], made.lists[1],
               made.lists[2], made.lists[3], (int)out.len, out.ptr, expected);
    pi_arena_dispose(&arena);
    repeats += found;
    with_repeats += found > 0;
  }
  print_message("%u repeats in %u of %u texts\n", repeats, with_repeats, SAMPLES);
  assert_true(with_repeats > SAMPLES / 4 && repeats > SAMPLES); /* the samples are worth something */
}

/* ---- texts that are made to take long ---- */

enum { LONGEST_TEXT = 25000, LISTS = 4, SPANS_EACH = 64 };

/* Writes 64 spans of one list of length `first`, first + 1 …, as tight as may be; returns their end. */
static uint32_t put_spans(char *out, size_t size, uint32_t first) {
  size_t length = 0;
  uint32_t at = 0;
  for (uint32_t i = 0; i < SPANS_EACH; i++) {
    length += (size_t)snprintf(out + length, size - length, "%s{'start':%u,'end':%u}", i > 0 ? "," : "",
                               (unsigned)at, (unsigned)(at + first + i));
    at += first + i;
  }
  return at;
}

/* One letter all along and 256 spans of as many lengths, 4 to 259: what stands behind the last of them is
 * longest texts from left to right, then the longest that fits, then letters. */
static void test_repeats_in_a_text_of_one_letter(void **state) {
  (void)state;
  static char text[LONGEST_TEXT + 1], lists[LISTS][8192];
  static char expected[LONGEST_TEXT * sizeof BLOT];
  const char *given[LISTS];
  memset(text, 'a', LONGEST_TEXT);
  uint32_t covered = 0, length = 0;
  for (uint32_t i = 0; i < LISTS; i++) {
    uint32_t end = put_spans(lists[i], sizeof lists[i], 4 + SPANS_EACH * i);
    covered = end > covered ? end : covered;
    given[i] = lists[i];
  }
  assert_in_range(covered, LONGEST_TEXT / 2, LONGEST_TEXT - 1000);
  pi_arena arena;
  pi_arena_init(&arena, 65536, 8 << 20);
  pi_slice out = redact(&arena, text, given);
  /* How many blots the spans make is not what is tried here: their letters are gone, one blot or more. */
  const char *rest = out.ptr;
  size_t left = out.len;
  uint32_t blots = 0;
  for (; left >= sizeof BLOT - 1 && memcmp(rest, BLOT, sizeof BLOT - 1) == 0; blots++) {
    rest += sizeof BLOT - 1;
    left -= sizeof BLOT - 1;
  }
  enum { LONGEST = 4 + LISTS * SPANS_EACH - 1 };
  uint32_t behind = LONGEST_TEXT - covered, repeats = behind / LONGEST + (behind % LONGEST >= 4);
  uint32_t letters = behind % LONGEST >= 4 ? 0 : behind % LONGEST;
  length = (uint32_t)snprintf(expected, sizeof expected, "%.*s", (int)letters, text);
  assert_int_equal(left, length);
  assert_memory_equal(rest, expected, length);
  assert_in_range(blots, repeats + 1, repeats + LISTS * SPANS_EACH);
  pi_arena_dispose(&arena);
}

/* 256 long texts that all but match at every place: their first letter is the only one that differs. A search
 * that tries each of them anew at each place compares 256 × 12,000 × 190 letters; this one reads the text
 * once for each. */
static void test_repeats_that_nearly_match_everywhere(void **state) {
  (void)state;
  enum { LENGTH = 190 };
  static char text[LONGEST_TEXT + 1], list[8192];
  memset(text, 'a', LONGEST_TEXT);
  size_t length = 0;
  for (uint32_t i = 0; i < SPANS_EACH; i++) {
    text[i * LENGTH + LENGTH - 1] = 'b'; /* the last but for a border that is as long as it can be */
    length += (size_t)snprintf(list + length, sizeof list - length, "%s{'start':%u,'end':%u}",
                               i > 0 ? "," : "", (unsigned)(i * LENGTH), (unsigned)(i * LENGTH + LENGTH));
  }
  const char *given[LISTS] = {list, list, list, list};
  pi_arena arena;
  pi_arena_init(&arena, 65536, 8 << 20);
  pi_slice out = redact(&arena, text, given);
  enum { BLOTTED = SPANS_EACH * (sizeof BLOT - 1), BEHIND = LONGEST_TEXT - SPANS_EACH * LENGTH };
  assert_int_equal(out.len, BLOTTED + BEHIND);
  for (size_t i = 0; i < BEHIND; i++) assert_int_equal(out.ptr[BLOTTED + i], 'a');
  pi_arena_dispose(&arena);
}

/* The longest that can come out: four bytes become fifteen, all along the text. */
static void test_repeats_fill_the_room_that_was_made(void **state) {
  (void)state;
  static char text[LONGEST_TEXT + 1];
  const char *const given[LISTS] = {"{'start':0,'end':4}"};
  memset(text, 'a', LONGEST_TEXT);
  pi_arena arena;
  pi_arena_init(&arena, 65536, 8 << 20);
  pi_slice out = redact(&arena, text, given);
  assert_int_equal(out.len, LONGEST_TEXT / 4 * (sizeof BLOT - 1));
  for (size_t i = 0; i < out.len; i += sizeof BLOT - 1)
    assert_memory_equal(out.ptr + i, BLOT, sizeof BLOT - 1);
  assert_int_equal(out.ptr[out.len], '\0');
  pi_arena_dispose(&arena);
}

/* ---- where it shows ---- */

/* On a notice, on reviews, and in what every script sees, its patterns too. */
static void test_repeats_show_to_nobody(void **state) {
  engine_rig *self = *state;
  static const char CASE_OF[] =
      "{'id':'c','tweet':{'text':'call 0612, 0612! 06'},'account':{'verified':true,'followers_count':200000,"
      "'office':{'status':'candidate','branch':'executive'}},'violations':[{'rule':'%s'},{'rule':"
      "'private_information','kind':'threat','spans':[{'start':5,'end':9}]}],'context':{'market':'NL',%s}}";
  static const char SEEN[] = "balance:note(case.tweet.text .. ' ' .. #case.tweet.text)";
  policy_maker_rule(&self->maker, "private_information", "0", SEEN);
  policy_maker_rule(&self->maker, "grants", "0", SEEN);
  policy_maker_rule(&self->maker, "fails", "0", "error(case.tweet.text)");
  policy_maker_market(&self->maker, "NL", "balance:note('m ' .. case.tweet.text)");
  engine_rig_load(self);
  static const struct {
    const char *rule, *context, *outcome, *basis;
  } ROWS[] = {
      {"grants", ASSESSED, "notice", "weighed"},
      {"grants", "", "review", "unassessed"},
      {"fails", ASSESSED, "review", "rule_error"},
      {"none", ASSESSED, "review", "no_script"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    char text[1024], context[256];
    (void)snprintf(context, sizeof context, "%s%s", ROWS[i].context[0] != '\0' ? "" : "'hyperbole':0",
                   ROWS[i].context);
    (void)snprintf(text, sizeof text, CASE_OF, ROWS[i].rule, context);
    engine_rig_evaluate(self, text);
    engine_rig_expect(self, ROWS[i].outcome, ROWS[i].basis);
    engine_rig_has(self, "'redacted_text':'call " BLOT ", " BLOT "! 06'");
    engine_rig_has(self, "'notes':['call " BLOT ", " BLOT "! 06 41','m call " BLOT ", " BLOT "! 06']");
    engine_rig_lacks(self, "0612");
  }
  engine_rig_evaluate(self,
                      "{'id':'c','tweet':{'text':'0612 0612'},'violations':[{'rule':'private_information',"
                      "'spans':[{'start':0,'end':4}]}]}");
  engine_rig_expect(self, "review", "incomplete");
  engine_rig_has(self, "'redacted_text':'" BLOT " " BLOT "','policy':");
}

/* ---- other texts ---- */

/* What people wrote of the cases: whatever any of them marked, four code points or more, the longest first.
 */
static void test_other_text_has_no_blotted_text_of_any_case(void **state) {
  (void)state;
  static const struct {
    const char *text, *expected;
  } ROWS[] = {
      {"Call 0612 345!", "Call " BLOT BLOT "!"},
      {"Dorpsstraat 12, or Dorpsstraat 1", BLOT ", or " BLOT},
      {"061 or 34 5, dorpsstraat 1", "061 or 34 5, dorpsstraat 1"},
      {"0612", BLOT},
      {"", ""},
  };
  static const char *const LINES[] = {
      "{'id':'c','tweet':{'text':'At Dorpsstraat 1, 0612'},'violations':[{'rule':'private_information','spans':["
      "{'start':3,'end':16},{'start':18,'end':22}]}]}",
      "{'id':'c','violations':[]}",
      "{'id':'c','tweet':{'text':'At Dorpsstraat 12, 0612 345'},'violations':[{'rule':'private_information','spans':["
      "{'start':3,'end':17},{'start':23,'end':27}]}]}",
  };
  pi_arena arena;
  pi_arena_init(&arena, 1024, 1 << 20);
  pi_case cases[3];
  const pi_case *list[3];
  for (int i = 0; i < 3; i++) {
    char *json = engine_rig_quoted(LINES[i]);
    pubint_error error;
    list[i] = &cases[i];
    if (pi_decode_case(&cases[i], pi_arena_copy(&arena, pi_slice_of(json)), 1, &arena, NULL, &error) !=
        PUBINT_OK)
      fail_msg("%s", error.message);
    free(json);
  }
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    pi_slice out, text = pi_slice_of(ROWS[i].text);
    assert_true(pi_redact_other(list, 3, text, &arena, &out));
    if (!pi_slice_equal(out, pi_slice_of(ROWS[i].expected)))
      fail_msg("%s became\n%.*s, not\n%s", ROWS[i].text, (int)out.len, out.ptr, ROWS[i].expected);
    assert_true(pi_redact_other(list + 1, 1, text, &arena, &out));
    assert_true(pi_slice_equal(out, text));
  }
  pi_slice none;
  assert_true(pi_redact_other(list, 3, (pi_slice){NULL, 0}, &arena, &none));
  assert_null(none.ptr);
  pi_arena_dispose(&arena);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_repeats_are_blotted_wherever_they_stand),
      cmocka_unit_test(test_repeats_of_less_than_four_code_points_stay),
      cmocka_unit_test(test_repeats_are_letter_for_letter),
      cmocka_unit_test(test_repeats_go_from_left_to_right),
      cmocka_unit_test(test_repeats_are_of_each_spans_own_text),
      cmocka_unit_test(test_repeats_do_not_reach_into_blots),
      cmocka_unit_test(test_repeats_of_blots_themselves),
      cmocka_unit_test(test_repeats_are_those_of_a_plain_redactor),
      cmocka_unit_test(test_repeats_in_a_text_of_one_letter),
      cmocka_unit_test(test_repeats_that_nearly_match_everywhere),
      cmocka_unit_test(test_repeats_fill_the_room_that_was_made),
      RIG_TEST(test_repeats_show_to_nobody),
      cmocka_unit_test(test_other_text_has_no_blotted_text_of_any_case),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
