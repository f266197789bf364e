/* A comparison as JSON, and each flip as a line of it. Keys stand in a fixed order. */
#include <stdio.h>
#include <string.h>

#include "diff_report.h"
#include "outline.h"
#include "utf8.h"

static const char *from_name(pi_from from) {
  return from == PI_FROM_HOST ? "host" : from == PI_FROM_RULE ? "rule" : "market";
}

static void put_points(pi_outline *out, const char *key, int64_t nano) {
  pi_outline_decimal(out, key, nano, 9);
}

/* {"what":"factor","from":"rule","id":"debate"; left open. */
static void open_cause(pi_outline *out, const char *key, const pi_cause *cause) {
  pi_outline_open(out, key, '{');
  pi_outline_text(out, "what", pi_cause_name(cause->kind));
  if (cause->kind == PI_CAUSE_FACTOR || cause->kind == PI_CAUSE_CONDITION) {
    pi_outline_text(out, "from", from_name(cause->from));
    pi_outline_string(out, "id", cause->id);
  }
  if (cause->kind == PI_CAUSE_UNASSESSED) pi_outline_string(out, "fact", cause->id);
}

/* ---- one flip ---- */

static void put_side(pi_outline *out, const char *key, const pubint_evaluation *evaluation,
                     const pi_entry *entry) {
  pi_outline_open(out, key, '{');
  pi_outline_text(out, "outcome", pubint_outcome_name(evaluation->outcome));
  pi_outline_text(out, "basis", pubint_basis_name(evaluation->basis));
  if (entry->weighed) put_points(out, "margin", entry->margin);
  pi_outline_close(out, '}');
}

static void put_fact(pi_outline *out, const char *key, const pi_case *input, pi_fact fact) {
  if (pi_case_knows(input, fact)) pi_outline_string(out, key, pi_case_text(input, fact));
}

void pi_diff_write_flip(pi_buffer *buffer, const pi_diff *diff, const pi_flipped *flipped,
                        const pubint_evaluation *old, const pubint_evaluation *new,
                        const pi_diff_sample *sample) {
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  const pi_violation *violation = flipped->new->violation;
  if (diff->options->files_count > 1)
    pi_outline_bytes(out, "file", pi_slice_of(pi_diff_file(diff, sample->file)));
  pi_outline_count(out, "line", sample->line);
  pi_outline_text(out, "id", sample->id);
  pi_outline_text(out, "direction", pi_direction_name(flipped->direction));
  put_side(out, "old", old, flipped->old);
  put_side(out, "new", new, flipped->new);
  pi_outline_string(out, "rule", violation->rule_id);
  pi_outline_given(out, "kind", violation->kind);
  put_fact(out, "market", new->input, PI_FACT_MARKET);
  put_fact(out, "lang", new->input, PI_FACT_TWEET_LANG);
  open_cause(out, "cause", &flipped->cause);
  pi_outline_close(out, '}');
  if (flipped->margins) {
    put_points(out, "change", flipped->change);
    pi_outline_open(out, "contributions", '[');
    for (uint32_t i = 0; i < flipped->contributions_count; i++) {
      open_cause(out, NULL, &flipped->contributions[i].part);
      put_points(out, "points", flipped->contributions[i].points);
      pi_outline_close(out, '}');
    }
    pi_outline_close(out, ']');
  }
  pi_outline_end(out);
}

/* ---- groups ---- */

static void put_command(const pi_diff *diff, const char *key, unsigned side, size_t file, pi_outline *out) {
  pi_buffer command;
  pi_buffer_init(&command, 64 * 1024);
  if (pi_diff_say_command(diff, side, file, &command))
    pi_outline_bytes(out, key, (pi_slice){command.data, command.len});
  out->out->failed = out->out->failed || command.failed;
  pi_buffer_dispose(&command);
}

static void put_place(const pi_diff *diff, const pi_diff_sample *sample, pi_outline *out) {
  pi_buffer place;
  pi_buffer_init(&place, 64 * 1024);
  pi_utf8_show(&place, pi_slice_of(pi_diff_file(diff, sample->file)), false);
  pi_buffer_printf(&place, ":%llu", (unsigned long long)sample->line);
  pi_outline_string(out, "place", (pi_slice){place.data, place.len});
  out->out->failed = out->out->failed || place.failed;
  pi_buffer_dispose(&place);
}

