/* How the reports of a comparison call things. */
#include <string.h>

#include "diff_report.h"
#include "file.h"
#include "lines.h"
#include "shell_word.h"

const char *pi_cause_name(pi_cause_kind kind) {
  static const char *const NAMES[PI_CAUSES] = {"script", "rule_error", "condition",    "market_error",
                                               "factor", "bar",        "market_clamp", "unassessed"};
  return NAMES[kind];
}

/* ---- parts and keys ---- */

static void say_rule(pi_slice rule, pi_wording *wording, pi_buffer *out) {
  pi_buffer_slice(out, pi_say_named(wording, "rule", rule));
}

/* "violence: hyperbole", for a table. */
static void say_part_shortly(const pi_diff_part *part, pi_wording *wording, pi_buffer *out) {
  static const char *const TEXTS[PI_CAUSES] = {[PI_CAUSE_SCRIPT] = "a script, in one policy alone",
                                               [PI_CAUSE_RULE_ERROR] = "an error of its script",
                                               [PI_CAUSE_MARKET_ERROR] = "an error of the market",
                                               [PI_CAUSE_BAR] = "the bar",
                                               [PI_CAUSE_CLAMP] = "bound on the market’s sway"};
  say_rule(part->rule, wording, out);
  pi_buffer_text(out, ": ");
  if (TEXTS[part->cause.kind] != NULL) {
    pi_buffer_text(out, TEXTS[part->cause.kind]);
  } else if (part->cause.kind == PI_CAUSE_UNASSESSED) {
    pi_buffer_slice(out, part->cause.id);
    pi_buffer_text(out, " not assessed");
  } else {
    bool factor = part->cause.kind == PI_CAUSE_FACTOR;
    pi_buffer_slice(out, pi_say_named(wording, factor ? "factor" : "condition", part->cause.id));
    if (part->cause.from == PI_FROM_MARKET) pi_buffer_text(out, " (market)");
    if (!factor) pi_buffer_text(out, " (condition)");
  }
}

static void say_kind(pi_slice key, pi_wording *wording, pi_buffer *out) {
  const char *slash = memchr(key.ptr, '/', key.len);
  pi_slice rule = {key.ptr, (size_t)(slash - key.ptr)};
  say_rule(rule, wording, out);
  pi_slice kind = {slash + 1, key.len - rule.len - 1};
  if (kind.len == 0) return;
  pi_buffer prefix;
  pi_buffer_init(&prefix, 2 * PI_ID_LENGTH_MAX);
  pi_buffer_text(&prefix, "kind.");
  pi_buffer_slice(&prefix, rule);
  const char *named = pi_buffer_end(&prefix);
  pi_buffer_text(out, ", ");
  pi_buffer_slice(out, named != NULL ? pi_say_named(wording, named, kind) : kind);
  pi_buffer_dispose(&prefix);
}

void pi_diff_say_key(const pi_diff_group *group, pi_diff_dimension dimension, pi_wording *wording,
                     pi_buffer *out) {
  pi_slice key = {group->key, group->key_bytes};
  if (pi_diff_is_part(dimension)) {
    pi_diff_part part = pi_diff_part_of(group);
    say_part_shortly(&part, wording, out);
    if (dimension == PI_DIFF_BY_WEIGHT) {
      pi_buffer_byte(out, ' ');
      pi_buffer_slice(out, pi_say_decimal(wording, part.weights[0], 3));
      pi_buffer_text(out, " → ");
      pi_buffer_slice(out, pi_say_decimal(wording, part.weights[1], 3));
    }
  } else if (dimension == PI_DIFF_BY_RULE) {
    say_rule(key, wording, out);
  } else if (dimension == PI_DIFF_BY_KIND) {
    say_kind(key, wording, out);
  } else {
    pi_buffer_slice(out, key.len > 0 ? key : PI_SLICE("not known"));
  }
}

const char *pi_diff_dimension_title(pi_diff_dimension dimension) {
  static const char *const TITLES[PI_DIFF_DIMENSIONS] = {"Direction",
                                                         "What decided",
                                                         "Rule",
                                                         "Kind",
                                                         "Market",
                                                         "Language",
                                                         "Part of the margin",
                                                         "Weighed otherwise, but not flipped",
                                                         "Near misses",
                                                         "Weights",
                                                         "Refused"};
  return TITLES[dimension];
}

static void say_bound(pi_diff_bin bin, int64_t bound, pi_wording *wording, pi_buffer *out) {
  pi_slice number = pi_say_decimal(wording, bin.negative ? -bound : bound, 9);
  if (!bin.negative && bound > 0) pi_buffer_byte(out, '+');
  pi_buffer_slice(out, number);
}

void pi_diff_say_bin(unsigned index, pi_wording *wording, pi_buffer *out) {
  pi_diff_bin bin = pi_diff_bin_at(index);
  if (bin.up_to == 0) {
    pi_buffer_text(out, bin.negative ? "below " : "above ");
    say_bound(bin, bin.above, wording, out);
    return;
  }
  say_bound(bin, bin.negative ? bin.up_to : bin.above, wording, out);
  pi_buffer_text(out, " … ");
  say_bound(bin, bin.negative ? bin.above : bin.up_to, wording, out);
}

/* ---- commands ---- */

const char *pi_diff_file(const pi_diff *diff, size_t file) {
  return diff->options->files_count == 0 ? "<stdin>" : pi_file_shown_name(diff->options->files[file]);
}

bool pi_diff_say_command(const pi_diff *diff, unsigned side, size_t file, pi_buffer *out) {
  const char *policy = diff->options->names[side], *name = pi_diff_file(diff, file);
  if (diff->options->files_count == 0 || strcmp(diff->options->files[file], "-") == 0) return false;
  pi_buffer_text(out, "pubint repl -p ");
  pi_shell_word_add(out, policy);
  pi_buffer_byte(out, ' ');
  pi_shell_word_add(out, name);
  return true;
}

/* ---- the policy's files ---- */

typedef struct files_visit {
  const pi_diff *diff;
  void (*each)(void *context, const pi_diff_file_change *file);
  void *context;
} files_visit;

static const pi_script *script_of(const pubint_policy *policy, pi_slice file) {
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    if (pi_slice_equal(policy->scripts[i].file, file)) return &policy->scripts[i];
  }
  return NULL;
}

static void visit_file(void *context, pi_slice path, pi_policy_file_change change) {
  const files_visit *self = context;
  pi_diff_file_change file = {path, change, script_of(self->diff->old, path),
                              script_of(self->diff->new, path)};
  self->each(self->context, &file);
}

void pi_diff_files(const pi_diff *diff, void (*each)(void *context, const pi_diff_file_change *file),
                   void *context) {
  files_visit visit = {diff, each, context};
  pi_policy_digest_compare(diff->old->sums, diff->new->sums, visit_file, &visit);
}
