#include "keys.h"

#include <stdio.h>

#include "nearest.h"
#include "refuse.h"

typedef struct key_row {
  pi_slice key;
  pi_group group; /* the object it stands in; PI_GROUP_COUNT: in none */
} key_row;

/* ROOT's own row is nobody's key. */
#define HOLDER(name, parent) (PI_GROUP_##name == PI_GROUP_ROOT ? PI_GROUP_COUNT : PI_GROUP_##parent)

static const key_row KEYS[PI_KEY_COUNT] = {
#define FACT(name, holder, text, type, side, doc) [PI_FACT_##name] = {PI_SLICE_INIT(text), PI_GROUP_##holder},
#include "facts.def"
#undef FACT
#define GROUP(name, parent, text, path)                                                                      \
  [PI_KEY_GROUPS + PI_GROUP_##name] = {PI_SLICE_INIT(text), HOLDER(name, parent)},
#include "groups.def"
#undef GROUP
    [PI_KEY_VERSION] = {PI_SLICE_INIT("v"), PI_GROUP_ROOT},
    [PI_KEY_VIOLATIONS] = {PI_SLICE_INIT("violations"), PI_GROUP_ROOT},
};

static bool is_key(unsigned number, pi_group group, pi_slice key) {
  return KEYS[number].group == group && pi_slice_equal(KEYS[number].key, key);
}

pi_slice pi_keys_text(pi_group group, unsigned number) {
  if (number < PI_KEY_COUNT && KEYS[number].group == group) return KEYS[number].key;
  return (pi_slice){"", 0};
}

unsigned pi_keys_find(pi_group group, pi_slice key) {
  unsigned number = 0;
  while (number < PI_KEY_COUNT && !is_key(number, group, key)) number++;
  return number;
}

/* The keys of `group`, in `out`. */
static pi_words keys_of(pi_group group, pi_slice out[PI_KEY_COUNT]) {
  uint8_t count = 0;
  for (unsigned i = 0; i < PI_KEY_COUNT; i++) {
    if (group < PI_GROUP_COUNT && KEYS[i].group == group) out[count++] = KEYS[i].key;
  }
  return (pi_words){out, count};
}

void pi_keys_list(pi_group group, char *out, size_t size) {
  pi_slice keys[PI_KEY_COUNT];
  pi_words_list(keys_of(group, keys), out, size);
}

/* Keys of the objects in violations, for whoever puts them elsewhere. */
static const pi_slice VIOLATION_KEYS[] = {PI_SLICE_INIT("rule"), PI_SLICE_INIT("grounds"),
                                          PI_SLICE_INIT("spans")};

/* The name people know an object by. */
static const char *group_name(pi_group group) {
  return group == PI_GROUP_ROOT ? "the case itself" : PI_GROUPS[group].path.ptr;
}

/* Writes where `key` does stand; false when nowhere. */
static bool hint_place(pi_slice key, char *out, size_t size) {
  size_t used = 0;
  for (unsigned i = 0; i < PI_KEY_COUNT && used < size; i++) {
    if (KEYS[i].group == PI_GROUP_COUNT || !pi_slice_equal(KEYS[i].key, key)) continue;
    const char *before = used == 0 ? "it stands in" : " or";
    used += (size_t)snprintf(out + used, size - used, "%s %s", before, group_name(KEYS[i].group));
  }
  if (used > 0) return true;
  pi_words keys = {VIOLATION_KEYS, sizeof VIOLATION_KEYS / sizeof *VIOLATION_KEYS};
  if (pi_words_find(keys, key) < 0) return false;
  snprintf(out, size, "it stands in an item of violations");
  return true;
}

/* A near key of another object; empty when none is near. */
static void hint_nearest_anywhere(pi_slice key, char *out, size_t size) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, key);
  unsigned best = PI_KEY_COUNT;
  size_t distance = SIZE_MAX;
  for (unsigned i = 0; i < PI_KEY_COUNT; i++) {
    if (KEYS[i].group == PI_GROUP_COUNT) continue;
    pi_nearest_offer(&nearest, KEYS[i].key);
    if (nearest.best.ptr == NULL || nearest.distance >= distance) continue;
    best = i;
    distance = nearest.distance;
  }
  out[0] = '\0';
  if (best == PI_KEY_COUNT) return;
  snprintf(out, size, "did you mean \"%s\", in %s?", KEYS[best].key.ptr, group_name(KEYS[best].group));
}

void pi_keys_hint(pi_group group, pi_slice key, char *out, size_t size) {
  if (hint_place(key, out, size)) return;
  pi_slice keys[PI_KEY_COUNT];
  if (!pi_refuse_nearest(out, size, key, keys_of(group, keys))) hint_nearest_anywhere(key, out, size);
}
