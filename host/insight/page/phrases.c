#include "phrases.h"

#include <stdio.h>
#include <string.h>

#include "decimal.h"

enum { KEY_BYTES = 192 }; /* "word." + the longest path and word; an id has at most 64 bytes */

#define ARENA_BLOCK_BYTES ((size_t)16 * 1024)
#define ARENA_BYTES_MAX   ((size_t)8 * 1024 * 1024)

const pi_phrase_row PI_PHRASES[] = {
#define PHRASE(name, key, text) [PI_PHRASE_##name] = {PI_SLICE_INIT(key), PI_SLICE_INIT(text)},
#define NAMED(key, text)
#include "phrases.def"
#undef PHRASE
#undef NAMED
#define PHRASE(name, key, text)
#define NAMED(key, text) {PI_SLICE_INIT(key), PI_SLICE_INIT(text)},
#include "phrases.def"
#undef PHRASE
#undef NAMED
};
const size_t PI_PHRASES_COUNT = sizeof PI_PHRASES / sizeof PI_PHRASES[0];

bool pi_locale_exists(const pubint_policy *policy, pi_slice locale) {
  if (pi_slice_equal(locale, PI_SLICE("en"))) return true;
  for (uint32_t i = 0; i < policy->locales_count; i++) {
    if (pi_slice_equal(policy->locales[i].name, locale)) return true;
  }
  return false;
}

