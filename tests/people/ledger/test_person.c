/* Names: what is one person's, on every chair, and whose id was meant. */
#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "desk.h"
#include "errors.h"
#include "person.h"

static const struct {
  const char *a, *b;
} ALIKE[] = {
    {"Éva", "E\u0301va"},               /* composed, decomposed */
    {"ÉVA", "éva"},                     /* cases beyond ASCII */
    {"Strauß", "STRAUSS"},              /* a fold to two letters */
    {"Ａｎｎ　Ｌｅｅ", "Ann Lee"},      /* full-width letters and blank */
    {"ｶﾞﾙ", "ガル"},                    /* half-width, with its mark apart */
    {"ﬁona", "Fiona"},                  /* a ligature */
    {"ΟΔΥΣΣΕΥΣ", "οδυσσευς"},           /* a final sigma */
    {"Αλίκη", "ΑΛΊΚΗ"},                 /* with an accent */
    {"\u1fb4", "\u03b1\u0345\u0301"},   /* an iota below, in another order of marks */
    {"q\u0323\u0307", "q\u0307\u0323"}, /* marks in another order */
    {"가", "\u1100\u1161"},             /* a syllable, and its letters */
    {"Å", "\u212b"},                    /* the sign for it */
    {"A\u200dnn", "Ann"},               /* a joiner */
    {"ⅷ", "VIII"},                      /* a numeral */
};
static const struct {
  const char *a, *b;
} APART[] = {
    {"Eva", "Éva"},
    {"Ann", "Anne"},
    {"Ann Lee", "AnnLee"},
    {"Anna", "\u0410nna"}, /* a letter of another script that only looks alike */
    {"I", "ı"},
    {"Müller", "Mueller"},
    {"O'Neil", "O’Neil"},
};

static pi_slice key_of(desk *self, const char *name) {
  pi_slice key = pi_person_key(pi_slice_of(name), &self->arena);
  assert_non_null(key.ptr);
  return key;
}

static void test_person_has_one_key_however_the_name_is_spelt(void **state) {
  desk *self = *state;
  for (size_t i = 0; i < sizeof ALIKE / sizeof ALIKE[0]; i++) {
    pi_slice a = key_of(self, ALIKE[i].a);
    if (!pi_slice_equal(a, key_of(self, ALIKE[i].b))) fail_msg("%s, %s", ALIKE[i].a, ALIKE[i].b);
    char again[256];
    snprintf(again, sizeof again, "%.*s", (int)a.len, a.ptr);
    assert_true(pi_slice_equal(a, key_of(self, again))); /* a key is its own */
  }
  for (size_t i = 0; i < sizeof APART / sizeof APART[0]; i++) {
    if (pi_slice_equal(key_of(self, APART[i].a), key_of(self, APART[i].b)))
      fail_msg("%s, %s", APART[i].a, APART[i].b);
  }
  assert_true(pi_slice_equal(key_of(self, "\xff"
                                          "A"),
                             pi_slice_of("\xff"
                                         "A"))); /* no UTF-8: as it is */
}

/* Blanks that are not the usual one no name has; every other pair is tried on each two chairs. */
static bool can_act(const char *name) {
  return strstr(name, "\u3000") == NULL;
}

static void test_process_gives_one_person_one_chair_however_the_name_is_spelt(void **state) {
  desk *self = *state;
  char id[32];
  for (size_t i = 0; i < sizeof ALIKE / sizeof ALIKE[0]; i++) {
    const char *a = ALIKE[i].a, *b = ALIKE[i].b;
    if (!can_act(a)) continue;
    desk_bring(self, PI_STATE_OPENED, id);
    assert_int_equal(desk_recommend(self, id, a, PI_POSITION_NOTICE, NULL), PUBINT_OK);
    desk_refused(self, desk_advise(self, id, b, PI_BACKGROUND_LAW, PI_POSITION_NOTICE), PI_E_SAME_PERSON);
    desk_consult(self, id, PI_POSITION_NOTICE);
    desk_refused(self, desk_decide(self, id, b, PI_POSITION_NOTICE, NULL), PI_E_SAME_PERSON);
    desk_bring(self, PI_STATE_RECOMMENDED, id);
    assert_int_equal(desk_advise(self, id, a, PI_BACKGROUND_LAW, PI_POSITION_NOTICE), PUBINT_OK);
    desk_refused(self, desk_advise(self, id, b, PI_BACKGROUND_NEWS, PI_POSITION_NOTICE), PI_E_HEARD_ALREADY);
    desk_consult(self, id, PI_POSITION_NOTICE);
    desk_refused(self, desk_decide(self, id, b, PI_POSITION_NOTICE, NULL), PI_E_SAME_PERSON);
  }
  desk_whole(self);
}

