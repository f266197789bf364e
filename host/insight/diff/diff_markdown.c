/* A comparison as a report for a merge request, in GitHub's Markdown. */
#include "diff_report.h"
#include "markdown_text.h"
#include "utf8.h"

enum { SCRATCH_MAX = 64 * 1024, ROWS_MAX = 20 };

typedef struct markdown {
  const pi_diff *diff;
  pi_buffer *out;
  pi_wording wording;
  pi_buffer scratch;
} markdown;

/* Text of others, within a cell of a table too. */
static void put_text(markdown *self, pi_slice text) {
  pi_markdown_text(self->out, text);
}

static void put(markdown *self, const char *text) {
  pi_buffer_text(self->out, text);
}

static void put_count(markdown *self, uint64_t count) {
  pi_buffer_slice(self->out, pi_say_count(&self->wording, (int64_t)count));
}

/* For the next text. That memory ran out for the one before is not forgotten. */
static void clear_scratch(markdown *self) {
  if (self->scratch.failed) self->out->failed = true;
  pi_buffer_reset(&self->scratch);
}

static pi_slice scratch_of(const markdown *self) {
  return (pi_slice){self->scratch.data, self->scratch.len};
}

static void put_policy(markdown *self, const char *label, unsigned side) {
  put(self, label);
  put_text(self, pi_slice_of(self->diff->options->names[side]));
  put(self, " (");
  put_text(self, (side == 0 ? self->diff->old : self->diff->new)->id);
  put(self, ")\n");
}

static void put_file(void *context, const pi_diff_file_change *file) {
  static const char *const CHANGES[] = {
      [PI_FILE_CHANGED] = "", [PI_FILE_ADDED] = ", which is new", [PI_FILE_REMOVED] = ", which is left out"};
  markdown *self = context;
  put(self, "- differs: ");
  put_text(self, file->path);
  put(self, CHANGES[file->change]);
  if (pi_diff_bar_moved(file)) {
    put(self, ", its bar ");
    pi_buffer_slice(self->out, pi_say_decimal(&self->wording, file->old->bar, 3));
    put(self, " → ");
    pi_buffer_slice(self->out, pi_say_decimal(&self->wording, file->new->bar, 3));
  }
  put(self, "\n");
}

static void put_weights(markdown *self) {
  const pi_diff_groups *groups = &self->diff->groups[PI_DIFF_BY_WEIGHT];
  for (uint32_t i = 0; i < groups->count && i < ROWS_MAX; i++) {
    uint64_t cases = pi_diff_group_total(groups->groups[i]);
    clear_scratch(self);
    pi_diff_say_key(groups->groups[i], PI_DIFF_BY_WEIGHT, &self->wording, &self->scratch);
    put(self, "- weight: ");
    put_text(self, scratch_of(self));
    put(self, ", in ");
    put_count(self, cases);
    put(self, cases == 1 ? " case\n" : " cases\n");
  }
  if (groups->count > ROWS_MAX) put(self, "- weight: others, of which `--json` has more\n");
}

/* ---- tables ---- */

static void put_outcome(markdown *self, const char *before, int outcome, const char *after) {
  put(self, before);
  put_text(self, pi_say_outcome(&self->wording, (pubint_outcome)outcome));
  put(self, after);
}

static void put_matrix(markdown *self) {
  static const int ORDER[PI_OUTCOMES] = {PUBINT_REMOVE, PUBINT_REVIEW, PUBINT_NOTICE, PUBINT_NO_ACTION};
  put(self, "\n| old ↓ new → |");
  for (int i = 0; i < PI_OUTCOMES; i++) put_outcome(self, " ", ORDER[i], " |");
  put(self, "\n|---|--:|--:|--:|--:|\n");
  for (int i = 0; i < PI_OUTCOMES; i++) {
    put_outcome(self, "| ", ORDER[i], " |");
    for (int j = 0; j < PI_OUTCOMES; j++) {
      uint64_t count = self->diff->matrix[ORDER[i]][ORDER[j]];
      bool flip = count > 0 && i != j;
      put(self, flip ? " **" : " ");
      put_count(self, count);
      put(self, flip ? "** |" : " |");
    }
    put(self, "\n");
  }
}

