#define PCRE2_CODE_UNIT_WIDTH 8
#include "patterns.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "script_error.h"
#include "utf8.h"

enum { CACHED_PATTERNS = 64 };

/* What PCRE2 may do within one attempt; its own count starts anew at every start offset, so the steps are
 * counted besides, by a callout before every item of the pattern. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 2000, HEAP_LIMIT_KIB = 512, PARENTHESES = 50 };

/* \X looks back over all halves of flags before it, every time: quadratic within one item. */
enum { GRAPHEME_SUBJECT_MAX = 10000 };

/* What a call costs at least: about what compiling a pattern does, cached or not. */
enum { CALL_COST = 50 };

typedef struct cached_pattern {
  uint16_t length;
  char text[PI_PATTERN_BYTES_MAX];
  pcre2_code *code; /* NULL: free */
} cached_pattern;

struct pi_pattern_cache {
  pcre2_general_context *general;
  pcre2_compile_context *compile;
  pcre2_match_context *match;
  pcre2_match_data *data;
  unsigned next; /* the place that is given up next */
  cached_pattern patterns[CACHED_PATTERNS];
};

static void *take(PCRE2_SIZE bytes, void *tag) {
  (void)tag;
  return malloc(bytes);
}

static void give(void *block, void *tag) {
  (void)tag;
  free(block);
}

pi_pattern_cache *pi_patterns_new(void) {
  pi_pattern_cache *cache = calloc(1, sizeof *cache);
  if (cache == NULL) return NULL;
  cache->general = pcre2_general_context_create(take, give, NULL);
  if (cache->general != NULL) {
    cache->compile = pcre2_compile_context_create(cache->general);
    cache->match = pcre2_match_context_create(cache->general);
    cache->data = pcre2_match_data_create(1, cache->general);
  }
  if (cache->compile == NULL || cache->match == NULL || cache->data == NULL) {
    pi_patterns_free(cache);
    return NULL;
  }
  pcre2_set_max_pattern_length(cache->compile, PI_PATTERN_BYTES_MAX);
  pcre2_set_parens_nest_limit(cache->compile, PARENTHESES);
  pcre2_set_newline(cache->compile, PCRE2_NEWLINE_LF); /* whatever the system's library was built with */
  pcre2_set_bsr(cache->compile, PCRE2_BSR_UNICODE);
  pcre2_set_match_limit(cache->match, MATCH_LIMIT);
  pcre2_set_depth_limit(cache->match, DEPTH_LIMIT);
  pcre2_set_heap_limit(cache->match, HEAP_LIMIT_KIB);
  return cache;
}

void pi_patterns_free(pi_pattern_cache *cache) {
  if (cache == NULL) return;
  for (int i = 0; i < CACHED_PATTERNS; i++) pcre2_code_free(cache->patterns[i].code);
  pcre2_match_data_free(cache->data);
  pcre2_match_context_free(cache->match);
  pcre2_compile_context_free(cache->compile);
  pcre2_general_context_free(cache->general);
  free(cache);
}

/* [-0, +0, v] */
static pcre2_code *compile(lua_State *L, pi_pattern_cache *cache, pi_slice pattern, const char *function) {
  const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
  int code;
  PCRE2_SIZE offset;
  pcre2_code *compiled =
      pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, options, &code, &offset, cache->compile);
  if (compiled != NULL) return compiled;
  if (code == PCRE2_ERROR_HEAP_FAILED) pi_vm_no_memory(L);
  PCRE2_UCHAR message[120] = "";
  pcre2_get_error_message(code, message, sizeof message);
  pi_script_raise(L, "%s: the pattern is not right at byte %zu: %s", function, (size_t)offset + 1,
                  (const char *)message);
  return NULL;
}

/* [-0, +0, v] */
static const pcre2_code *find_code(lua_State *L, pi_slice pattern, const char *function) {
  pi_pattern_cache *cache = pi_vm_of(L)->patterns;
  for (int i = 0; i < CACHED_PATTERNS; i++) {
    const cached_pattern *cached = &cache->patterns[i];
    if (cached->code != NULL && cached->length == pattern.len &&
        memcmp(cached->text, pattern.ptr, pattern.len) == 0) {
      return cached->code;
    }
  }
  pcre2_code *code = compile(L, cache, pattern, function);
  cached_pattern *place = &cache->patterns[cache->next];
  cache->next = (cache->next + 1) % CACHED_PATTERNS;
  pcre2_code_free(place->code);
  place->code = code;
  place->length = (uint16_t)pattern.len;
  if (pattern.len > 0) memcpy(place->text, pattern.ptr, pattern.len);
  return code;
}

