#include "check_names.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "nearest.h"

enum { KEY_BYTES = 160, NAME_SHOWN = 48 };

static bool locale_has(const pi_policy_data *locale, pi_slice key) {
  return pi_tree_find(&locale->tree, pi_tree_root(&locale->tree), key) != UINT32_MAX;
}

/* What the locale has in place of `key`, misspelt: a near name that no other locale has; .ptr NULL: nothing.
 */
static pi_slice misspelt_in(const pi_check *self, const pi_policy_data *locale, pi_slice key) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, key);
  const pi_node *root = &locale->tree.nodes[pi_tree_root(&locale->tree)];
  for (uint32_t n = 0; n < root->count; n++) {
    pi_slice own = locale->tree.nodes[root->as.first + n].key;
    bool shared = false;
    for (uint32_t i = 0; i < self->policy->locales_count && !shared; i++) {
      const pi_policy_data *other = &self->policy->locales[i];
      shared = other != locale && locale_has(other, own);
    }
    if (!shared) pi_nearest_offer(&nearest, own);
  }
  return nearest.best;
}

/* Counts it, once. */
static bool count_lacking(pi_check *self, uint32_t locale, pi_slice key) {
  if (self->findings.wanted != NULL) return true; /* a probe */
  pi_lacking **end = &self->lacking;
  for (; *end != NULL; end = &(*end)->next) {
    if ((*end)->locale == locale && pi_slice_equal((*end)->key, key)) return true;
  }
  pi_lacking *lacking = pi_arena_alloc(&self->arena, sizeof *lacking);
  if (lacking == NULL) return false;
  *lacking = (pi_lacking){.locale = locale, .key = pi_arena_copy(&self->arena, key)};
  *end = lacking;
  return lacking->key.ptr != NULL;
}

/* "locales/en.json and nl.json have": all that there are, as far as they fit. */
static void list_all(const pubint_policy *policy, char *out, size_t size) {
  size_t length = 0;
  for (uint32_t i = 0; i < policy->locales_count; i++) {
    int n = snprintf(out + length, size - length, "%s%s.json", i > 0 ? " and " : "locales/",
                     policy->locales[i].name.ptr);
    if (n > 0 && (size_t)n < size - length) length += (size_t)n;
    out[length] = '\0'; /* one that did not fit is left out */
  }
}

pubint_status pi_check_name(pi_check *self, const pi_script *script, uint32_t line, const char *prefix,
                            pi_slice name) {
  const pubint_policy *policy = self->policy;
  char text[KEY_BYTES], lacking[128];
  int length = snprintf(text, sizeof text, "%s.%.*s", prefix, name.len > 100 ? 100 : (int)name.len, name.ptr);
  if (length < 0) return PUBINT_E_SYSTEM;
  pi_slice key = {text, (size_t)length};
  pi_finding finding = {
      .code = PI_E_CHECK_UNNAMED, .script = script, .line = line, .token = name, .fact = PI_FACT_COUNT};
  uint32_t count = 0;
  for (uint32_t i = 0; i < policy->locales_count; i++) count += !locale_has(&policy->locales[i], key);
  if (count > 0 && count == policy->locales_count) {
    list_all(policy, lacking, sizeof lacking);
    return pi_check_add(self, finding, NULL, "%s %s no \"%s.%.*s\"", lacking, count > 1 ? "have" : "has",
                        prefix, name.len > NAME_SHOWN ? NAME_SHOWN : (int)name.len, name.ptr);
  }
  for (uint32_t i = 0; i < policy->locales_count && count > 0; i++) {
    const pi_policy_data *locale = &policy->locales[i];
    if (locale_has(locale, key)) continue;
    pi_slice misspelt = misspelt_in(self, locale, key);
    if (misspelt.ptr == NULL) {
      if (!count_lacking(self, i, key)) return PUBINT_E_SYSTEM;
      continue;
    }
    return pi_check_add(self, finding, NULL,
                        "locales/%s.json has no \"%s\", but \"%.*s\", which names nothing", locale->name.ptr,
                        text, (int)misspelt.len, misspelt.ptr);
  }
  return PUBINT_OK;
}

pubint_status pi_check_names_tell(pi_check *self) {
  pubint_status status = PUBINT_OK;
  for (uint32_t i = 0; i < self->policy->locales_count && status == PUBINT_OK; i++) {
    const pi_lacking *first = NULL;
    uint32_t count = 0;
    for (const pi_lacking *lacking = self->lacking; lacking != NULL; lacking = lacking->next) {
      if (lacking->locale != i) continue;
      if (first == NULL) first = lacking;
      count++;
    }
    if (first == NULL) continue;
    pi_slice name = self->policy->locales[i].name;
    pi_finding finding = {.code = PI_E_CHECK_UNNAMED, .note = true, .token = name, .fact = PI_FACT_COUNT};
    status = pi_check_add(self, finding, NULL, "locales/%s.json lacks %u name%s, as \"%s\": shown in English",
                          name.ptr, count, count == 1 ? "" : "s", first->key.ptr);
  }
  return status;
}