static void put_table(markdown *self, pi_diff_dimension dimension) {
  const pi_diff_groups *groups = &self->diff->groups[dimension];
  if (pi_diff_flips(self->diff) == 0) return;
  pi_buffer_printf(self->out, "\n| %s | flips | granted | withdrawn | needs review | removed |\n",
                   pi_diff_dimension_title(dimension));
  put(self, "|---|--:|--:|--:|--:|--:|\n");
  for (uint32_t i = 0; i < groups->count && i < ROWS_MAX; i++) {
    const pi_diff_group *group = groups->groups[i];
    clear_scratch(self);
    pi_diff_say_key(group, dimension, &self->wording, &self->scratch);
    put(self, "| ");
    put_text(self, scratch_of(self));
    put(self, " | ");
    put_count(self, pi_diff_group_total(group));
    for (int d = 0; d < PI_DIRECTIONS; d++) {
      put(self, " | ");
      put_count(self, group->counts[d]);
    }
    put(self, " |\n");
  }
  if (groups->count > ROWS_MAX) put(self, "\nThe largest groups; `--json` has all.\n");
}

/* ---- samples ---- */

static void put_sample(markdown *self, const pi_diff_sample *sample) {
  put(self, "- ");
  put_text(self, pi_slice_of(pi_diff_file(self->diff, sample->file)));
  pi_buffer_printf(self->out, ":%llu ", (unsigned long long)sample->line);
  put_text(self, pi_slice_of(sample->id));
  put_outcome(self, ": ", sample->old, "");
  if (sample->old != sample->new) put_outcome(self, " → ", sample->new, "");
  if (sample->margins) {
    put(self, ", margin ");
    pi_buffer_slice(self->out, pi_say_decimal(&self->wording, sample->old_margin, 9));
    put(self, " → ");
    pi_buffer_slice(self->out, pi_say_decimal(&self->wording, sample->new_margin, 9));
  }
  put(self, "\n");
}

static void put_samples(markdown *self, pi_diff_dimension dimension) {
  const pi_diff_groups *groups = &self->diff->groups[dimension];
  for (uint32_t i = 0; i < groups->count && i < ROWS_MAX; i++) {
    const pi_diff_group *group = groups->groups[i];
    if (group->samples_count == 0) continue;
    put(self, "\n");
    if (dimension == PI_DIFF_BY_NEAR) {
      put(self, "Near misses, ");
      put(self, ((const char *)group->key)[0] == 'n' ? "still removed" : "not yet removed");
    } else {
      clear_scratch(self);
      pi_diff_say_key(group, dimension, &self->wording, &self->scratch);
      put_text(self, scratch_of(self));
    }
    put(self, ":\n\n");
    for (uint32_t s = 0; s < group->samples_count; s++) put_sample(self, &group->samples[s]);
  }
}

static void put_commands(markdown *self) {
  const pi_diff_groups *causes = &self->diff->groups[PI_DIFF_BY_CAUSE];
  const pi_diff_groups *groups = causes->count > 0 ? causes : &self->diff->groups[PI_DIFF_BY_MOVER];
  if (groups->count == 0 || groups->groups[0]->samples_count == 0) return;
  for (unsigned side = 0; side < 2; side++) {
    clear_scratch(self);
    if (!pi_diff_say_command(self->diff, side, groups->groups[0]->samples[0].file, &self->scratch)) return;
    if (side == 0) put(self, "\nTo look at one, with the old policy and with the new, then `:go LINE`:\n\n");
    put(self, "    ");
    pi_utf8_show(self->out, scratch_of(self), false);
    put(self, "\n");
  }
}

void pi_diff_write_markdown(const pi_diff *diff, pi_buffer *out) {
  markdown self = {.diff = diff, .out = out};
  pi_wording_init(&self.wording, diff->new, PI_SLICE("en"));
  pi_buffer_init(&self.scratch, SCRATCH_MAX);
  put(&self, "## What this change of policy would do\n\n");
  pi_diff_tell(diff, &self.wording, &self.scratch);
  put_text(&self, scratch_of(&self));
  put(&self, "\n\n");
  put_policy(&self, "- old: ", 0);
  put_policy(&self, "- new: ", 1);
  pi_diff_files(diff, put_file, &self);
  put_weights(&self);
  put(&self, "- cases: ");
  put_count(&self, diff->evaluated);
  put(&self, " evaluated, ");
  put_count(&self, diff->refused);
  put(&self, " refused\n");
  put_matrix(&self);
  for (int d = PI_DIFF_BY_CAUSE; d <= PI_DIFF_BY_LANGUAGE; d++) put_table(&self, (pi_diff_dimension)d);
  if (diff->groups[PI_DIFF_BY_CAUSE].count + diff->groups[PI_DIFF_BY_NEAR].count > 0) {
    put(&self, "\n<details><summary>Cases to look at</summary>\n");
    put_samples(&self, PI_DIFF_BY_CAUSE);
    put_samples(&self, PI_DIFF_BY_NEAR);
    put_commands(&self);
    put(&self, "\n</details>\n");
  }
  out->failed = out->failed || self.scratch.failed || self.wording.failed;
  pi_buffer_dispose(&self.scratch);
  pi_wording_dispose(&self.wording);
}
