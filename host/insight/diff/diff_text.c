/* A comparison as people read it: what happens in words, then the figures, then cases to look at. */
#include <stdio.h>

#include "diff_report.h"
#include "errors.h"

enum {
  INDENT = 2,
  ROWS_MAX = 8, /* of a table; the rest is counted */
  CHART_CELLS = 40,
  SCRATCH_MAX = 64 * 1024,
};

/* Where the columns of counts end, in all and then one a direction, on the narrowest page; on a wider one
 * they stand up to SHIFT_MAX further right, and names have the room. */
static const unsigned COUNT_ENDS[] = {37, 46, 57, 71, 80};
enum { SHIFT_MAX = 20, NAME_GAP = 8 };
static const char *const COUNT_HEADS[] = {"flips", "granted", "withdrawn", "needs review", "removed"};

typedef struct text {
  const pi_diff *diff;
  pi_page *page;
  pi_wording wording;
  pi_buffer scratch; /* one text while it is put together */
} text;

/* For the next text. That memory ran out for the one before is not forgotten. */
static void clear_scratch(text *self) {
  if (self->scratch.failed) self->page->out->failed = true;
  pi_buffer_reset(&self->scratch);
}

static pi_slice scratch_of(const text *self) {
  return (pi_slice){self->scratch.data, self->scratch.len};
}

static pi_slice counted(text *self, uint64_t count) {
  return pi_say_count(&self->wording, (int64_t)count);
}

static pi_slice points(text *self, int64_t nano) {
  return pi_say_decimal(&self->wording, nano, 9);
}

static unsigned count_end(const text *self, unsigned column) {
  unsigned room = self->page->width > PI_PAGE_WIDTH_MIN ? self->page->width - PI_PAGE_WIDTH_MIN : 0;
  return COUNT_ENDS[column] + (room < SHIFT_MAX ? room : SHIFT_MAX);
}

/* Behind an empty line. */
static void put_head(text *self, const char *head) {
  pi_page_end(self->page);
  pi_page_text(self->page, PI_STYLE_HEAD, pi_slice_of(head));
}

static void put_label(text *self, const char *label) {
  pi_page_to(self->page, INDENT);
  pi_page_text(self->page, PI_STYLE_FAINT, pi_slice_of(label));
  pi_page_to(self->page, INDENT + 9);
}

/* ---- what was compared ---- */

static void put_policy(text *self, const char *label, unsigned side) {
  put_label(self, label);
  pi_page_text(self->page, PI_STYLE_PLAIN, pi_slice_of(self->diff->options->names[side]));
  unsigned longest = 0;
  for (unsigned i = 0; i < 2; i++) {
    unsigned columns = pi_page_columns(self->page, pi_slice_of(self->diff->options->names[i]));
    longest = columns > longest ? columns : longest;
  }
  pi_page_to(self->page, INDENT + 9 + longest + 2);
  pi_slice id = (side == 0 ? self->diff->old : self->diff->new)->id;
  pi_slice cut = pi_page_policy(id);
  pi_page_text(self->page, PI_STYLE_FAINT, cut);
  if (cut.len < id.len) pi_page_text(self->page, PI_STYLE_FAINT, PI_SLICE("…"));
  pi_page_end(self->page);
}

static void put_file(void *context, const pi_diff_file_change *file) {
  static const pi_slice CHANGES[] = {[PI_FILE_CHANGED] = PI_SLICE_INIT(""),
                                     [PI_FILE_ADDED] = PI_SLICE_INIT(", which is new"),
                                     [PI_FILE_REMOVED] = PI_SLICE_INIT(", which is left out")};
  text *self = context;
  put_label(self, "differs");
  pi_page_text(self->page, PI_STYLE_PLAIN, file->path);
  pi_page_text(self->page, PI_STYLE_PLAIN, CHANGES[file->change]);
  if (pi_diff_bar_moved(file)) {
    pi_page_text(self->page, PI_STYLE_PLAIN, PI_SLICE(", its bar "));
    pi_page_text(self->page, PI_STYLE_PLAIN, pi_say_decimal(&self->wording, file->old->bar, 3));
    pi_page_text(self->page, PI_STYLE_PLAIN, PI_SLICE(" → "));
    pi_page_text(self->page, PI_STYLE_PLAIN, pi_say_decimal(&self->wording, file->new->bar, 3));
  }
  pi_page_end(self->page);
}