static void test_process_takes_letters_that_look_alike_for_two_people(void **state) {
  desk *self = *state;
  char id[32];
  for (size_t i = 0; i < sizeof APART / sizeof APART[0]; i++) {
    desk_bring(self, PI_STATE_OPENED, id);
    assert_int_equal(desk_recommend(self, id, APART[i].a, PI_POSITION_NOTICE, NULL), PUBINT_OK);
    assert_int_equal(desk_advise(self, id, APART[i].b, PI_BACKGROUND_LAW, PI_POSITION_NOTICE), PUBINT_OK);
  }
}

/* A later Unicode could fold it, and the key on record would no longer be the name's. */
static void test_process_takes_no_name_with_a_sign_that_unicode_has_not_assigned(void **state) {
  desk *self = *state;
  char id[32];
  static const char *const NAMES[] = {"Ann\u0378",
                                      "\U000e1000"
                                      "Ann",
                                      "Ann\uffff"};
  desk_bring(self, PI_STATE_OPENED, id);
  for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
    desk_refused(self, desk_recommend(self, id, NAMES[i], PI_POSITION_NOTICE, NULL), PI_E_ACT_TEXT);
  }
}

#define ENTRY "(SELECT max(sequence) + 1 FROM audit)"
#define ROUND "(SELECT max(entry) FROM rounds)"

/* The file itself, whoever writes it. */
static void test_schema_compares_the_keys_of_persons(void **state) {
  desk *self = *state;
  char id[32];
  static const struct {
    pi_state state;
    const char *key, *step, *because;
  } STEPS[] = {
      {PI_STATE_RECOMMENDED, "éva",
       "'advise', 9000000000, 'E\u0301VA', 'adviser', 'law', 'a team', 'notice', 'so'",
       "who recommended does not advise"},
      {PI_STATE_INFORMED, "éva", "'decide', 9000000000, 'E\u0301VA', 'senior', NULL, NULL, 'notice', 'so'",
       "who recommended does not decide"},
      {PI_STATE_RECOMMENDED, "new", "'advise', 9000000000, 'New', 'adviser', 'law', 'a team', 'notice', 'so'",
       ""},
  };
  for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
    char sql[1024];
    desk_bring(self, PI_STATE_OPENED, id);
    assert_int_equal(desk_recommend(self, id, "Éva", PI_POSITION_NOTICE, NULL), PUBINT_OK);
    if (STEPS[i].state == PI_STATE_INFORMED) desk_consult(self, id, PI_POSITION_NOTICE);
    assert_string_equal(desk_sql(self, "BEGIN"), "");
    snprintf(sql, sizeof sql,
             "INSERT INTO persons VALUES (" ENTRY ", '%s'); INSERT INTO steps VALUES (" ENTRY ", " ROUND
             ", %s)",
             STEPS[i].key, STEPS[i].step);
    assert_string_equal(desk_sql(self, sql), STEPS[i].because);
    assert_string_equal(desk_sql(self, "ROLLBACK"), "");
  }
}

static void test_schema_has_a_person_before_each_act(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_OPENED, id);
#define RECOMMEND                                                                                            \
  "INSERT INTO steps VALUES (" ENTRY ", " ROUND ", 'recommend', 9000000000, 'New', 'trust_safety', NULL, "   \
  "NULL, 'remove', 'so'); "
#define LOG                                                                                                      \
  "INSERT INTO audit SELECT entry, at, who, action, 'case-1', hex(zeroblob(32)) FROM steps WHERE entry = " ENTRY \
  "; "
