/* A comparison as JSON, and each flip as a line of it. Keys stand in a fixed order. */
#include <stdio.h>
#include <string.h>

#include "diff_report.h"
#include "json_write.h"
#include "utf8.h"

static void put_key(pi_buffer *out, const char *key) {
  pi_buffer_printf(out, ",\"%s\":", key);
}

static void put_text(pi_buffer *out, const char *key, pi_slice text) {
  put_key(out, key);
  pi_json_write_string(out, text);
}

static void put_count(pi_buffer *out, const char *key, uint64_t count) {
  pi_buffer_printf(out, ",\"%s\":%llu", key, (unsigned long long)count);
}

static void put_points(pi_buffer *out, const char *key, int64_t nano) {
  put_key(out, key);
  pi_json_write_decimal(out, nano, 9);
}

/* A name from outside, which may be no UTF-8. */
static void put_name(pi_buffer *out, const char *key, const char *name) {
  pi_buffer shown;
  pi_buffer_init(&shown, 64 * 1024);
  pi_slice text = pi_slice_of(name);
  if (pi_utf8_check(text) != text.ptr + text.len) {
    pi_utf8_show(&shown, text, false);
    text = (pi_slice){shown.data, shown.len};
  }
  put_text(out, key, text);
  pi_buffer_dispose(&shown);
}

static const char *from_name(pi_from from) {
  return from == PI_FROM_HOST ? "host" : from == PI_FROM_RULE ? "rule" : "market";
}

/* {"what":"factor","from":"rule","id":"debate"; left open. */
static void open_cause(pi_buffer *out, const pi_cause *cause) {
  pi_buffer_printf(out, "{\"what\":\"%s\"", pi_cause_name(cause->kind));
  if (cause->kind == PI_CAUSE_FACTOR || cause->kind == PI_CAUSE_CONDITION) {
    put_text(out, "from", pi_slice_of(from_name(cause->from)));
    put_text(out, "id", cause->id);
  }
  if (cause->kind == PI_CAUSE_UNASSESSED) put_text(out, "fact", cause->id);
}

/* ---- one flip ---- */

static void put_side(pi_buffer *out, const char *key, const pubint_evaluation *evaluation,
                     const pi_entry *entry) {
  put_key(out, key);
  pi_buffer_printf(out, "{\"outcome\":\"%s\",\"basis\":\"%s\"", pubint_outcome_name(evaluation->outcome),
                   pubint_basis_name(evaluation->basis));
  if (entry->weighed) put_points(out, "margin", entry->margin);
  pi_buffer_byte(out, '}');
}

void pi_diff_write_flip(pi_buffer *out, const pi_diff *diff, const pi_flipped *flipped,
                        const pubint_evaluation *old, const pubint_evaluation *new,
                        const pi_diff_sample *sample) {
  const pi_case *input = new->input;
  const pi_violation *violation = flipped->new->violation;
  pi_buffer_text(out, "{\"v\":1");
  if (diff->options->files_count > 1) put_name(out, "file", pi_diff_file(diff, sample->file));
  put_count(out, "line", sample->line);
  put_text(out, "id", pi_slice_of(sample->id));
  put_text(out, "direction", pi_slice_of(pi_direction_name(flipped->direction)));
  put_side(out, "old", old, flipped->old);
  put_side(out, "new", new, flipped->new);
  put_text(out, "rule", violation->rule_id);
  if (violation->kind.ptr != NULL) put_text(out, "kind", violation->kind);
  if (pi_case_knows(input, PI_FACT_MARKET)) put_text(out, "market", input->facts[PI_FACT_MARKET].string);
  if (pi_case_knows(input, PI_FACT_TWEET_LANG))
    put_text(out, "lang", input->facts[PI_FACT_TWEET_LANG].string);
  put_key(out, "cause");
  open_cause(out, &flipped->cause);
  pi_buffer_byte(out, '}');
  if (flipped->margins) {
    put_points(out, "change", flipped->change);
    put_key(out, "contributions");
    pi_buffer_byte(out, '[');
    for (uint32_t i = 0; i < flipped->contributions_count; i++) {
      if (i > 0) pi_buffer_byte(out, ',');
      open_cause(out, &flipped->contributions[i].part);
      put_points(out, "points", flipped->contributions[i].points);
      pi_buffer_byte(out, '}');
    }
    pi_buffer_byte(out, ']');
  }
  pi_buffer_text(out, "}\n");
}

/* ---- groups ---- */

static void put_command(const pi_diff *diff, const char *key, unsigned side, size_t file, pi_buffer *out) {
  pi_buffer command;
  pi_buffer_init(&command, 64 * 1024);
  if (pi_diff_say_command(diff, side, file, &command)) {
    const char *text = pi_buffer_end(&command);
    if (text != NULL) put_name(out, key, text);
  }
  out->failed = out->failed || command.failed;
  pi_buffer_dispose(&command);
}

