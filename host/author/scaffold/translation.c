#include "translation.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "json_write.h"
#include "target.h"

static const pi_slice ENGLISH = PI_SLICE_INIT("en");

static bool among(char c, const char *first_last) {
  return c >= first_last[0] && c <= first_last[1];
}

/* "pt", "pt-BR", "sr-Latn": two or three small letters, and parts behind a dash. */
static bool is_language(const char *text) {
  enum { LONGEST = 16 };
  size_t letters = 0, length = strlen(text);
  while (among(text[letters], "az")) letters++;
  if (letters < 2 || letters > 3 || length > LONGEST) return false;
  for (size_t i = letters; i < length;) {
    size_t part = 1;
    if (text[i] != '-') return false;
    while (among(text[i + part], "az") || among(text[i + part], "AZ") || among(text[i + part], "09")) part++;
    if (part < 3 || part > 9) return false;
    i += part;
  }
  return true;
}

const pi_policy_data *pi_translation_find(const pubint_policy *policy, pi_slice language) {
  for (uint32_t i = 0; i < policy->locales_count; i++) {
    if (pi_slice_equal(policy->locales[i].name, language)) return &policy->locales[i];
  }
  return NULL;
}

static const pi_node *root_of(const pi_policy_data *locale) {
  return &locale->tree.nodes[pi_tree_root(&locale->tree)];
}

/* A name a line, in the order of the English one. */
static void write_texts(pi_buffer *out, const pi_policy_data *english) {
  const pi_node *root = root_of(english);
  pi_buffer_text(out, "{\n");
  for (uint32_t i = 0; i < root->count; i++) {
    const pi_node *text = &english->tree.nodes[root->as.first + i];
    pi_buffer_byte(out, ' ');
    pi_json_write_string(out, text->key);
    pi_buffer_text(out, ": ");
    pi_json_write_string(out, text->as.string);
    pi_buffer_text(out, i + 1 < root->count ? ",\n" : "\n");
  }
  pi_buffer_text(out, "}\n");
}

static pubint_status refuse_language(const char *language, pubint_error *error) {
  pubint_status status = pi_error_set(error, PI_E_OPTION_VALUE);
  pi_error_found(error, language, strlen(language));
  snprintf(error->expected, sizeof error->expected, "a language such as pt or pt-BR");
  return status;
}

pubint_status pi_translation_write(const pubint_policy *policy, const char *language, pi_buffer *out,
                                   pubint_error *error) {
  const pi_policy_data *english = pi_translation_find(policy, ENGLISH);
  if (!is_language(language)) return refuse_language(language, error);
  if (english == NULL) {
    pubint_status status = pi_error_set(error, PI_E_NO_POLICY);
    snprintf(error->hint, sizeof error->hint, "it has no locales/en.json to translate");
    return status;
  }
  pi_buffer text;
  pi_buffer_init(&text, (size_t)8 * 1024 * 1024);
  write_texts(&text, english);
  pi_buffer_printf(out, "%s/locales/%s.json", policy->directory.ptr, language);
  pubint_status status = PUBINT_OK;
  if (text.failed || pi_buffer_end(out) == NULL) status = pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK)
    status = pi_target_write(out->data, (pi_slice){text.data, text.len}, PI_TARGET_NEW, error);
  pi_buffer_dispose(&text);
  return status;
}

/* Whether it has a letter outside of what stands in braces. */
static bool has_words(pi_slice text) {
  bool within = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    if (c == '{' || c == '}') within = c == '{';
    if (!within && (among(c, "az") || among(c, "AZ"))) return true;
  }
  return false;
}

void pi_translation_compare(const pubint_policy *policy, const pi_policy_data *locale,
                            void (*lacks)(void *context, pi_slice name, bool missing), void *context) {
  const pi_policy_data *english = pi_translation_find(policy, ENGLISH);
  if (english == NULL) return;
  const pi_node *root = root_of(english);
  for (uint32_t i = 0; i < root->count; i++) {
    const pi_node *text = &english->tree.nodes[root->as.first + i];
    uint32_t at = pi_tree_find(&locale->tree, pi_tree_root(&locale->tree), text->key);
    bool missing = at == UINT32_MAX;
    bool same = !missing && pi_slice_equal(locale->tree.nodes[at].as.string, text->as.string);
    if (missing || (same && has_words(text->as.string))) lacks(context, text->key, missing);
  }
}