/* The factors that weigh otherwise, with both weights and in how many cases. */
static void put_weights(text *self) {
  const pi_diff_groups *groups = &self->diff->groups[PI_DIFF_BY_WEIGHT];
  for (uint32_t i = 0; i < groups->count && i < ROWS_MAX; i++) {
    clear_scratch(self);
    pi_diff_say_key(groups->groups[i], PI_DIFF_BY_WEIGHT, &self->wording, &self->scratch);
    pi_buffer_text(&self->scratch, ", in ");
    pi_buffer_slice(&self->scratch, counted(self, pi_diff_group_total(groups->groups[i])));
    pi_buffer_text(&self->scratch, pi_diff_group_total(groups->groups[i]) == 1 ? " case" : " cases");
    put_label(self, "weight");
    pi_page_text(self->page, PI_STYLE_PLAIN, scratch_of(self));
    pi_page_end(self->page);
  }
  if (groups->count <= ROWS_MAX) return;
  put_label(self, "weight");
  pi_page_text(self->page, PI_STYLE_FAINT, PI_SLICE("and others: --json has more"));
  pi_page_end(self->page);
}

static void put_compared(text *self) {
  const pi_diff *diff = self->diff;
  put_policy(self, "old", 0);
  put_policy(self, "new", 1);
  pi_diff_files(diff, put_file, self);
  put_weights(self);
  put_label(self, "cases");
  pi_page_text(self->page, PI_STYLE_PLAIN, counted(self, diff->evaluated));
  if (diff->refused > 0) {
    pi_page_text(self->page, PI_STYLE_PLAIN, PI_SLICE(", and "));
    pi_page_text(self->page, PI_STYLE_BAD, counted(self, diff->refused));
    pi_page_text(self->page, PI_STYLE_BAD, PI_SLICE(" refused"));
  }
  pi_page_end(self->page);
}

/* ---- the matrix ---- */

static pi_style cell_style(int from, int to, uint64_t count) {
  if (from == to || count == 0) return PI_STYLE_FAINT;
  bool granted = pi_diff_direction((pubint_outcome)from, (pubint_outcome)to) == PI_GRANTED;
  return granted ? PI_STYLE_BAD : PI_STYLE_STRONG;
}

static void put_matrix(text *self) {
  static const int ORDER[PI_OUTCOMES] = {PUBINT_REMOVE, PUBINT_REVIEW, PUBINT_NOTICE, PUBINT_NO_ACTION};
  enum { FIRST_END = 30, CELL = 14 };
  pi_page *page = self->page;
  put_head(self, "Outcomes");
  pi_page_right(page, FIRST_END - CELL, PI_STYLE_FAINT, PI_SLICE("old ↓"));
  for (int i = 0; i < PI_OUTCOMES; i++) {
    pi_page_right(page, (unsigned)(FIRST_END + i * CELL), PI_STYLE_FAINT,
                  pi_say_outcome(&self->wording, (pubint_outcome)ORDER[i]));
  }
  pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("  ← new"));
  pi_page_end(page);
  for (int i = 0; i < PI_OUTCOMES; i++) {
    pi_page_to(page, INDENT);
    pi_page_text(page, PI_STYLE_PLAIN, pi_say_outcome(&self->wording, (pubint_outcome)ORDER[i]));
    for (int j = 0; j < PI_OUTCOMES; j++) {
      uint64_t count = self->diff->matrix[ORDER[i]][ORDER[j]];
      pi_page_right(page, (unsigned)(FIRST_END + j * CELL), cell_style(ORDER[i], ORDER[j], count),
                    count > 0 ? counted(self, count) : PI_SLICE("·"));
    }
    pi_page_end(page);
  }
}

/* ---- samples ---- */

static void put_place(text *self, const pi_diff_sample *sample) {
  clear_scratch(self);
  pi_buffer_printf(&self->scratch, "%s:%llu", pi_diff_file(self->diff, sample->file),
                   (unsigned long long)sample->line);
  if (sample->id[0] != '\0') pi_buffer_printf(&self->scratch, "  %s", sample->id);
  pi_page_to(self->page, INDENT + 2);
  pi_page_text(self->page, PI_STYLE_FAINT, scratch_of(self));
}