static void put_sample(const pi_diff *diff, pi_diff_dimension dimension, const pi_diff_sample *sample,
                       pi_buffer *out) {
  char go[32];
  pi_buffer_text(out, "{\"place\":");
  pi_buffer place;
  pi_buffer_init(&place, 64 * 1024);
  pi_utf8_show(&place, pi_slice_of(pi_diff_file(diff, sample->file)), false);
  pi_buffer_printf(&place, ":%llu", (unsigned long long)sample->line);
  pi_json_write_string(out, (pi_slice){place.data, place.len});
  out->failed = out->failed || place.failed;
  pi_buffer_dispose(&place);
  if (sample->id[0] != '\0') put_text(out, "id", pi_slice_of(sample->id));
  if (dimension != PI_DIFF_BY_CODE) {
    put_text(out, "old", pi_slice_of(pubint_outcome_name((pubint_outcome)sample->old)));
    put_text(out, "new", pi_slice_of(pubint_outcome_name((pubint_outcome)sample->new)));
    if (sample->margins) put_points(out, "old_margin", sample->old_margin);
    if (sample->margins || dimension == PI_DIFF_BY_NEAR) put_points(out, "new_margin", sample->new_margin);
    put_command(diff, "open_old", 0, sample->file, out);
    put_command(diff, "open_new", 1, sample->file, out);
    snprintf(go, sizeof go, ":go %llu", (unsigned long long)sample->line);
    put_text(out, "then", pi_slice_of(go));
  }
  pi_buffer_byte(out, '}');
}

static void put_samples(const pi_diff *diff, pi_diff_dimension dimension, const pi_diff_group *group,
                        pi_buffer *out) {
  put_key(out, "samples");
  pi_buffer_byte(out, '[');
  for (uint32_t i = 0; i < group->samples_count; i++) {
    if (i > 0) pi_buffer_byte(out, ',');
    put_sample(diff, dimension, &group->samples[i], out);
  }
  pi_buffer_byte(out, ']');
}

/* What the key of a group says, as members; the object is left open. */
static void open_group(pi_diff_dimension dimension, const pi_diff_group *group, pi_buffer *out) {
  pi_slice key = {group->key, group->key_bytes};
  if (dimension == PI_DIFF_BY_CAUSE || dimension == PI_DIFF_BY_FACTOR || dimension == PI_DIFF_BY_MOVER) {
    pi_diff_part part = pi_diff_part_of(group);
    open_cause(out, &part.cause);
    put_text(out, "rule", part.rule);
    return;
  }
  if (dimension == PI_DIFF_BY_KIND) {
    const char *slash = memchr(key.ptr, '/', key.len);
    pi_slice kind = {slash + 1, (size_t)(key.ptr + key.len - slash - 1)};
    pi_buffer_text(out, "{\"rule\":");
    pi_json_write_string(out, (pi_slice){key.ptr, (size_t)(slash - key.ptr)});
    if (kind.len > 0) put_text(out, "kind", kind);
    return;
  }
  static const char *const KEYS[PI_DIFF_DIMENSIONS] = {
      [PI_DIFF_BY_DIRECTION] = "direction", [PI_DIFF_BY_RULE] = "rule",     [PI_DIFF_BY_MARKET] = "market",
      [PI_DIFF_BY_LANGUAGE] = "lang",       [PI_DIFF_BY_NEAR] = "turns_to", [PI_DIFF_BY_CODE] = "code"};
  pi_buffer_printf(out, "{\"%s\":", KEYS[dimension]);
  if (key.len > 0)
    pi_json_write_string(out, key);
  else
    pi_buffer_text(out, "null");
}

static void put_group(const pi_diff *diff, pi_diff_dimension dimension, const pi_diff_group *group,
                      pi_buffer *out) {
  open_group(dimension, group, out);
  if (dimension == PI_DIFF_BY_FACTOR) {
    put_count(out, "flips", group->moved);
    put_points(out, "raised", group->raised);
    put_points(out, "lowered", group->lowered);
  } else if (dimension >= PI_DIFF_BY_MOVER) {
    put_count(out, dimension == PI_DIFF_BY_CODE ? "lines" : "cases", pi_diff_group_total(group));
    put_samples(diff, dimension, group, out);
  } else {
    put_count(out, "flips", pi_diff_group_total(group));
    for (int d = 0; d < PI_DIRECTIONS; d++)
      put_count(out, pi_direction_name((pi_direction)d), group->counts[d]);
    put_samples(diff, dimension, group, out);
  }
  pi_buffer_byte(out, '}');
}

/* ---- the whole ---- */

typedef struct put_scripts {
  pi_buffer *out;
  bool some;
} put_scripts;

