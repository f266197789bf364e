#include "policy.h"

#include <stdio.h>
#include <stdlib.h>

#include "errors.h"
#include "json_read.h"
#include "nearest.h"
#include "policy_files.h"
#include "quoted_limits.h"
#include "rules.h"
#include "sha256.h"

enum {
  FILE_BYTES_MAX = PI_DATA_FILE_MIB * 1024 * 1024, /* data, locales, policy.json */
  ARENA_BLOCK = 64 * 1024,
  ARENA_MAX = 512 * 1024 * 1024,
  TEXT_BYTES_MAX = 1024,
};

/* The folders of scripts, in the order in which policy->scripts holds them. */
static const struct {
  pi_script_kind kind;
  const char *folder;
} SCRIPT_FOLDERS[] = {{PI_SCRIPT_RULE, "rules"}, {PI_SCRIPT_MARKET, "markets"}, {PI_SCRIPT_LIB, "lib"}};
enum { SCRIPT_FOLDERS_COUNT = sizeof SCRIPT_FOLDERS / sizeof *SCRIPT_FOLDERS };

/* All files of a policy while it is loaded; their texts lie in the policy's arena. */
typedef struct folder_content {
  pi_policy_file manifest;
  pi_policy_files scripts[SCRIPT_FOLDERS_COUNT];
  pi_policy_files data;
  pi_policy_files locales;
} folder_content;

/* ---- JSON files ---- */

/* An error of the JSON reader becomes one of the policy, naming the file. */
static pubint_status in_file(pubint_status status, const pi_policy_file *file, pubint_error *error) {
  if (status == PUBINT_OK || error == NULL) return status == PUBINT_E_INPUT ? PUBINT_E_POLICY : status;
  if (error->status == PUBINT_E_INPUT) error->status = PUBINT_E_POLICY;
  pi_error_field(error->file, sizeof error->file, file->path.ptr, file->path.len);
  return error->status;
}

static pubint_status parse(pubint_policy *policy, const pi_policy_file *file, pi_tree *out,
                           pubint_error *error) {
  const pi_json_tree_limits limits = {FILE_BYTES_MAX, PI_DATA_DEPTH_MAX, PI_E_POLICY_JSON, PI_E_TOO_DEEP};
  pi_json json;
  pubint_status status = pi_json_init(&json, file->content, 1, &policy->arena, PI_DATA_DEPTH_MAX, error);
  if (status == PUBINT_OK && pi_json_peek(&json) == PI_JSON_BAD) {
    status = error != NULL && error->status != PUBINT_OK ? error->status : PUBINT_E_INPUT;
  }
  if (status == PUBINT_OK) status = pi_json_tree(&json, &limits, out);
  if (status == PUBINT_OK) status = pi_json_finish(&json);
  return in_file(status, file, error);
}

/* Whether a text can stand on one line and as a C string. */
static bool printable(pi_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    if ((unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == 0x7f) return false;
  }
  return true;
}

/* What policy.json holds. */
typedef struct manifest_text {
  const char *key;
  pi_slice *out;
} manifest_text;
enum { MANIFEST_TEXTS = 4 };

/* Refuses a key that is none of them, with the one that it nearly names. */
static pubint_status check_key(pi_slice key, const manifest_text *texts, pubint_error *error) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, key);
  for (size_t i = 0; i < MANIFEST_TEXTS; i++) {
    if (pi_slice_equal(key, pi_slice_of(texts[i].key))) return PUBINT_OK;
    pi_nearest_offer(&nearest, pi_slice_of(texts[i].key));
  }
  pubint_status status =
      pi_error_setf(error, PI_E_POLICY_FILE, "policy.json has a key that is none of its own");
  if (error == NULL) return status;
  pi_error_found(error, key.ptr, key.len);
  snprintf(error->expected, sizeof error->expected,
           "name, version, description and learn_more, nothing else");
  if (nearest.best.ptr != NULL)
    snprintf(error->hint, sizeof error->hint, "did you mean %s?", nearest.best.ptr);
  return status;
}

static pubint_status take_text(const pi_tree *tree, const manifest_text *text, pubint_error *error) {
  uint32_t index = pi_tree_find(tree, pi_tree_root(tree), pi_slice_of(text->key));
  const pi_node *node = index == UINT32_MAX ? NULL : &tree->nodes[index];
  if (node != NULL && node->kind == PI_NODE_STRING && node->as.string.len > 0 &&
      node->as.string.len <= TEXT_BYTES_MAX && printable(node->as.string)) {
    *text->out = node->as.string;
    return PUBINT_OK;
  }
  return pi_error_setf(error, PI_E_POLICY_FILE, "%s %s a text of 1 to %d bytes without control characters",
                       text->key, node == NULL ? "is missing:" : "must be", TEXT_BYTES_MAX);
}