static char folded(char c) {
  if (c == '_') return '-';
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_tag(pi_slice a, pi_slice b) {
  bool same = a.len == b.len;
  for (size_t i = 0; same && i < a.len; i++) same = folded(a.ptr[i]) == folded(b.ptr[i]);
  return same;
}

static pi_slice locale_of(const pubint_policy *policy, pi_slice tag) {
  for (uint32_t i = 0; i < policy->locales_count; i++) {
    if (same_tag(policy->locales[i].name, tag)) return policy->locales[i].name;
  }
  return same_tag(tag, PI_SLICE("en")) ? PI_SLICE("en") : (pi_slice){NULL, 0};
}

pi_slice pi_locale_find(const pubint_policy *policy, pi_slice tag) {
  pi_slice found = locale_of(policy, tag);
  size_t primary = 0;
  while (primary < tag.len && folded(tag.ptr[primary]) != '-') primary++;
  return found.ptr != NULL ? found : locale_of(policy, (pi_slice){tag.ptr, primary});
}

void pi_wording_init(pi_wording *wording, const pubint_policy *policy, pi_slice locale) {
  *wording = (pi_wording){.policy = policy, .locale = locale};
  pi_arena_init(&wording->arena, ARENA_BLOCK_BYTES, ARENA_BYTES_MAX);
}

void pi_wording_dispose(pi_wording *wording) {
  pi_arena_dispose(&wording->arena);
}

/* The policy's text of `key`, in the locale or else in English; .ptr NULL where it has none. */
static pi_slice policy_text(const pi_wording *wording, pi_slice key) {
  if (wording->policy == NULL) return (pi_slice){NULL, 0};
  pi_slice text = pi_policy_phrase(wording->policy, wording->locale, key);
  return text.ptr != NULL ? text : pi_policy_phrase(wording->policy, PI_SLICE("en"), key);
}

pi_slice pi_say_plain(const pi_wording *wording, pi_phrase phrase) {
  pi_slice text = policy_text(wording, PI_PHRASES[phrase].key);
  return text.ptr != NULL ? text : PI_PHRASES[phrase].text;
}

pi_slice pi_say_outcome(const pi_wording *wording, pubint_outcome outcome) {
  static const pi_wording BUILT_IN = {0};
  static const pi_phrase PHRASES[PI_OUTCOMES] = {[PUBINT_NO_ACTION] = PI_PHRASE_OUTCOME_NO_ACTION,
                                                 [PUBINT_REMOVE] = PI_PHRASE_OUTCOME_REMOVE,
                                                 [PUBINT_NOTICE] = PI_PHRASE_OUTCOME_NOTICE,
                                                 [PUBINT_REVIEW] = PI_PHRASE_OUTCOME_REVIEW};
  return pi_say_plain(wording != NULL ? wording : &BUILT_IN, PHRASES[outcome]);
}

pi_slice pi_say_outcome_word(pi_slice word) {
  int outcome = pi_words_find(PI_WORDS_OUTCOME, word);
  return outcome >= 0 ? pi_say_outcome(NULL, (pubint_outcome)outcome) : word;
}

pi_slice pi_say_named(pi_wording *wording, const char *prefix, pi_slice name) {
  char key[KEY_BYTES];
  int length = snprintf(key, sizeof key, "%s.%.*s", prefix, (int)name.len, name.ptr);
  if (length < 0 || (size_t)length >= sizeof key) return name;
  pi_slice wanted = {key, (size_t)length};
  pi_slice text = policy_text(wording, wanted);
  if (text.ptr != NULL) return text;
  for (size_t i = PI_PHRASE_COUNT; i < PI_PHRASES_COUNT; i++) {
    if (pi_slice_equal(PI_PHRASES[i].key, wanted)) return PI_PHRASES[i].text;
  }
  return name;
}

static const pi_part *find_part(const pi_part *parts, size_t count, pi_slice name) {
  for (size_t i = 0; i < count; i++) {
    if (pi_slice_equal(pi_slice_of(parts[i].name), name)) return &parts[i];
  }
  return NULL;
}

/* Splits `rest` at its first placeholder that `parts` fill: what stands before it, and NULL at the end. */
static const pi_part *next_part(pi_slice *rest, pi_slice *before, const pi_part *parts, size_t count) {
  const char *begin = rest->ptr;
  const char *end = rest->ptr + rest->len;
  for (const char *open = begin; open < end; open++) {
    if (*open != '{') continue;
    const char *close = memchr(open, '}', (size_t)(end - open));
    if (close == NULL) break;
    const pi_part *part = find_part(parts, count, (pi_slice){open + 1, (size_t)(close - open - 1)});
    if (part == NULL) continue;
    *before = (pi_slice){begin, (size_t)(open - begin)};
    *rest = (pi_slice){close + 1, (size_t)(end - close - 1)};
    return part;
  }
  *before = *rest;
  *rest = (pi_slice){end, 0};
  return NULL;
}

static char *add(char *to, pi_slice text) {
  if (text.len > 0) memcpy(to, text.ptr, text.len);
  return to + text.len;
}

static char *allocate(pi_wording *wording, size_t bytes) {
  char *out = pi_arena_alloc(&wording->arena, bytes > 0 ? bytes : 1);
  if (out == NULL) wording->failed = true;
  return out;
}

pi_slice pi_say(pi_wording *wording, pi_phrase phrase, const pi_part *parts, size_t count) {
  pi_slice text = pi_say_plain(wording, phrase);
  size_t bytes = 0;
  pi_slice rest = text;
  pi_slice before;
  for (const pi_part *part = parts; part != NULL;) {
    part = next_part(&rest, &before, parts, count);
    bytes += before.len + (part != NULL ? part->value.len : 0);
  }
  char *out = allocate(wording, bytes);
  if (out == NULL) return (pi_slice){"", 0};
  char *to = out;
  rest = text;
  for (const pi_part *part = parts; part != NULL;) {
    part = next_part(&rest, &before, parts, count);
    to = add(to, before);
    if (part != NULL) to = add(to, part->value);
  }
  return (pi_slice){out, bytes};
}

pi_slice pi_say_count(pi_wording *wording, int64_t count) {
  char digits[PI_DECIMAL_BYTES];
  size_t length = pi_decimal_write(digits, count, 0);
  size_t sign = digits[0] == '-' ? 1 : 0;
  pi_slice separator = pi_say_plain(wording, PI_PHRASE_NUMBER_THOUSANDS);
  size_t groups = (length - sign - 1) / 3;
  size_t bytes = length + groups * separator.len + 2; /* U+2212 takes 3 bytes, - took 1 */
  char *out = allocate(wording, bytes);
  if (out == NULL) return (pi_slice){"", 0};
  char *to = out;
  if (sign > 0) to = add(to, PI_SLICE("−"));
  for (size_t i = sign; i < length; i++) {
    if (i > sign && (length - i) % 3 == 0) to = add(to, separator);
    *to++ = digits[i];
  }
  return (pi_slice){out, (size_t)(to - out)};
}

pi_slice pi_say_counted(pi_wording *wording, pi_phrase one, pi_phrase many, int64_t count) {
  int64_t size = count < 0 ? -count : count;
  return PI_SAY(wording, size == 1 ? one : many, {"count", pi_say_count(wording, size)});
}

pi_slice pi_say_decimal(pi_wording *wording, int64_t value, unsigned decimals) {
  char digits[PI_DECIMAL_BYTES];
  size_t length = pi_decimal_write(digits, value, decimals);
  pi_slice mark = pi_say_plain(wording, PI_PHRASE_NUMBER_DECIMAL);
  char *out = allocate(wording, length + mark.len + 2);
  if (out == NULL) return (pi_slice){"", 0};
  char *to = out;
  for (size_t i = 0; i < length; i++) {
    if (digits[i] == '-') {
      to = add(to, PI_SLICE("−"));
    } else if (digits[i] == '.') {
      to = add(to, mark);
    } else {
      *to++ = digits[i];
    }
  }
  return (pi_slice){out, (size_t)(to - out)};
}

pi_slice pi_say_points(pi_wording *wording, int64_t nano) {
  int64_t size = nano < 0 ? -nano : nano;
  return PI_SAY(wording, size == PI_NANO ? PI_PHRASE_POINTS_ONE : PI_PHRASE_POINTS_MANY,
                {"points", pi_say_decimal(wording, size, 9)});
}

pi_slice pi_say_list(pi_wording *wording, const pi_slice *items, size_t count, pi_phrase last) {
  if (count == 0) return (pi_slice){"", 0};
  pi_slice comma = pi_say_plain(wording, PI_PHRASE_LIST_COMMA);
  pi_slice final = pi_say_plain(wording, last);
  size_t bytes = final.len + count * comma.len;
  for (size_t i = 0; i < count; i++) bytes += items[i].len;
  char *out = allocate(wording, bytes);
  if (out == NULL) return (pi_slice){"", 0};
  char *to = out;
  for (size_t i = 0; i < count; i++) {
    if (i > 0) to = add(to, i + 1 < count ? comma : final);
    to = add(to, items[i]);
  }
  return (pi_slice){out, (size_t)(to - out)};
}