static void put_sample(const pi_diff *diff, pi_diff_dimension dimension, const pi_diff_sample *sample,
                       pi_outline *out) {
  char go[32];
  pi_outline_open(out, NULL, '{');
  put_place(diff, sample, out);
  if (sample->id[0] != '\0') pi_outline_text(out, "id", sample->id);
  if (dimension != PI_DIFF_BY_CODE) {
    pi_outline_text(out, "old", pubint_outcome_name((pubint_outcome)sample->old));
    pi_outline_text(out, "new", pubint_outcome_name((pubint_outcome)sample->new));
    if (sample->margins) put_points(out, "old_margin", sample->old_margin);
    if (sample->margins || dimension == PI_DIFF_BY_NEAR) put_points(out, "new_margin", sample->new_margin);
    put_command(diff, "open_old", 0, sample->file, out);
    put_command(diff, "open_new", 1, sample->file, out);
    snprintf(go, sizeof go, ":go %llu", (unsigned long long)sample->line);
    pi_outline_text(out, "then", go);
  }
  pi_outline_close(out, '}');
}

/* What the key of a group says, as members. */
static void put_group_key(pi_diff_dimension dimension, const pi_diff_group *group, pi_outline *out) {
  static const char *const KEYS[PI_DIFF_DIMENSIONS] = {
      [PI_DIFF_BY_DIRECTION] = "direction", [PI_DIFF_BY_RULE] = "rule",     [PI_DIFF_BY_MARKET] = "market",
      [PI_DIFF_BY_LANGUAGE] = "lang",       [PI_DIFF_BY_NEAR] = "turns_to", [PI_DIFF_BY_CODE] = "code"};
  pi_slice key = {group->key, group->key_bytes};
  if (dimension == PI_DIFF_BY_KIND) {
    const char *slash = memchr(key.ptr, '/', key.len);
    pi_slice kind = {slash + 1, (size_t)(key.ptr + key.len - slash - 1)};
    pi_outline_string(out, "rule", (pi_slice){key.ptr, (size_t)(slash - key.ptr)});
    if (kind.len > 0) pi_outline_string(out, "kind", kind);
  } else if (key.len > 0) {
    pi_outline_string(out, KEYS[dimension], key);
  } else {
    pi_outline_raw(out, KEYS[dimension], "null");
  }
}

static void put_group(const pi_diff *diff, pi_diff_dimension dimension, const pi_diff_group *group,
                      pi_outline *out) {
  if (pi_diff_is_part(dimension)) {
    pi_diff_part part = pi_diff_part_of(group);
    open_cause(out, NULL, &part.cause);
    pi_outline_string(out, "rule", part.rule);
    if (dimension == PI_DIFF_BY_WEIGHT) {
      pi_outline_decimal(out, "old", part.weights[0], 3);
      pi_outline_decimal(out, "new", part.weights[1], 3);
    }
  } else {
    pi_outline_open(out, NULL, '{');
    put_group_key(dimension, group, out);
  }
  bool flips = dimension < PI_DIFF_BY_MOVER && dimension != PI_DIFF_BY_FACTOR;
  if (dimension == PI_DIFF_BY_FACTOR) {
    pi_outline_count(out, "flips", group->moved);
    put_points(out, "raised", group->raised);
    put_points(out, "lowered", group->lowered);
  } else {
    pi_outline_count(out,
                     flips                          ? "flips"
                     : dimension == PI_DIFF_BY_CODE ? "lines"
                                                    : "cases",
                     pi_diff_group_total(group));
    for (int d = 0; flips && d < PI_DIRECTIONS; d++)
      pi_outline_count(out, pi_direction_name((pi_direction)d), group->counts[d]);
    pi_outline_open(out, "samples", '[');
    for (uint32_t i = 0; i < group->samples_count; i++) put_sample(diff, dimension, &group->samples[i], out);
    pi_outline_close(out, ']');
  }
  pi_outline_close(out, '}');
}

/* ---- the whole ---- */

static void put_file(void *context, const pi_diff_file_change *file) {
  static const char *const CHANGES[] = {
      [PI_FILE_CHANGED] = "changed", [PI_FILE_ADDED] = "added", [PI_FILE_REMOVED] = "removed"};
  pi_outline *out = context;
  pi_outline_open(out, NULL, '{');
  pi_outline_string(out, "file", file->path);
  pi_outline_text(out, "change", CHANGES[file->change]);
  pi_outline_close(out, '}');
}