/* Whether the pattern holds "(*", which would set limits and options of its own. */
static bool has_verb(pi_slice pattern) {
  for (size_t i = 0; i + 1 < pattern.len; i++) {
    if (pattern.ptr[i] == '(' && pattern.ptr[i + 1] == '*') return true;
  }
  return false;
}

/* Whether the pattern holds \X. */
static bool has_graphemes(pi_slice pattern) {
  for (size_t i = 0; i + 1 < pattern.len; i++) {
    if (pattern.ptr[i] != '\\') continue;
    if (pattern.ptr[++i] == 'X') return true;
  }
  return false;
}

void pi_search_begin(lua_State *L, pi_search *search, pi_slice subject, pi_slice pattern,
                     const char *function) {
  if (pattern.len > PI_PATTERN_BYTES_MAX) {
    pi_script_raise(L, "%s: a pattern of at most %d bytes expected", function, PI_PATTERN_BYTES_MAX);
  }
  /* The Tweet's own text may be searched however long it is: blotting can make it longer. */
  const pi_script_call *call = pi_vm_of(L)->call;
  size_t own = call != NULL ? call->text.len : 0;
  if (subject.len > PI_SUBJECT_BYTES_MAX && subject.len > own) {
    pi_script_raise(L, "%s: a text of at most " PI_SPELL(PI_SUBJECT_BYTES) " bytes expected", function);
  }
  if (subject.len > GRAPHEME_SUBJECT_MAX && has_graphemes(pattern)) {
    pi_script_raise(L, "%s: with \\X a text of at most %d bytes expected", function, GRAPHEME_SUBJECT_MAX);
  }
  pi_vm_charge(L, CALL_COST + pi_vm_bytes_cost(subject.len) + pattern.len);
  if (has_verb(pattern)) pi_script_raise(L, "%s: a pattern must not hold '(*'", function);
  if (pi_utf8_check(pattern) != pattern.ptr + pattern.len) {
    pi_script_raise(L, "%s: the pattern is not UTF-8", function);
  }
  if (pi_utf8_check(subject) != subject.ptr + subject.len) {
    pi_script_raise(L, "%s: the text is not UTF-8", function);
  }
  *search = (pi_search){.code = find_code(L, pattern, function), .subject = subject};
}

/* Where a match stood when its steps were last counted. */
typedef struct walk {
  pi_vm *vm;
  size_t place;
} walk;

/* Counts one item of the pattern, and the way that the last one took: an item such as \w++ goes over the
 * whole text on its own. One that fails after a long way leaves no trace of it, so the clock is looked at
 * too. Anything but 0 ends the match with that code. */
static int count_step(pcre2_callout_block *block, void *context) {
  walk *w = context;
  size_t place = block->current_position;
  size_t way = place > w->place ? place - w->place : w->place - place;
  w->place = place;
  return pi_vm_step(w->vm, pi_vm_bytes_cost(way), block->subject_length) ? 0 : PCRE2_ERROR_CALLOUT;
}

bool pi_search_next(lua_State *L, pi_search *search, pi_match *match) {
  pi_vm *vm = pi_vm_of(L);
  pi_pattern_cache *cache = vm->patterns;
  uint32_t options = PCRE2_NO_UTF_CHECK; /* checked once, by pi_search_begin */
  if (search->after_empty) options |= PCRE2_NOTEMPTY_ATSTART;
  walk w = {vm, search->from};
  pcre2_set_callout(cache->match, count_step, &w);
  pi_vm_charge(L, 1 + PI_HOOK_INSTRUCTIONS / 8);
  int found = pcre2_match(search->code, (PCRE2_SPTR)search->subject.ptr, search->subject.len, search->from,
                          options, cache->data, cache->match);
  if (found == PCRE2_ERROR_NOMATCH) return false;
  if (found == PCRE2_ERROR_NOMEMORY) pi_vm_no_memory(L);
  if (found == PCRE2_ERROR_CALLOUT || found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_DEPTHLIMIT ||
      found == PCRE2_ERROR_HEAPLIMIT) {
    pi_vm_trip(L, PI_TRIP_INSTRUCTIONS);
  }
  if (found < 0) pi_script_raise(L, "the pattern cannot be matched (PCRE2 error %d)", found);
  const PCRE2_SIZE *places = pcre2_get_ovector_pointer(cache->data);
  *match = (pi_match){places[0], places[1]};
  if (match->start > match->end) { /* \K within a group that a lookahead calls */
    pi_script_raise(L, "the pattern puts a match's beginning after its end");
  }
  search->after_empty = match->start == match->end;
  search->from = match->end;
  return true;
}