static void put_sample(text *self, const pi_diff_sample *sample) {
  enum { OUTCOMES = 50, MARGINS = 74 };
  pi_page *page = self->page;
  put_place(self, sample);
  if (page->column + 2 > OUTCOMES) pi_page_end(page);
  pi_page_to(page, OUTCOMES);
  pi_page_text(page, PI_STYLE_PLAIN, pi_say_outcome(&self->wording, (pubint_outcome)sample->old));
  if (sample->old != sample->new) {
    pi_page_text(page, PI_STYLE_PLAIN, PI_SLICE(" → "));
    pi_page_text(page, PI_STYLE_PLAIN, pi_say_outcome(&self->wording, (pubint_outcome)sample->new));
  }
  if (sample->margins) {
    pi_page_to(page, MARGINS);
    pi_page_text(page, PI_STYLE_FAINT, PI_SLICE("margin "));
    pi_page_text(page, PI_STYLE_PLAIN, points(self, sample->old_margin));
    pi_page_text(page, PI_STYLE_FAINT, PI_SLICE(" → "));
    pi_page_text(page, PI_STYLE_PLAIN, points(self, sample->new_margin));
  }
  pi_page_end(page);
}

/* ---- tables of flips ---- */

static void put_counts(text *self, const uint64_t counts[PI_DIRECTIONS], uint64_t total) {
  pi_page_right(self->page, count_end(self, 0), PI_STYLE_STRONG, counted(self, total));
  for (unsigned d = 0; d < PI_DIRECTIONS; d++) {
    pi_style style = counts[d] == 0 ? PI_STYLE_FAINT : d == PI_GRANTED ? PI_STYLE_BAD : PI_STYLE_PLAIN;
    pi_page_right(self->page, count_end(self, d + 1), style,
                  counts[d] > 0 ? counted(self, counts[d]) : PI_SLICE("·"));
  }
  pi_page_end(self->page);
}

static void put_count_heads(text *self) {
  for (unsigned i = 0; i < sizeof COUNT_ENDS / sizeof COUNT_ENDS[0]; i++) {
    pi_page_right(self->page, count_end(self, i), PI_STYLE_FAINT, pi_slice_of(COUNT_HEADS[i]));
  }
  pi_page_end(self->page);
}

static void put_key(text *self, const pi_diff_group *group, pi_diff_dimension dimension) {
  clear_scratch(self);
  pi_diff_say_key(group, dimension, &self->wording, &self->scratch);
  pi_page_to(self->page, INDENT);
  bool is_long = pi_page_columns(self->page, scratch_of(self)) > count_end(self, 0) - NAME_GAP - INDENT;
  if (is_long)
    pi_page_wrap(self->page, INDENT, PI_STYLE_PLAIN, scratch_of(self));
  else
    pi_page_text(self->page, PI_STYLE_PLAIN, scratch_of(self));
}

static void put_others(text *self, uint64_t count) {
  if (count == 0) return;
  pi_page_to(self->page, INDENT);
  pi_page_text(self->page, PI_STYLE_FAINT, PI_SLICE("others"));
  pi_page_right(self->page, count_end(self, 0), PI_STYLE_FAINT, counted(self, count));
  pi_page_end(self->page);
}

static void put_table(text *self, pi_diff_dimension dimension, bool samples) {
  const pi_diff_groups *groups = &self->diff->groups[dimension];
  uint64_t left = pi_diff_flips(self->diff);
  if (left == 0) return;
  put_head(self, pi_diff_dimension_title(dimension));
  put_count_heads(self);
  for (uint32_t i = 0; i < groups->count && i < ROWS_MAX; i++) {
    const pi_diff_group *group = groups->groups[i];
    put_key(self, group, dimension);
    put_counts(self, group->counts, pi_diff_group_total(group));
    left -= pi_diff_group_total(group);
    for (uint32_t s = 0; samples && s < group->samples_count; s++) put_sample(self, &group->samples[s]);
  }
  put_others(self, left);
}

/* What each part of the margin added in the flips, up and down. */
static void put_parts(text *self) {
  const pi_diff_groups *groups = &self->diff->groups[PI_DIFF_BY_FACTOR];
  if (groups->count == 0) return;
  put_head(self, pi_diff_dimension_title(PI_DIFF_BY_FACTOR));
  pi_page_right(self->page, count_end(self, 0), PI_STYLE_FAINT, PI_SLICE("flips"));
  pi_page_right(self->page, count_end(self, 2), PI_STYLE_FAINT, PI_SLICE("points up"));
  pi_page_right(self->page, count_end(self, 4), PI_STYLE_FAINT, PI_SLICE("points down"));
  pi_page_end(self->page);
  for (uint32_t i = 0; i < groups->count && i < ROWS_MAX; i++) {
    const pi_diff_group *group = groups->groups[i];
    put_key(self, group, PI_DIFF_BY_FACTOR);
    pi_page_right(self->page, count_end(self, 0), PI_STYLE_STRONG, counted(self, group->moved));
    pi_page_right(self->page, count_end(self, 2), PI_STYLE_PLAIN, points(self, group->raised));
    pi_page_right(self->page, count_end(self, 4), PI_STYLE_PLAIN, points(self, group->lowered));
    pi_page_end(self->page);
  }
  if (groups->count <= ROWS_MAX) return;
  pi_page_to(self->page, INDENT);
  pi_page_text(self->page, PI_STYLE_FAINT, PI_SLICE("and others: --json has more"));
  pi_page_end(self->page);
}

