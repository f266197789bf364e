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
enum { GRAPHEME_SUBJECT_MAX = 10000, FLAG_HALF_BYTES = 4 };

/* What a call costs at least: about what compiling a pattern does, cached or not; and how many bytes of its
 * compiled form cost one more. */
enum { CALL_COST = 50, COMPILED_BYTES = 64 };

/* So many bytes of an item cost as much again of every byte it goes over: those of a class are compared one
 * after the other. */
enum { ITEM_BYTES = 16 };

/* An item of a pattern as its callout tells it: what it can cost before the next callout. */
typedef struct pattern_item {
  uint16_t length; /* in the pattern, with its quantifier */
  uint16_t least;  /* so many times it must match: it may fail after as many but one, and leaves no trace */
} pattern_item;

typedef struct cached_pattern {
  uint16_t length;
  char text[PI_PATTERN_BYTES_MAX];
  bool graphemes;                               /* it has an \X */
  bool references;                              /* it goes back to what a group matched */
  uint32_t looks_back;                          /* so many characters a lookbehind goes back at most */
  size_t size;                                  /* compiled */
  pcre2_code *code;                             /* NULL: free */
  pattern_item items[PI_PATTERN_BYTES_MAX + 1]; /* by where they begin */
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
  pi_pattern_cache *cache = malloc(sizeof *cache);
  if (cache == NULL) return NULL;
  cache->compile = NULL;
  cache->match = NULL;
  cache->data = NULL;
  cache->next = 0;
  for (int i = 0; i < CACHED_PATTERNS; i++) cache->patterns[i].code = NULL; /* the rest comes with the code */
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

/* Whether the braces at `at` are those of \x{…} or \o{…}, which hold no count. */
static bool is_code_point(pi_slice item, size_t at) {
  return at >= 2 && item.ptr[at - 2] == '\\' && (item.ptr[at - 1] == 'x' || item.ptr[at - 1] == 'o');
}

/* The largest count that an item can demand. Comments may stand within it, so this can be too much. */
static uint16_t least_of(pi_slice item) {
  uint32_t most = 0;
  for (size_t i = 0; i < item.len; i++) {
    if (item.ptr[i] != '{' || is_code_point(item, i)) continue;
    uint32_t count = 0;
    size_t digit = i + 1;
    while (digit < item.len && (item.ptr[digit] == ' ' || item.ptr[digit] == '\t')) digit++;
    for (; digit < item.len && item.ptr[digit] >= '0' && item.ptr[digit] <= '9' && count <= UINT16_MAX;
         digit++)
      count = count * 10 + (uint32_t)(item.ptr[digit] - '0');
    if (count > most) most = count;
  }
  return most <= UINT16_MAX ? (uint16_t)most : UINT16_MAX;
}

/* Where items begin and end PCRE2 says; an item is one escape, one class or one character at most, so that
 * within it nothing hides another. */
static int note_item(pcre2_callout_enumerate_block *block, void *context) {
  cached_pattern *pattern = context;
  pi_slice item = {pattern->text + block->pattern_position, block->next_item_length};
  pattern->items[block->pattern_position] = (pattern_item){(uint16_t)item.len, least_of(item)};
  for (size_t i = 0; i + 1 < item.len; i++) {
    if (item.ptr[i] == '\\' && item.ptr[i + 1] == 'X') pattern->graphemes = true;
  }
  return 0;
}

/* What a pattern can cost, by its compiled form. */
static void note_costs(cached_pattern *pattern) {
  uint32_t references = 0;
  pattern->graphemes = false;
  pattern->looks_back = 0;
  pattern->size = 0;
  memset(pattern->items, 0, sizeof pattern->items);
  pcre2_pattern_info(pattern->code, PCRE2_INFO_BACKREFMAX, &references);
  pcre2_pattern_info(pattern->code, PCRE2_INFO_MAXLOOKBEHIND, &pattern->looks_back);
  pcre2_pattern_info(pattern->code, PCRE2_INFO_SIZE, &pattern->size);
  pattern->references = references > 0;
  pcre2_callout_enumerate(pattern->code, note_item, pattern);
}

/* [-0, +0, v] */
static const cached_pattern *find_pattern(lua_State *L, pi_slice pattern, const char *function) {
  pi_pattern_cache *cache = pi_vm_of(L)->patterns;
  for (int i = 0; i < CACHED_PATTERNS; i++) {
    const cached_pattern *cached = &cache->patterns[i];
    if (cached->code != NULL && cached->length == pattern.len &&
        memcmp(cached->text, pattern.ptr, pattern.len) == 0) {
      return cached;
    }
  }
  pcre2_code *code = compile(L, cache, pattern, function);
  cached_pattern *place = &cache->patterns[cache->next];
  cache->next = (cache->next + 1) % CACHED_PATTERNS;
  pcre2_code_free(place->code);
  place->code = code;
  place->length = (uint16_t)pattern.len;
  if (pattern.len > 0) memcpy(place->text, pattern.ptr, pattern.len);
  note_costs(place);
  return place;
}

/* Whether the pattern holds "(*", which would set limits and options of its own. */
static bool has_verb(pi_slice pattern) {
  for (size_t i = 0; i + 1 < pattern.len; i++) {
    if (pattern.ptr[i] == '(' && pattern.ptr[i + 1] == '*') return true;
  }
  return false;
}

/* What compiling can cost besides: of a range that is matched in either case PCRE2 looks at every character.
 * Counted are bytes without which a pattern has none, wherever they stand, so that no text is read as a
 * pattern here. */
static uint64_t ranges_cost(pi_slice pattern) {
  enum { CHARACTERS = 64, LAST = 0x10ffff, LAST_OF_THREE = 0xffff, LAST_OF_TWO = 0x7ff };
  uint64_t ranges = 0, last = 0;
  bool options = false, caseless = false;
  for (size_t i = 0; i < pattern.len; i++) {
    unsigned char byte = (unsigned char)pattern.ptr[i];
    char next = i + 1 < pattern.len ? pattern.ptr[i + 1] : '\0';
    bool escaped = byte == '\\' && next != '\0' && strchr("xoN01234567", next) != NULL;
    uint64_t names = escaped || byte >= 0xf0 ? LAST
                     : byte >= 0xe0          ? LAST_OF_THREE
                     : byte >= 0xc0          ? LAST_OF_TWO
                                             : 0;
    if (names > last) last = names;
    options = options || (byte == '(' && next == '?');
    caseless = caseless || (options && byte == 'i');
    ranges += byte == '-';
  }
  return caseless ? ranges * (last / CHARACTERS) : 0;
}

/* The longest run of halves of flags (U+1F1E6..U+1F1FF), in characters. */
static size_t longest_flags(pi_slice subject) {
  size_t longest = 0, run = 0;
  for (size_t i = 0; i + FLAG_HALF_BYTES <= subject.len;) {
    bool half = memcmp(subject.ptr + i, "\xf0\x9f\x87", 3) == 0 && (unsigned char)subject.ptr[i + 3] >= 0xa6;
    run = half ? run + 1 : 0;
    if (run > longest) longest = run;
    i += half ? FLAG_HALF_BYTES : 1;
  }
  return longest;
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
  pi_vm_charge(L, CALL_COST + pi_vm_bytes_cost(subject.len) + pattern.len + ranges_cost(pattern));
  if (has_verb(pattern)) pi_script_raise(L, "%s: a pattern must not hold '(*'", function);
  if (pi_utf8_check(pattern) != pattern.ptr + pattern.len) {
    pi_script_raise(L, "%s: the pattern is not UTF-8", function);
  }
  if (pi_utf8_check(subject) != subject.ptr + subject.len) {
    pi_script_raise(L, "%s: the text is not UTF-8", function);
  }
  const cached_pattern *found = find_pattern(L, pattern, function);
  if (subject.len > GRAPHEME_SUBJECT_MAX && found->graphemes) {
    pi_script_raise(L, "%s: with \\X a text of at most %d bytes expected", function, GRAPHEME_SUBJECT_MAX);
  }
  pi_vm_charge(L, found->size / COMPILED_BYTES);
  *search = (pi_search){.pattern = found, .subject = subject};
  if (found->graphemes) search->flags = longest_flags(subject);
}

/* Where a match stood when its steps were last counted. */
typedef struct walk {
  pi_vm *vm;
  const cached_pattern *pattern;
  uint64_t flags; /* what \X looks back over costs, for each byte that it goes over */
  size_t place;
  pattern_item item; /* that was to be matched there */
} walk;

/* The longest of what groups hold. */
static size_t longest_group(const pcre2_callout_block *block) {
  size_t longest = 0;
  for (uint32_t i = 1; i < block->capture_top; i++) {
    PCRE2_SIZE start = block->offset_vector[2 * i], end = block->offset_vector[2 * i + 1];
    if (start != PCRE2_UNSET && end > start && end - start > longest) longest = end - start;
  }
  return longest;
}

/* The bytes that the item ahead may go over in vain: one that fails comes back to where it began, and the way
 * does not show it. */
static size_t in_vain(const cached_pattern *pattern, const pcre2_callout_block *block, pattern_item item) {
  enum { CHARACTER_BYTES = 4 };
  size_t rest = block->subject_length - block->current_position;
  size_t bytes = (size_t)item.least * CHARACTER_BYTES;
  if (item.least > 0 && pattern->graphemes) bytes = rest; /* no count of characters bounds a cluster */
  if (pattern->references) bytes += longest_group(block) * (item.least > 0 ? item.least : 1);
  if (bytes > rest) bytes = rest;
  size_t back = (size_t)pattern->looks_back * CHARACTER_BYTES;
  return bytes + (back < block->current_position ? back : block->current_position);
}

/* Counts one item of the pattern before it is matched: the way that the last one took, since an item such as
 * \w++ goes over the whole text on its own, and the way that this one may take in vain. Anything but 0 ends
 * the match with that code. */
static int count_step(pcre2_callout_block *block, void *context) {
  walk *w = context;
  size_t place = block->current_position;
  size_t way = place > w->place ? place - w->place : w->place - place;
  pattern_item item = w->pattern->items[block->pattern_position];
  uint64_t cost = pi_vm_bytes_cost(way * (1 + w->item.length / ITEM_BYTES));
  cost += in_vain(w->pattern, block, item) * (1 + item.length / ITEM_BYTES) / ITEM_BYTES;
  w->place = place;
  w->item = item;
  return pi_vm_step(w->vm, cost * w->flags, block->subject_length) ? 0 : PCRE2_ERROR_CALLOUT;
}

bool pi_search_next(lua_State *L, pi_search *search, pi_match *match) {
  pi_vm *vm = pi_vm_of(L);
  pi_pattern_cache *cache = vm->patterns;
  uint32_t options = PCRE2_NO_UTF_CHECK; /* checked once, by pi_search_begin */
  if (search->after_empty) options |= PCRE2_NOTEMPTY_ATSTART;
  const cached_pattern *pattern = search->pattern;
  walk w = {vm, pattern, 1 + search->flags / FLAG_HALF_BYTES, search->from, {0}};
  pcre2_set_callout(cache->match, count_step, &w);
  /* Where a match may begin is looked for as fast as memory is read, and anew for each. */
  enum { BEGIN_BYTES = 16384 };
  pi_vm_charge(L, 1 + PI_HOOK_INSTRUCTIONS / 8 + (search->subject.len - search->from) / BEGIN_BYTES);
  int found = pcre2_match(pattern->code, (PCRE2_SPTR)search->subject.ptr, search->subject.len, search->from,
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