static void put_script(void *context, const pi_diff_file_change *file) {
  pi_outline *out = context;
  if (file->old == NULL && file->new == NULL) return;
  pi_outline_open(out, NULL, '{');
  pi_outline_string(out, "file", file->path);
  if (file->change != PI_FILE_CHANGED) {
    pi_outline_text(out, "only", file->change == PI_FILE_ADDED ? "new" : "old");
  } else if (pi_diff_bar_moved(file)) {
    pi_outline_open(out, "bar", '{');
    pi_outline_decimal(out, "old", file->old->bar, 3);
    pi_outline_decimal(out, "new", file->new->bar, 3);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, '}');
}

static void put_policy(const pi_diff *diff, unsigned side, pi_outline *out) {
  pi_outline_open(out, side == 0 ? "old" : "new", '{');
  pi_outline_string(out, "policy", (side == 0 ? diff->old : diff->new)->id);
  pi_outline_bytes(out, "from", pi_slice_of(diff->options->names[side]));
  pi_outline_close(out, '}');
}

static void put_matrix(const pi_diff *diff, pi_outline *out) {
  pi_outline_open(out, "matrix", '{');
  for (int from = 0; from < PI_OUTCOMES; from++) {
    pi_outline_open(out, pubint_outcome_name((pubint_outcome)from), '{');
    for (int to = 0; to < PI_OUTCOMES; to++)
      pi_outline_count(out, pubint_outcome_name((pubint_outcome)to), diff->matrix[from][to]);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, '}');
}

static void put_histogram(const pi_diff *diff, pi_outline *out) {
  pi_outline_open(out, "unflipped", '{');
  pi_outline_count(out, "changed", diff->changed);
  pi_outline_count(out, "margin_moved", pi_diff_moved(diff));
  if (diff->nearest != INT64_MAX) put_points(out, "nearest", diff->nearest);
  pi_outline_open(out, "histogram", '[');
  for (unsigned i = 0; i < PI_DIFF_BINS; i++) {
    pi_diff_bin bin = pi_diff_bin_at(i);
    pi_outline_open(out, NULL, '{');
    pi_outline_count(out, "cases", diff->histogram[i]);
    if (bin.up_to > 0 || !bin.negative) put_points(out, "from", bin.negative ? -bin.up_to : bin.above);
    if (bin.up_to > 0 || bin.negative) put_points(out, "to", bin.negative ? -bin.above : bin.up_to);
    pi_outline_close(out, '}');
  }
  pi_outline_close(out, ']');
  pi_outline_close(out, '}');
}

static void put_story(const pi_diff *diff, pi_outline *out) {
  pi_wording wording;
  pi_buffer story;
  pi_wording_init(&wording, diff->new, PI_SLICE("en"));
  pi_buffer_init(&story, 64 * 1024);
  pi_diff_tell(diff, &wording, &story);
  pi_outline_string(out, "story", (pi_slice){story.data, story.len});
  out->out->failed = out->out->failed || story.failed || wording.failed;
  pi_buffer_dispose(&story);
  pi_wording_dispose(&wording);
}

void pi_diff_write(const pi_diff *diff, pi_buffer *buffer) {
  static const char *const NAMES[PI_DIFF_DIMENSIONS] = {"directions", "causes",    "rules",   "kinds",
                                                        "markets",    "languages", "factors", "movers",
                                                        "near",       "weights",   "refusals"};
  pi_outline json = pi_outline_begin(buffer), *out = &json;
  put_story(diff, out);
  put_policy(diff, 0, out);
  put_policy(diff, 1, out);
  pi_outline_open(out, "files", '[');
  pi_diff_files(diff, put_file, out);
  pi_outline_close(out, ']');
  pi_outline_open(out, "scripts", '[');
  pi_diff_files(diff, put_script, out);
  pi_outline_close(out, ']');
  pi_outline_count(out, "lines", diff->lines);
  pi_outline_count(out, "evaluated", diff->evaluated);
  pi_outline_count(out, "refused", diff->refused);
  put_matrix(diff, out);
  pi_outline_count(out, "flips", pi_diff_flips(diff));
  pi_outline_count(out, "grants", pi_diff_flips_to(diff, PI_GRANTED));
  put_points(out, "near_distance", diff->options->near);
  put_histogram(diff, out);
  for (int d = 0; d < PI_DIFF_DIMENSIONS; d++) {
    const pi_diff_groups *groups = &diff->groups[d];
    pi_outline_open(out, NAMES[d], '[');
    for (uint32_t i = 0; i < groups->count; i++)
      put_group(diff, (pi_diff_dimension)d, groups->groups[i], out);
    pi_outline_close(out, ']');
  }
  pi_outline_end(out);
}