/* ---- what did not flip ---- */

static void put_near(text *self) {
  const pi_diff_groups *groups = &self->diff->groups[PI_DIFF_BY_NEAR];
  if (groups->count == 0) return;
  put_head(self, "Near misses");
  pi_page_text(self->page, PI_STYLE_FAINT, PI_SLICE(": moved to within "));
  pi_page_text(self->page, PI_STYLE_FAINT, pi_say_points(&self->wording, self->diff->options->near));
  pi_page_text(self->page, PI_STYLE_FAINT, PI_SLICE(" of turning; the nearest"));
  pi_page_end(self->page);
  for (uint32_t i = 0; i < groups->count; i++) {
    const pi_diff_group *group = groups->groups[i];
    bool removed = pi_slice_equal((pi_slice){group->key, group->key_bytes}, PI_SLICE("notice"));
    pi_page_to(self->page, INDENT);
    pi_page_text(self->page, PI_STYLE_PLAIN,
                 removed ? PI_SLICE("still removed") : PI_SLICE("not yet removed"));
    pi_page_right(self->page, count_end(self, 0), PI_STYLE_STRONG, counted(self, pi_diff_group_total(group)));
    pi_page_end(self->page);
    for (uint32_t s = 0; s < group->samples_count; s++) put_sample(self, &group->samples[s]);
  }
}

/* A bar as long as the count's share of the largest; what is not 0 shows. */
static void put_bar(text *self, uint64_t count, uint64_t largest) {
  uint64_t cells = count / largest * CHART_CELLS + count % largest * CHART_CELLS / largest;
  for (uint64_t i = 0; i < cells; i++) pi_page_text(self->page, PI_STYLE_PLAIN, PI_SLICE("█"));
  if (cells == 0 && count > 0) pi_page_text(self->page, PI_STYLE_PLAIN, PI_SLICE("▏"));
}

static void put_histogram(text *self) {
  const uint64_t *bins = self->diff->histogram;
  unsigned first = PI_DIFF_BINS, last = 0;
  uint64_t largest = 0;
  for (unsigned i = 0; i < PI_DIFF_BINS; i++) {
    if (bins[i] == 0) continue;
    if (first == PI_DIFF_BINS) first = i;
    last = i;
    if (bins[i] > largest) largest = bins[i];
  }
  for (unsigned i = first; i <= last; i++) {
    clear_scratch(self);
    pi_diff_say_bin(i, &self->wording, &self->scratch);
    pi_page_to(self->page, INDENT);
    pi_page_text(self->page, PI_STYLE_PLAIN, i == first ? PI_SLICE("margin changed by") : PI_SLICE(""));
    pi_page_right(self->page, count_end(self, 0) - NAME_GAP - 2, PI_STYLE_PLAIN, scratch_of(self));
    pi_page_right(self->page, count_end(self, 0), PI_STYLE_PLAIN, counted(self, bins[i]));
    pi_page_text(self->page, PI_STYLE_FAINT, PI_SLICE(" │"));
    put_bar(self, bins[i], largest);
    pi_page_end(self->page);
  }
}

static void put_unflipped(text *self) {
  const pi_diff_groups *groups = &self->diff->groups[PI_DIFF_BY_MOVER];
  uint64_t moved = pi_diff_moved(self->diff), shown = 0;
  if (self->diff->changed == 0) return;
  bool near = self->diff->groups[PI_DIFF_BY_NEAR].count > 0; /* the nearest stand above already */
  put_head(self, pi_diff_dimension_title(PI_DIFF_BY_MOVER));
  pi_page_right(self->page, count_end(self, 0), PI_STYLE_STRONG, counted(self, self->diff->changed));
  pi_page_end(self->page);
  for (uint32_t i = 0; i < groups->count && i < ROWS_MAX; i++) {
    const pi_diff_group *group = groups->groups[i];
    put_key(self, group, PI_DIFF_BY_MOVER);
    pi_page_right(self->page, count_end(self, 0), PI_STYLE_PLAIN, counted(self, pi_diff_group_total(group)));
    pi_page_end(self->page);
    for (uint32_t s = 0; !near && i == 0 && s < group->samples_count; s++)
      put_sample(self, &group->samples[s]);
    shown += pi_diff_group_total(group);
  }
  put_others(self, moved - shown);
  put_histogram(self);
  if (moved == self->diff->changed) return;
  pi_page_to(self->page, INDENT);
  pi_page_text(self->page, PI_STYLE_PLAIN, PI_SLICE("margin as it was, or none"));
  pi_page_right(self->page, count_end(self, 0), PI_STYLE_PLAIN, counted(self, self->diff->changed - moved));
  pi_page_end(self->page);
}