static void put_script(void *context, const pi_diff_script *script) {
  put_scripts *self = context;
  const pi_script *either = script->old != NULL ? script->old : script->new;
  pi_buffer_text(self->out, self->some ? ",{\"file\":" : "{\"file\":");
  self->some = true;
  pi_json_write_string(self->out, either->file);
  if (script->old == NULL || script->new == NULL) {
    put_text(self->out, "only", pi_slice_of(script->old == NULL ? "new" : "old"));
  } else if (script->old->bar != script->new->bar) {
    pi_buffer_text(self->out, ",\"bar\":{\"old\":");
    pi_json_write_decimal(self->out, script->old->bar, 3);
    pi_buffer_text(self->out, ",\"new\":");
    pi_json_write_decimal(self->out, script->new->bar, 3);
    pi_buffer_byte(self->out, '}');
  }
  pi_buffer_byte(self->out, '}');
}

static void put_policy(const pi_diff *diff, unsigned side, pi_buffer *out) {
  put_key(out, side == 0 ? "old" : "new");
  pi_buffer_text(out, "{\"policy\":");
  pi_json_write_string(out, (side == 0 ? diff->old : diff->new)->id);
  put_name(out, "from", diff->options->names[side]);
  pi_buffer_byte(out, '}');
}

static void put_matrix(const pi_diff *diff, pi_buffer *out) {
  put_key(out, "matrix");
  for (int from = 0; from < PI_OUTCOMES; from++) {
    pi_buffer_printf(out, "%c\"%s\":", from == 0 ? '{' : ',', pubint_outcome_name((pubint_outcome)from));
    for (int to = 0; to < PI_OUTCOMES; to++) {
      pi_buffer_printf(out, "%c\"%s\":%llu", to == 0 ? '{' : ',', pubint_outcome_name((pubint_outcome)to),
                       (unsigned long long)diff->matrix[from][to]);
    }
    pi_buffer_byte(out, '}');
  }
  pi_buffer_byte(out, '}');
}

static void put_histogram(const pi_diff *diff, pi_buffer *out) {
  pi_buffer_printf(out, ",\"unflipped\":{\"changed\":%llu", (unsigned long long)diff->changed);
  put_count(out, "margin_moved", pi_diff_moved(diff));
  if (diff->nearest != INT64_MAX) put_points(out, "nearest", diff->nearest);
  put_key(out, "histogram");
  pi_buffer_byte(out, '[');
  for (unsigned i = 0; i < PI_DIFF_BINS; i++) {
    pi_diff_bin bin = pi_diff_bin_at(i);
    pi_buffer_printf(out, "%s{\"cases\":%llu", i > 0 ? "," : "", (unsigned long long)diff->histogram[i]);
    if (bin.up_to > 0 || !bin.negative) put_points(out, "from", bin.negative ? -bin.up_to : bin.above);
    if (bin.up_to > 0 || bin.negative) put_points(out, "to", bin.negative ? -bin.above : bin.up_to);
    pi_buffer_byte(out, '}');
  }
  pi_buffer_text(out, "]}");
}

static void put_story(const pi_diff *diff, pi_buffer *out) {
  pi_wording wording;
  pi_buffer story;
  pi_wording_init(&wording, diff->new, PI_SLICE("en"));
  pi_buffer_init(&story, 64 * 1024);
  pi_diff_tell(diff, &wording, &story);
  pi_buffer_text(out, "{\"v\":1");
  put_text(out, "story", (pi_slice){story.data, story.len});
  out->failed = out->failed || story.failed || wording.failed;
  pi_buffer_dispose(&story);
  pi_wording_dispose(&wording);
}

void pi_diff_write(const pi_diff *diff, pi_buffer *out) {
  static const char *const NAMES[PI_DIFF_DIMENSIONS] = {"directions", "causes",    "rules",   "kinds",
                                                        "markets",    "languages", "factors", "movers",
                                                        "near",       "refusals"};
  put_story(diff, out);
  put_policy(diff, 0, out);
  put_policy(diff, 1, out);
  put_scripts scripts = {out, false};
  put_key(out, "scripts");
  pi_buffer_byte(out, '[');
  pi_diff_scripts(diff, put_script, &scripts);
  pi_buffer_byte(out, ']');
  put_count(out, "lines", diff->lines);
  put_count(out, "evaluated", diff->evaluated);
  put_count(out, "refused", diff->refused);
  put_matrix(diff, out);
  put_count(out, "flips", pi_diff_flips(diff));
  put_count(out, "grants", pi_diff_flips_to(diff, PI_GRANTED));
  put_points(out, "near_distance", diff->options->near);
  put_histogram(diff, out);
  for (int d = 0; d < PI_DIFF_DIMENSIONS; d++) {
    const pi_diff_groups *groups = &diff->groups[d];
    put_key(out, NAMES[d]);
    pi_buffer_byte(out, '[');
    for (uint32_t i = 0; i < groups->count; i++) {
      if (i > 0) pi_buffer_byte(out, ',');
      put_group(diff, (pi_diff_dimension)d, groups->groups[i], out);
    }
    pi_buffer_byte(out, ']');
  }
  pi_buffer_text(out, "}\n");
}