#define PERSON "INSERT INTO persons VALUES (" ENTRY ", 'new'); "
  static const struct {
    const char *sql, *because;
  } ACTS[] = {
      {RECOMMEND LOG, "the log has a person an entry"},
      {RECOMMEND PERSON, "who it is stands before what they do"},
      {PERSON PERSON, "a record is never replaced"},
      {"INSERT INTO persons VALUES (1, 'x')", "who it is stands before what they do"},
      {"INSERT INTO persons VALUES (90, 'x')", "a record stands where the audit log grows next"},
      {"UPDATE persons SET key = 'x'", "a record is never changed: reopen the case"},
      {"DELETE FROM persons", "a record is never deleted"},
      {PERSON RECOMMEND LOG, ""},
  };
  for (size_t i = 0; i < sizeof ACTS / sizeof ACTS[0]; i++) {
    assert_string_equal(desk_sql(self, "BEGIN"), "");
    assert_string_equal(desk_sql(self, ACTS[i].sql), ACTS[i].because);
    assert_string_equal(desk_sql(self, "ROLLBACK"), "");
  }
}

/* A client that brings a key of its own choice, and chains it as it should be. */
static void test_audit_finds_a_key_that_is_not_the_names(void **state) {
  desk *self = *state;
  char id[32], sql[512];
  int64_t entries;
  desk_bring(self, PI_STATE_OPENED, id);
  pi_audit_entry entry = {
      .at = self->now, .actor = PI_SLICE("Éva"), .action = PI_SLICE("recommend"), .subject = pi_slice_of(id)};
  assert_int_equal(pi_ledger_begin(self->ledger, true, &self->error), PUBINT_OK);
  assert_int_equal(pi_audit_next(self->ledger, &entry.sequence, &self->error), PUBINT_OK);
  snprintf(sql, sizeof sql,
           "INSERT INTO persons VALUES (%lld, 'eva'); INSERT INTO steps VALUES (%lld, " ROUND
           ", 'recommend', %lld, 'Éva', 'trust_safety', NULL, NULL, 'remove', 'so')",
           (long long)entry.sequence, (long long)entry.sequence, (long long)self->now);
  assert_string_equal(desk_sql(self, sql), "");
  assert_int_equal(pi_audit_append(self->ledger, &entry, &self->error), PUBINT_OK);
  assert_int_equal(pi_ledger_commit(self->ledger, &self->error), PUBINT_OK);
  desk_refused(self, pi_audit_verify(self->ledger, NULL, &entries, &self->error), PI_E_AUDIT_QUEUE);
}

static void test_record_that_is_not_there_names_the_nearest_id(void **state) {
  desk *self = *state;
  static const char *const IDS[] = {"harbour-1", "harbour-22", "1234567890123456789"};
  static const struct {
    const char *asked, *hint;
  } ASKED[] = {
      {"harbor-1", "did you mean \"harbour-1\"?"},
      {"HARBOUR-22", "did you mean \"harbour-22\"?"},
      {"1234567890123456798", "did you mean \"1234567890123456789\"?"},
      {"nothing like it", ""},
  };
  pi_record record;
  for (size_t i = 0; i < 3; i++) assert_int_equal(desk_open(self, IDS[i], (desk_case){0}), PUBINT_OK);
  for (size_t i = 0; i < sizeof ASKED / sizeof ASKED[0]; i++) {
    desk_refused(self,
                 pi_record_read(&record, self->ledger, pi_slice_of(ASKED[i].asked), PI_RECORD_WHOLE,
                                &self->arena, &self->error),
                 PI_E_NOT_IN_LEDGER);
    assert_string_equal(self->error.hint, ASKED[i].hint);
    desk_refused(self, desk_recommend(self, ASKED[i].asked, "Rec", PI_POSITION_NOTICE, NULL),
                 PI_E_NOT_IN_LEDGER);
    assert_string_equal(self->error.hint, ASKED[i].hint);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_person_has_one_key_however_the_name_is_spelt),
      DESK_TEST(test_process_gives_one_person_one_chair_however_the_name_is_spelt),
      DESK_TEST(test_process_takes_letters_that_look_alike_for_two_people),
      DESK_TEST(test_process_takes_no_name_with_a_sign_that_unicode_has_not_assigned),
      DESK_TEST(test_schema_compares_the_keys_of_persons),
      DESK_TEST(test_schema_has_a_person_before_each_act),
      DESK_TEST(test_audit_finds_a_key_that_is_not_the_names),
      DESK_TEST(test_record_that_is_not_there_names_the_nearest_id),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