/* The key of a group is its code as people read it, "E1101". */
static pi_slice code_message(const pi_diff_group *group) {
  const char *digits = group->key;
  unsigned code = 0;
  for (size_t i = 1; i < group->key_bytes; i++) code = code * 10 + (unsigned)(digits[i] - '0');
  const pi_error_row *row = pi_error_find(code);
  return row != NULL ? pi_slice_of(row->message) : PI_SLICE("");
}

static void put_refused(text *self) {
  const pi_diff_groups *groups = &self->diff->groups[PI_DIFF_BY_CODE];
  if (groups->count == 0) return;
  put_head(self, "Refused");
  pi_page_end(self->page);
  for (uint32_t i = 0; i < groups->count; i++) {
    const pi_diff_group *group = groups->groups[i];
    pi_page_to(self->page, INDENT);
    pi_page_text(self->page, PI_STYLE_BAD, (pi_slice){group->key, group->key_bytes});
    pi_page_right(self->page, count_end(self, 0), PI_STYLE_PLAIN, counted(self, pi_diff_group_total(group)));
    pi_page_text(self->page, PI_STYLE_PLAIN, PI_SLICE("  "));
    pi_page_wrap(self->page, count_end(self, 0) + 2, PI_STYLE_FAINT, code_message(group));
    for (uint32_t s = 0; s < group->samples_count; s++) {
      put_place(self, &group->samples[s]);
      pi_page_end(self->page);
    }
  }
}

/* A case that flips, or whose margin moves, and how to open it under each policy. */
static void put_commands(text *self) {
  const pi_diff_groups *causes = &self->diff->groups[PI_DIFF_BY_CAUSE];
  const pi_diff_groups *moved = &self->diff->groups[PI_DIFF_BY_MOVER];
  const pi_diff_groups *groups = causes->count > 0 ? causes : moved;
  if (groups->count == 0 || groups->groups[0]->samples_count == 0) return;
  const pi_diff_sample *sample = &groups->groups[0]->samples[0];
  for (unsigned side = 0; side < 2; side++) {
    clear_scratch(self);
    if (!pi_diff_say_command(self->diff, side, sample->file, &self->scratch)) return;
    if (side == 0) {
      put_head(self, "To look at one");
      char go[64];
      snprintf(go, sizeof go, ": open its file, then go to its line, as :go %llu",
               (unsigned long long)sample->line);
      pi_page_text(self->page, PI_STYLE_FAINT, pi_slice_of(go));
      pi_page_end(self->page);
    }
    put_label(self, side == 0 ? "old" : "new");
    pi_page_text(self->page, PI_STYLE_PLAIN, scratch_of(self));
    pi_page_end(self->page);
  }
}

void pi_diff_print(const pi_diff *diff, pi_page *page) {
  text self = {.diff = diff, .page = page};
  pi_wording_init(&self.wording, diff->new, PI_SLICE("en"));
  pi_buffer_init(&self.scratch, SCRATCH_MAX);
  pi_diff_tell(diff, &self.wording, &self.scratch);
  pi_page_wrap(page, 0, PI_STYLE_STRONG, scratch_of(&self));
  pi_page_end(page);
  put_compared(&self);
  put_matrix(&self);
  put_table(&self, PI_DIFF_BY_CAUSE, true);
  put_parts(&self);
  put_table(&self, PI_DIFF_BY_RULE, false);
  put_table(&self, PI_DIFF_BY_KIND, false);
  put_table(&self, PI_DIFF_BY_MARKET, false);
  put_table(&self, PI_DIFF_BY_LANGUAGE, false);
  put_near(&self);
  put_unflipped(&self);
  put_refused(&self);
  put_commands(&self);
  if (self.scratch.failed || self.wording.failed) page->out->failed = true;
  pi_buffer_dispose(&self.scratch);
  pi_wording_dispose(&self.wording);
}