/* policy.json: four texts and nothing else. */
static pubint_status read_manifest(pubint_policy *policy, const pi_policy_file *file, pubint_error *error) {
  const manifest_text texts[MANIFEST_TEXTS] = {{"name", &policy->name},
                                               {"version", &policy->version},
                                               {"description", &policy->description},
                                               {"learn_more", &policy->learn_more}};
  pi_tree tree;
  pubint_status status = parse(policy, file, &tree, error);
  if (status != PUBINT_OK) return status;
  const pi_node *root = &tree.nodes[pi_tree_root(&tree)];
  if (root->kind != PI_NODE_OBJECT) {
    status = pi_error_setf(error, PI_E_POLICY_FILE, "policy.json is not an object");
    return in_file(status, file, error);
  }
  for (uint32_t i = 0; i < root->count && status == PUBINT_OK; i++)
    status = check_key(tree.nodes[root->as.first + i].key, texts, error);
  for (size_t i = 0; i < MANIFEST_TEXTS && status == PUBINT_OK; i++)
    status = take_text(&tree, &texts[i], error);
  return in_file(status, file, error);
}

static pubint_status read_trees(pubint_policy *policy, const pi_policy_files *files, bool flat,
                                pi_policy_data **out, uint32_t *count, pubint_error *error) {
  *count = files->count;
  if (files->count == 0) return PUBINT_OK;
  *out = pi_arena_alloc(&policy->arena, files->count * sizeof **out);
  if (*out == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  for (uint32_t i = 0; i < files->count; i++) {
    pi_policy_data *data = &(*out)[i];
    data->name = files->files[i].name;
    pubint_status status = parse(policy, &files->files[i], &data->tree, error);
    if (status != PUBINT_OK) return status;
    const pi_node *root = &data->tree.nodes[pi_tree_root(&data->tree)];
    bool texts = root->kind == PI_NODE_OBJECT;
    for (uint32_t j = 0; texts && j < root->count; j++) {
      texts = data->tree.nodes[root->as.first + j].kind == PI_NODE_STRING;
    }
    if (flat && !texts) {
      status = pi_error_setf(error, PI_E_POLICY_JSON, "a locale is one object of texts");
      return in_file(status, &files->files[i], error);
    }
  }
  return PUBINT_OK;
}

/* ---- names ---- */

static pubint_status check_name(const pi_policy_file *file, pi_script_kind kind, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  if (kind == PI_SCRIPT_MARKET ? !pi_market_valid(file->name) : !pi_id_valid(file->name)) {
    status = pi_error_set(error, PI_E_SCRIPT_NAME);
  } else if (kind == PI_SCRIPT_RULE) {
    pi_rule rule = pi_rule_find(file->name);
    if (rule < PI_RULE_COUNT && PI_RULES[rule].never) status = pi_error_set(error, PI_E_NEVER_SCRIPTED);
  }
  return in_file(status, file, error);
}

/* "nl", "pt-BR": letters, digits and dashes. */
static bool locale_valid(pi_slice name) {
  enum { LONGEST = 16 };
  for (size_t i = 0; i < name.len; i++) {
    char c = name.ptr[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && (c != '-' || i == 0)) return false;
  }
  return name.len >= 2 && name.len <= LONGEST;
}

static pubint_status check_names(const folder_content *content, pubint_error *error) {
  pubint_status status = PUBINT_OK;
  for (int folder = 0; folder < SCRIPT_FOLDERS_COUNT; folder++) {
    const pi_policy_files *files = &content->scripts[folder];
    for (uint32_t i = 0; i < files->count && status == PUBINT_OK; i++) {
      status = check_name(&files->files[i], SCRIPT_FOLDERS[folder].kind, error);
    }
  }
  for (uint32_t i = 0; i < content->data.count && status == PUBINT_OK; i++) {
    status = check_name(&content->data.files[i], PI_SCRIPT_LIB, error);
  }
  for (uint32_t i = 0; i < content->locales.count && status == PUBINT_OK; i++) {
    if (locale_valid(content->locales.files[i].name)) continue;
    status = in_file(pi_error_set(error, PI_E_SCRIPT_NAME), &content->locales.files[i], error);
  }
  return status;
}

/* ---- loading ---- */

static pubint_status read_folder(pubint_policy *policy, folder_content *content, pubint_error *error) {
  const pi_policy_source *source = &policy->source;
  pi_arena *arena = &policy->arena;
  pubint_status status =
      pi_policy_file_read(&content->manifest, source, "policy.json", FILE_BYTES_MAX, arena, error);
  for (int i = 0; i < SCRIPT_FOLDERS_COUNT && status == PUBINT_OK; i++) {
    status = pi_policy_files_read(&content->scripts[i], source, SCRIPT_FOLDERS[i].folder, ".lua",
                                  PI_POLICY_SOURCE_BYTES_MAX, PI_E_SCRIPT_SOURCE, arena, error);
  }
  if (status == PUBINT_OK) {
    status = pi_policy_files_read(&content->data, source, "data", ".json", FILE_BYTES_MAX, PI_E_POLICY_JSON,
                                  arena, error);
  }
  if (status == PUBINT_OK) {
    status = pi_policy_files_read(&content->locales, source, "locales", ".json", FILE_BYTES_MAX,
                                  PI_E_POLICY_JSON, arena, error);
  }
  return status == PUBINT_OK ? check_names(content, error) : status;
}

/* The digest of the files' digests, so that anybody can recompute it, in the folder and the C locale:
 * sha256sum of policy.json and of all of rules, markets and lib (.lua) and data (.json), in this order, and
 * sha256sum of what that prints. */
static pubint_status make_id(pubint_policy *policy, const folder_content *content, pubint_error *error) {
  enum { LINES_MAX = 8 * 1024 * 1024 };
  pi_buffer lines, id;
  pi_buffer_init(&lines, LINES_MAX);
  pi_buffer_init(&id, 4 * TEXT_BYTES_MAX);
  pi_policy_digest_line(&lines, &content->manifest);
  for (int folder = 0; folder < SCRIPT_FOLDERS_COUNT; folder++) {
    const pi_policy_files *files = &content->scripts[folder];
    for (uint32_t i = 0; i < files->count; i++) pi_policy_digest_line(&lines, &files->files[i]);
  }
  for (uint32_t i = 0; i < content->data.count; i++) pi_policy_digest_line(&lines, &content->data.files[i]);
  if (!lines.failed) {
    char hex[PI_SHA256_HEX + 1];
    pi_sha256_of((pi_slice){lines.data, lines.len}, hex);
    pi_buffer_slice(&id, policy->name);
    pi_buffer_byte(&id, '@');
    pi_buffer_slice(&id, policy->version);
    pi_buffer_text(&id, "+sha256:");
    pi_buffer_text(&id, hex);
    policy->sums = pi_arena_copy(&policy->arena, (pi_slice){lines.data, lines.len});
    if (!id.failed && policy->sums.ptr != NULL) {
      policy->id = pi_arena_copy(&policy->arena, (pi_slice){id.data, id.len});
    }
  }
  pi_buffer_dispose(&lines);
  pi_buffer_dispose(&id);
  return policy->id.ptr != NULL ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
}

/* Puts the change in the place of the script's own text. */
static pubint_status apply_change(pubint_policy *policy, folder_content *content,
                                  const pi_policy_change *change, pubint_error *error) {
  for (int folder = 0; folder < SCRIPT_FOLDERS_COUNT; folder++) {
    for (uint32_t i = 0; i < content->scripts[folder].count; i++) {
      pi_policy_file *file = &content->scripts[folder].files[i];
      if (!pi_slice_equal(file->path, change->file)) continue;
      file->content = pi_arena_copy(&policy->arena, change->content);
      return file->content.ptr != NULL ? PUBINT_OK : pi_error_set(error, PI_E_NO_MEMORY);
    }
  }
  pi_error_set(error, PI_E_NO_POLICY);
  if (error != NULL) pi_error_field(error->file, sizeof error->file, change->file.ptr, change->file.len);
  return PUBINT_E_POLICY;
}

/* Takes over the scripts' names and texts; what they declare is read when they are loaded. */
static pubint_status take_scripts(pubint_policy *policy, const folder_content *content, pubint_error *error) {
  uint32_t count = 0;
  for (int folder = 0; folder < SCRIPT_FOLDERS_COUNT; folder++) count += content->scripts[folder].count;
  policy->scripts = pi_arena_alloc(&policy->arena, (count + 1) * sizeof *policy->scripts);
  if (policy->scripts == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  for (int folder = 0; folder < SCRIPT_FOLDERS_COUNT; folder++) {
    const pi_policy_files *files = &content->scripts[folder];
    for (uint32_t i = 0; i < files->count; i++) {
      policy->scripts[policy->scripts_count] = (pi_script){.kind = SCRIPT_FOLDERS[folder].kind,
                                                           .index = policy->scripts_count,
                                                           .name = files->files[i].name,
                                                           .file = files->files[i].path,
                                                           .source = files->files[i].content};
      policy->scripts_count++;
    }
  }
  return PUBINT_OK;
}

static pubint_status read_policy(pubint_policy *policy, const pi_policy_change *change, pubint_error *error) {
  folder_content content = {0};
  policy->directory = pi_arena_copy(&policy->arena, pi_slice_of(policy->source.name));
  policy->source.name = policy->directory.ptr;
  pubint_status status = policy->directory.ptr != NULL ? read_folder(policy, &content, error)
                                                       : pi_error_set(error, PI_E_NO_MEMORY);
  if (status == PUBINT_OK && change != NULL) status = apply_change(policy, &content, change, error);
  if (status == PUBINT_OK) status = read_manifest(policy, &content.manifest, error);
  if (status == PUBINT_OK) {
    status = read_trees(policy, &content.data, false, &policy->data, &policy->data_count, error);
  }
  if (status == PUBINT_OK) {
    status = read_trees(policy, &content.locales, true, &policy->locales, &policy->locales_count, error);
  }
  if (status == PUBINT_OK) status = make_id(policy, &content, error);
  return status == PUBINT_OK ? take_scripts(policy, &content, error) : status;
}

pubint_status pi_policy_read(pubint_policy **out, pi_policy_source source, const pi_policy_change *change,
                             pubint_error *error) {
  *out = NULL;
  pubint_policy *policy = calloc(1, sizeof *policy);
  if (policy == NULL) {
    if (source.close != NULL) source.close(&source);
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  policy->source = source;
  pi_arena_init(&policy->arena, ARENA_BLOCK, ARENA_MAX);
  pubint_status status = read_policy(policy, change, error);
  if (status == PUBINT_OK) {
    *out = policy;
  } else {
    pubint_policy_free(policy);
  }
  return status;
}

void pubint_policy_free(pubint_policy *self) {
  if (self == NULL) return;
  if (self->source.close != NULL) self->source.close(&self->source);
  pi_arena_dispose(&self->arena);
  free(self);
}

const char *pubint_policy_id(const pubint_policy *self) {
  return self->id.ptr;
}

const pi_script *pi_policy_script(const pubint_policy *policy, pi_script_kind kind, pi_slice name) {
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    const pi_script *script = &policy->scripts[i];
    if (script->kind == kind && pi_slice_equal(script->name, name)) return script;
  }
  return NULL;
}

const pi_script *pi_policy_next(const pubint_policy *policy, pi_script_kind kind, const pi_script *after) {
  for (uint32_t i = after != NULL ? after->index + 1 : 0; i < policy->scripts_count; i++) {
    if (policy->scripts[i].kind == kind) return &policy->scripts[i];
  }
  return NULL;
}

pi_rule_name pi_policy_rule_name(const pubint_policy *policy, pi_slice id) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, id);
  for (int rule = 0; rule < PI_RULE_COUNT; rule++) pi_nearest_offer(&nearest, PI_RULES[rule].id);
  const pi_script *script = NULL;
  while (policy != NULL && (script = pi_policy_next(policy, PI_SCRIPT_RULE, script)) != NULL) {
    pi_nearest_offer(&nearest, script->name);
  }
  if (nearest.best.ptr == NULL) return (pi_rule_name){.known = false};
  if (pi_slice_equal(nearest.best, id)) return (pi_rule_name){.known = true};
  pi_rule rule = pi_rule_find(nearest.best);
  bool never = rule < PI_RULE_COUNT && PI_RULES[rule].never;
  return (pi_rule_name){.nearest = nearest.best, .never = never && nearest.distance <= PI_RULE_SLIP};
}

pi_slice pi_policy_phrase(const pubint_policy *policy, pi_slice language, pi_slice key) {
  for (uint32_t i = 0; i < policy->locales_count; i++) {
    if (!pi_slice_equal(policy->locales[i].name, language)) continue;
    const pi_tree *tree = &policy->locales[i].tree;
    uint32_t index = pi_tree_find(tree, pi_tree_root(tree), key);
    if (index != UINT32_MAX) return tree->nodes[index].as.string;
  }
  return (pi_slice){NULL, 0};
}
