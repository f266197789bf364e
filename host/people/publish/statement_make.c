#include "statement_make.h"

#include <stdio.h>

#include "errors.h"
#include "times.h"

enum {
  FREE_TEXT_BYTES = 4096,
  LISTED_MAX = PI_VIOLATIONS_MAX + 1,
};

typedef struct stated_rule {
  pi_rule rule;
  pi_slice category;
  pi_slice keyword;
  bool media;
  pi_slice title;
  pi_slice reason;
} stated_rule;

/* The most restrictive first; the last is any rule without a row, whose id and title stay out. */
static const stated_rule RULES[] = {
#define STATED(rule, category, keyword, media, title, reason)                                                \
  {PI_RULE_##rule,                                                                                           \
   PI_SLICE_INIT("STATEMENT_CATEGORY_" #category),                                                           \
   PI_SLICE_INIT("KEYWORD_" #keyword),                                                                       \
   media,                                                                                                    \
   PI_SLICE_INIT(title),                                                                                     \
   PI_SLICE_INIT(reason)},
#include "statement_rules.def"
#undef STATED
    {PI_RULE_OTHER, PI_SLICE_INIT("STATEMENT_CATEGORY_OTHER_VIOLATION_TC"), PI_SLICE_INIT("KEYWORD_OTHER"),
     false, PI_SLICE_INIT("Another rule of the platform"),
     PI_SLICE_INIT("The content breaks a rule of the platform that has no category of its own.")},
};
enum { RULES_COUNT = sizeof RULES / sizeof RULES[0] };
_Static_assert(RULES_COUNT == PI_RULE_COUNT + 1, "every rule has a row, and so has any other");

/* One being made. */
typedef struct maker {
  const pi_stated_decision *decided;
  pi_arena *arena;
  pi_statement *statement;
  bool failed;                           /* memory ran out */
  const stated_rule *rules[RULES_COUNT]; /* those broken, in the order of the table */
  size_t rules_count;
} maker;

static void set_list(maker *self, pi_statement_field field, const pi_slice *items, size_t count) {
  pi_slice *kept = pi_arena_alloc(self->arena, (count > 0 ? count : 1) * sizeof *kept);
  if (kept == NULL) {
    self->failed = true;
    return;
  }
  for (size_t i = 0; i < count; i++) kept[i] = items[i];
  self->statement->fields[field] = (pi_stated){kept, count};
}

/* `text` is static or lives in the arena. */
static void set(maker *self, pi_statement_field field, pi_slice text) {
  set_list(self, field, &text, 1);
}

static void set_copy(maker *self, pi_statement_field field, const char *text, size_t length) {
  pi_slice copy = pi_arena_copy(self->arena, (pi_slice){text, length});
  if (copy.ptr == NULL) {
    self->failed = true;
    return;
  }
  set(self, field, copy);
}

static void set_buffer(maker *self, pi_statement_field field, pi_buffer *text) {
  if (text->failed) self->failed = true;
  if (!self->failed) set_copy(self, field, text->data, text->len);
  pi_buffer_dispose(text);
}

/* Adds to a list what it does not hold yet. */
static void add(pi_slice *items, size_t *count, pi_slice item) {
  for (size_t i = 0; i < *count; i++) {
    if (pi_slice_equal(items[i], item)) return;
  }
  items[(*count)++] = item;
}

static void find_rules(maker *self) {
  const pi_case *input = self->decided->input;
  for (size_t row = 0; row < RULES_COUNT; row++) {
    for (uint32_t i = 0; i < input->violations_count; i++) {
      if (input->violations[i].rule != RULES[row].rule) continue;
      self->rules[self->rules_count++] = &RULES[row];
      break;
    }
  }
}

static bool withheld(const pi_case *input, pi_slice country) {
  if (!pi_case_knows(input, PI_FACT_WITHHELD_IN)) return false;
  pi_countries countries = pi_case_countries(input, PI_FACT_WITHHELD_IN);
  for (uint32_t i = 0; i < countries.count; i++) {
    if (pi_slice_equal(countries.codes[i], country)) return true;
  }
  return false;
}

/* Countries of the EEA: those in which the Tweet is withheld, those in which it is not, or all of them. A
 * notice is not shown where the Tweet is not shown at all (A28); a removal is a removal everywhere. */
static size_t set_territory(maker *self, bool inside, bool outside) {
  pi_slice countries[UINT8_MAX];
  size_t count = 0;
  for (uint8_t i = 0; i < PI_WORDS_EEA.count; i++) {
    pi_slice country = PI_WORDS_EEA.words[i];
    if (withheld(self->decided->input, country) ? inside : outside) countries[count++] = country;
  }
  if (count > 0) set_list(self, PI_STATED_TERRITORY, countries, count);
  return count;
}

/* The day in UTC. */
static void set_date(maker *self, pi_statement_field field, int64_t at) {
  enum { DATE_BYTES = 10 };
  char time[PI_TIME_BYTES];
  pi_time_write(at, time);
  set_copy(self, field, time, DATE_BYTES);
}

/* The language as ISO 639-1 has it, left out where it has none ("und", "qme"); Twitter keeps two that were
 * renamed. Of "zh-Hant" the language is what stands before the hyphen. */
static void set_language(maker *self) {
  const pi_case *input = self->decided->input;
  if (!pi_case_knows(input, PI_FACT_TWEET_LANG)) return;
  pi_slice tag = pi_case_text(input, PI_FACT_TWEET_LANG);
  if (tag.len < 2 || (tag.len > 2 && tag.ptr[2] != '-')) return;
  char code[3] = {0};
  for (size_t i = 0; i < 2; i++) {
    char c = tag.ptr[i];
    code[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
  }
  pi_slice name = pi_slice_of(code);
  if (pi_slice_equal(name, PI_SLICE("IN"))) name = PI_SLICE("ID");
  if (pi_slice_equal(name, PI_SLICE("IW"))) name = PI_SLICE("HE");
  int index = pi_words_find(PI_WORDS_LANGUAGE, name);
  if (index >= 0) set(self, PI_STATED_LANGUAGE, PI_WORDS_LANGUAGE.words[index]);
}

/* What both kinds of statement say of the content. */
static void set_content(maker *self, const char *puid_ending) {
  const pi_stated_decision *decided = self->decided;
  pi_slice types[2] = {PI_SLICE("CONTENT_TYPE_TEXT")};
  size_t types_count = 1;
  for (size_t i = 0; i < self->rules_count; i++) {
    if (self->rules[i]->media) add(types, &types_count, PI_SLICE("CONTENT_TYPE_OTHER"));
  }
  set_list(self, PI_STATED_CONTENT_TYPE, types, types_count);
  if (types_count > 1) {
    set(self, PI_STATED_CONTENT_OTHER, PI_SLICE("Pictures or film; the record does not say which."));
  }
  set_language(self);
  int64_t created_at;
  if (pi_case_knows(decided->input, PI_FACT_TWEET_CREATED_AT) &&
      pi_time_read(pi_case_text(decided->input, PI_FACT_TWEET_CREATED_AT), &created_at) == NULL) {
    set_date(self, PI_STATED_CONTENT_DATE, created_at); /* else absent, as pi_statement_check says */
  }
  set_date(self, PI_STATED_APPLICATION_DATE, decided->decided_at);
  set(self, PI_STATED_DETECTION, PI_SLICE("No"));
  char puid[512];
  int length = snprintf(puid, sizeof puid, "%.*s%s", (int)decided->puid.len, decided->puid.ptr, puid_ending);
  if (length > 0 && (size_t)length < sizeof puid) set_copy(self, PI_STATED_PUID, puid, (size_t)length);
}

/* --- the decision under the rules --- */

static void set_rules(maker *self) {
  pi_slice additions[LISTED_MAX];
  pi_slice keywords[LISTED_MAX];
  size_t additions_count = 0;
  size_t keywords_count = 0;
  pi_buffer titles;
  pi_buffer reasons;
  pi_buffer others;
  pi_buffer_init(&titles, FREE_TEXT_BYTES);
  pi_buffer_init(&reasons, FREE_TEXT_BYTES);
  pi_buffer_init(&others, FREE_TEXT_BYTES);
  for (size_t i = 0; i < self->rules_count; i++) {
    const stated_rule *rule = self->rules[i];
    if (!pi_slice_equal(rule->category, self->rules[0]->category)) {
      add(additions, &additions_count, rule->category);
    }
    add(keywords, &keywords_count, rule->keyword);
    if (i > 0) pi_buffer_text(&titles, "; ");
    if (i > 0) pi_buffer_byte(&reasons, ' ');
    pi_buffer_slice(&titles, rule->title);
    pi_buffer_slice(&reasons, rule->reason);
    if (!pi_slice_equal(rule->keyword, PI_SLICE("KEYWORD_OTHER"))) continue;
    if (others.len > 0) pi_buffer_text(&others, "; ");
    pi_buffer_slice(&others, rule->title);
  }
  if (self->rules_count > 0) set(self, PI_STATED_CATEGORY, self->rules[0]->category);
  if (additions_count > 0) set_list(self, PI_STATED_CATEGORY_ADDITION, additions, additions_count);
  set_list(self, PI_STATED_KEYWORDS, keywords, keywords_count);
  set_buffer(self, PI_STATED_RULE_GROUND, &titles);
  set_buffer(self, PI_STATED_RULE_EXPLANATION, &reasons);
  if (others.len > 0) set_buffer(self, PI_STATED_KEYWORD_OTHER, &others);
}

/* How it came to people. */
static void put_grounds(pi_buffer *text, const pi_stated_decision *decided) {
  pi_buffer_text(text, "The content breaks rules of the platform. ");
  if (!decided->eligible) {
    pi_buffer_text(text, "It does not meet the criteria of an exception in the public interest. ");
    return;
  }
  pi_buffer_text(text, "It was posted from a verified account with more than " PI_SPELL(PI_FOLLOWERS_NEEDED));
  pi_buffer_text(text, " followers that belongs to a holder of public office or a candidate. ");
  if (decided->evaluation == PUBINT_NOTICE || decided->evaluation == PUBINT_REMOVE) {
    pi_buffer_printf(text,
                     "A published policy, computed on facts that people had established, weighed the public "
                     "interest against the harm and recommended %s; people decided. ",
                     decided->evaluation == PUBINT_NOTICE ? "a notice" : "removal");
  } else {
    pi_buffer_text(text, "No recommendation was computed. ");
  }
}

static const char FINDING[] =
    " and recorded its finding of how the content contributes directly to understanding "
    "of, or dialogue about, a matter of public concern";

static void put_count(pi_buffer *text, const char *before, uint32_t count, const char *what) {
  pi_buffer_printf(text, "%s%u %s%s", before, (unsigned)count, what, count == 1 ? "" : "s");
}

/* "; 4 people from 3 backgrounds and the market, of 2 internal teams, gave feedback": what is recorded. */
static void put_advisers(pi_buffer *text, const pi_stated_decision *decided) {
  pi_buffer_printf(text, "; %u %s", (unsigned)decided->advisers_count,
                   decided->advisers_count == 1 ? "person" : "people");
  if (decided->backgrounds_count > 0) put_count(text, " from ", decided->backgrounds_count, "background");
  if (decided->market_heard)
    pi_buffer_text(text, decided->backgrounds_count > 0 ? " and the market" : " from the market");
  if (decided->teams_count > 0) put_count(text, ", of ", decided->teams_count, "internal team");
  pi_buffer_text(text, decided->teams_count > 0 ? ", gave feedback" : " gave feedback");
}

/* What people did. What they wrote stays out: that a finding is on record is said, and not what it says. */
static void put_people(pi_buffer *text, const pi_stated_decision *decided) {
  pi_buffer_printf(text, "Trust & Safety recommended %s",
                   decided->recommendation == PUBINT_NOTICE ? "a notice" : "removal");
  if (decided->found) pi_buffer_text(text, FINDING);
  put_advisers(text, decided);
  if (decided->informed) {
    pi_buffer_text(text, " and were informed of the recommendation and of all feedback");
  }
  pi_buffer_text(text, "; then senior leadership decided");
  if (decided->found_later) pi_buffer_text(text, FINDING);
  pi_buffer_text(text, ". ");
}

static void set_facts(maker *self) {
  const pi_stated_decision *decided = self->decided;
  bool notice = decided->decision == PUBINT_NOTICE;
  pi_buffer text;
  pi_buffer_init(&text, FREE_TEXT_BYTES);
  put_grounds(&text, decided);
  put_people(&text, decided);
  pi_buffer_text(&text, notice
                            ? "The content stays up behind a notice that names the rules it breaks, because "
                              "it may be in the public interest for people to know what was said. It can be "
                              "viewed after a click and quoted; likes, reposts, replies, sharing and "
                              "recommendation by algorithms are off."
                            : "The content is removed.");
  if (decided->superseding)
    pi_buffer_text(&text, " This decision replaces an earlier one on the same content.");
  set_buffer(self, PI_STATED_FACTS, &text);
}

static void make_decision(maker *self) {
  static const pi_slice NOTICE[] = {PI_SLICE_INIT("DECISION_VISIBILITY_CONTENT_LABELLED"),
                                    PI_SLICE_INIT("DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"),
                                    PI_SLICE_INIT("DECISION_VISIBILITY_CONTENT_DEMOTED")};
  static const pi_slice REMOVE[] = {PI_SLICE_INIT("DECISION_VISIBILITY_CONTENT_REMOVED")};
  const pi_stated_decision *decided = self->decided;
  bool notice = decided->decision == PUBINT_NOTICE;
  bool recommended = decided->evaluation == PUBINT_NOTICE || decided->evaluation == PUBINT_REMOVE;
  set_list(self, PI_STATED_VISIBILITY, notice ? NOTICE : REMOVE,
           notice ? sizeof NOTICE / sizeof NOTICE[0] : sizeof REMOVE / sizeof REMOVE[0]);
  set(self, PI_STATED_GROUND, PI_SLICE("DECISION_GROUND_INCOMPATIBLE_CONTENT"));
  if (decided->learn_more.len > 0) set(self, PI_STATED_GROUND_URL, decided->learn_more);
  set_rules(self);
  set_content(self, "");
  set_facts(self);
  set(self, PI_STATED_SOURCE, PI_SLICE("SOURCE_VOLUNTARY"));
  set(self, PI_STATED_DECISION,
      recommended ? PI_SLICE("AUTOMATED_DECISION_PARTIALLY") : PI_SLICE("AUTOMATED_DECISION_NOT_AUTOMATED"));
}

/* --- what local law keeps from view --- */

/* That local law withholds it is recorded, and not who asked for it nor what kind of illegal content it is:
 * the category says so. */
static void make_withheld(maker *self) {
  set(self, PI_STATED_VISIBILITY, PI_SLICE("DECISION_VISIBILITY_CONTENT_DISABLED"));
  set(self, PI_STATED_GROUND, PI_SLICE("DECISION_GROUND_ILLEGAL_CONTENT"));
  set(self, PI_STATED_LEGAL_GROUND, PI_SLICE("Local law of the countries named in the territorial scope."));
  set(self, PI_STATED_LEGAL_EXPLANATION,
      PI_SLICE(
          "Access is disabled in these countries under local law, which applies whatever was decided under "
          "the rules of the platform."));
  set(self, PI_STATED_CATEGORY, PI_SLICE("STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"));
  set_content(self, "-withheld");
  set(self, PI_STATED_FACTS,
      PI_SLICE(
          "The content is withheld in the countries named, under local law. What was decided under the rules "
          "of the platform is the subject of a statement of its own."));
  set(self, PI_STATED_SOURCE, PI_SLICE("SOURCE_TYPE_OTHER_NOTIFICATION"));
  set(self, PI_STATED_DECISION, PI_SLICE("AUTOMATED_DECISION_NOT_AUTOMATED"));
}

/* Of what is missing, where it comes from. */
static void hint(pubint_error *error, const pi_stated_decision *decided) {
  if (error == NULL || pi_case_knows(decided->input, PI_FACT_TWEET_CREATED_AT)) return;
  snprintf(error->hint, sizeof error->hint, "tweet.created_at is not known");
}

pubint_status pi_statements_make(pi_statements *out, const pi_stated_decision *decided, pi_arena *arena,
                                 pubint_error *error) {
  *out = (pi_statements){.count = 0};
  maker self = {.decided = decided, .arena = arena};
  find_rules(&self);
  for (unsigned i = 0; i < PI_STATEMENTS_MAX; i++) {
    bool by_law = i > 0;
    self.statement = &out->items[out->count];
    if (set_territory(&self, by_law || decided->decision == PUBINT_REMOVE, !by_law) == 0) continue;
    if (by_law) {
      make_withheld(&self);
    } else {
      make_decision(&self);
    }
    if (self.failed) return pi_error_set(error, PI_E_NO_MEMORY);
    pubint_status status = pi_statement_check(self.statement, error);
    if (status != PUBINT_OK) {
      hint(error, decided);
      return status;
    }
    out->count++;
  }
  return PUBINT_OK;
}
