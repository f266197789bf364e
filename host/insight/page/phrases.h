/* The wording of explanations and notices: built in (phrases.def), overridden by the policy's locales.
 *
 * A text is looked for in locales/LANG.json, then in locales/en.json, then in phrases.def. What was said
 * lives in the wording's arena until it is disposed of.
 */
#ifndef PI_PHRASES_H
#define PI_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "buffer.h"
#include "evaluation_words.h"
#include "policy.h"
#include "slice.h"

typedef enum pi_phrase {
#define PHRASE(name, key, text) PI_PHRASE_##name,
#define NAMED(key, text)
#include "phrases.def"
#undef PHRASE
#undef NAMED
  PI_PHRASE_COUNT
} pi_phrase;

typedef struct pi_phrase_row {
  pi_slice key;
  pi_slice text; /* English, with {placeholders} */
} pi_phrase_row;

/* Every phrase: those of the enum at their places, then the named ones. */
extern const pi_phrase_row PI_PHRASES[];
extern const size_t PI_PHRASES_COUNT;

typedef struct pi_wording {
  const pubint_policy *policy; /* borrowed; NULL: the built-in wording alone */
  pi_slice locale;             /* "nl" */
  pi_arena arena;
  bool failed; /* memory ran out: something said is empty */
} pi_wording;

/* Whether the policy has that locale; "en", being built in, always. */
bool pi_locale_exists(const pubint_policy *policy, pi_slice locale);

/* The locale for a language tag (nl, nl-BE, NL, nl_NL): of that name, capitals and _ for - aside, else of its
 * primary subtag; .ptr NULL where the policy has neither. */
pi_slice pi_locale_find(const pubint_policy *policy, pi_slice tag);

void pi_wording_init(pi_wording *wording, const pubint_policy *policy, pi_slice locale);
void pi_wording_dispose(pi_wording *wording);

/* What stands for a {name} of a text. */
typedef struct pi_part {
  const char *name;
  pi_slice value;
} pi_part;

/* The phrase with its placeholders replaced; one that is not among `parts` stays as it is written. */
pi_slice pi_say(pi_wording *wording, pi_phrase phrase, const pi_part *parts, size_t count);
#define PI_SAY(wording, phrase, ...)                                                                         \
  pi_say((wording), (phrase), (const pi_part[]){__VA_ARGS__},                                                \
         sizeof((const pi_part[]){__VA_ARGS__}) / sizeof(pi_part))

/* The phrase as it stands. */
pi_slice pi_say_plain(const pi_wording *wording, pi_phrase phrase);

/* An outcome as people read it: a removal, where data say "remove". `wording` NULL: the built-in one. The
 * second takes the word of the data, and returns any other word as it is. */
pi_slice pi_say_outcome(const pi_wording *wording, pubint_outcome outcome);
pi_slice pi_say_outcome_word(pi_slice word);

/* The text under "PREFIX.NAME", as in "rule.violence"; `name` itself where there is none. */
pi_slice pi_say_named(pi_wording *wording, const char *prefix, pi_slice name);

/* A whole number with the locale's separators: 100,001. */
pi_slice pi_say_count(pi_wording *wording, int64_t count);

/* `one` for 1 or -1, else `many`; {count} is |count|. */
pi_slice pi_say_counted(pi_wording *wording, pi_phrase one, pi_phrase many, int64_t count);

/* value × 10^-decimals with the locale's decimal mark and U+2212 for minus: the digits of the JSON, no more.
 */
pi_slice pi_say_decimal(pi_wording *wording, int64_t value, unsigned decimals);

/* "1.5 points", of |billionths|. */
pi_slice pi_say_points(pi_wording *wording, int64_t nano);

/* "a, b and c", with `last` (LIST_AND or LIST_OR) before the last. */
pi_slice pi_say_list(pi_wording *wording, const pi_slice *items, size_t count, pi_phrase last);

#endif
