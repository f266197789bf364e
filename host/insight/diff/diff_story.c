/* A comparison in a few sentences, for somebody who reads nothing else. */
#include "diff_report.h"

typedef struct story {
  const pi_diff *diff;
  pi_wording *wording;
  pi_buffer *out;
} story;

static void say(story *self, const char *text) {
  pi_buffer_text(self->out, text);
}

static void say_count(story *self, uint64_t count) {
  pi_buffer_slice(self->out, pi_say_count(self->wording, (int64_t)count));
}

/* ---- where flips lead ---- */

/* What becomes of the cases of a direction, for one and for several. */
typedef struct fate {
  pi_direction direction;
  const char *one, *several;
} fate;

static const fate FATES[] = {
    {PI_GRANTED, "would newly stand behind a notice", "would newly stand behind a notice"},
    {PI_WITHDRAWN, "would lose its notice", "would lose their notice"},
    {PI_TO_REVIEW, "would need review instead of being removed",
     "would need review instead of being removed"},
    {PI_TO_REMOVAL, "would be removed instead of needing review",
     "would be removed instead of needing review"},
};
enum { FATES_COUNT = sizeof FATES / sizeof FATES[0] };

static void say_fates(story *self) {
  unsigned left = 0;
  for (unsigned i = 0; i < FATES_COUNT; i++) left += pi_diff_flips_to(self->diff, FATES[i].direction) > 0;
  for (unsigned i = 0, said = 0; i < FATES_COUNT; i++) {
    uint64_t count = pi_diff_flips_to(self->diff, FATES[i].direction);
    if (count == 0) continue;
    if (said > 0) say(self, said + 1 < left ? ", " : " and ");
    say_count(self, count);
    say(self, " ");
    say(self, count == 1 ? FATES[i].one : FATES[i].several);
    said++;
  }
}

/* ---- what decided ---- */

/* Causes of the same name under several rules are one to a reader. */
static bool same_cause(const pi_cause *a, const pi_cause *b) {
  return a->kind == b->kind && a->from == b->from && pi_slice_equal(a->id, b->id);
}

/* The cause that most cases of the groups share, in *part; in how many, and under how many rules. */
static uint64_t main_cause(const pi_diff_groups *causes, pi_diff_part *part, unsigned *rules) {
  uint64_t most = 0;
  for (uint32_t i = 0; i < causes->count; i++) {
    pi_diff_part one = pi_diff_part_of(causes->groups[i]);
    uint64_t count = 0;
    unsigned seen = 0;
    for (uint32_t j = 0; j < causes->count; j++) {
      pi_diff_part other = pi_diff_part_of(causes->groups[j]);
      if (!same_cause(&one.cause, &other.cause)) continue;
      count += pi_diff_group_total(causes->groups[j]);
      seen++;
    }
    if (count <= most) continue;
    most = count;
    *part = one;
    *rules = seen;
  }
  return most;
}

static const pi_script *rule_script(const pubint_policy *policy, pi_slice rule) {
  return pi_policy_script(policy, PI_SCRIPT_RULE, rule);
}

/* ", lowered from 5 to 2". */
static void say_bars(story *self, pi_slice rule) {
  const pi_script *old = rule_script(self->diff->old, rule), *new = rule_script(self->diff->new, rule);
  if (old == NULL || new == NULL || old->bar == new->bar) return;
  say(self, new->bar < old->bar ? ", lowered from " : ", raised from ");
  pi_buffer_slice(self->out, pi_say_decimal(self->wording, old->bar, 3));
  say(self, " to ");
  pi_buffer_slice(self->out, pi_say_decimal(self->wording, new->bar, 3));
}

static void say_item(story *self, const char *what, const pi_cause *cause) {
  pi_buffer_printf(self->out, "the %s%s ", cause->from == PI_FROM_MARKET ? "market’s " : "", what);
  pi_buffer_slice(self->out, pi_say_named(self->wording, what, cause->id));
  say(self, " under ");
}

/* What stands before the rule's name. */
static void say_cause_of(story *self, const pi_cause *cause) {
  switch (cause->kind) {
  case PI_CAUSE_SCRIPT: say(self, "the script for "); break;
  case PI_CAUSE_RULE_ERROR: say(self, "an error of the script for "); break;
  case PI_CAUSE_CONDITION: say_item(self, "condition", cause); break;
  case PI_CAUSE_MARKET_ERROR: say(self, "an error of the market’s script under "); break;
  case PI_CAUSE_FACTOR: say_item(self, "factor", cause); break;
  case PI_CAUSE_BAR: say(self, "the bar for "); break;
  case PI_CAUSE_CLAMP: say(self, "the bound on the market’s sway under "); break;
  case PI_CAUSE_UNASSESSED:
  case PI_CAUSES:
    pi_buffer_slice(self->out, cause->id);
    say(self, ", which nobody assessed, under ");
    break;
  }
}

/* "the bar for election integrity, lowered from 5 to 2" */
static void say_part(story *self, const pi_diff_part *part, unsigned rules) {
  say_cause_of(self, &part->cause);
  pi_buffer_slice(self->out, pi_say_named(self->wording, "rule", part->rule));
  if (rules > 1) pi_buffer_printf(self->out, " and %u other rule%s", rules - 1, rules == 2 ? "" : "s");
  if (rules == 1 && part->cause.kind == PI_CAUSE_BAR) say_bars(self, part->rule);
  if (part->cause.kind == PI_CAUSE_SCRIPT) say(self, ", which one policy lacks");
}

static void say_cause(story *self) {
  pi_diff_part part;
  unsigned rules;
  uint64_t flips = pi_diff_flips(self->diff);
  uint64_t most = main_cause(&self->diff->groups[PI_DIFF_BY_CAUSE], &part, &rules);
  if (most == 0) return;
  say(self, " What decides ");
  if (most < flips) say_count(self, most);
  say(self, most < flips ? " of them is " : flips == 1 ? "it is " : "all of them is ");
  say_part(self, &part, rules);
  say(self, ".");
}

/* ---- what did not flip ---- */

static void say_near(story *self, const char *turns_to, const char *one, const char *several,
                     const char *of) {
  const pi_diff_groups *near = &self->diff->groups[PI_DIFF_BY_NEAR];
  for (uint32_t i = 0; i < near->count; i++) {
    const pi_diff_group *group = near->groups[i];
    if (!pi_slice_equal((pi_slice){group->key, group->key_bytes}, pi_slice_of(turns_to))) continue;
    say(self, " ");
    uint64_t count = pi_diff_group_total(group);
    say_count(self, count);
    say(self, count == 1 ? one : several);
    pi_buffer_slice(self->out, pi_say_decimal(self->wording, self->diff->options->near, 9));
    say(self, of);
  }
}

/* Where nothing flips, what moved and how far it stays from turning. */
static void say_moved(story *self) {
  pi_diff_part part;
  unsigned rules;
  uint64_t moved = pi_diff_moved(self->diff);
  uint64_t most = main_cause(&self->diff->groups[PI_DIFF_BY_MOVER], &part, &rules);
  if (most == 0) return;
  say(self, moved == 1 ? " The margin of " : " The margins of ");
  say_count(self, moved);
  say(self, moved == 1 ? " moves, by " : most < moved ? " move, of " : " move, all by ");
  if (most < moved) {
    say_count(self, most);
    say(self, " by ");
  }
  say_part(self, &part, rules);
  if (self->diff->nearest != INT64_MAX) {
    say(self, moved == 1 ? "; it stays " : "; the nearest stays ");
    pi_buffer_slice(self->out, pi_say_points(self->wording, self->diff->nearest));
    say(self, " from turning");
  }
  say(self, ".");
}

static void say_unflipped(story *self) {
  if (pi_diff_flips(self->diff) == 0) say_moved(self);
  say_near(self, "notice", " that stays removed came within ", " that stay removed came within ",
           " points of turning.");
  say_near(self, "remove", " that is not removed came within ", " that are not removed came within ",
           " points of removal.");
}

void pi_diff_tell(const pi_diff *diff, pi_wording *wording, pi_buffer *out) {
  story self = {diff, wording, out};
  uint64_t flips = pi_diff_flips(diff);
  if (diff->evaluated == 0) {
    say(&self, "There was no case to compare the policies on.");
    return;
  }
  if (flips == 0) {
    bool same = pi_slice_equal(diff->old->id, diff->new->id);
    say(&self, same ? "The two policies are the same, and no outcome changes: " : "No outcome changes: ");
    if (diff->evaluated > 2) {
      say(&self, "all ");
      say_count(&self, diff->evaluated);
      say(&self, " cases end as before.");
    } else {
      say(&self, diff->evaluated == 2 ? "both cases end as before." : "the one case ends as before.");
    }
  } else {
    say(&self, "Of ");
    say_count(&self, diff->evaluated);
    say(&self, diff->evaluated == 1 ? " case " : " cases ");
    say_count(&self, flips);
    say(&self, " would end otherwise: ");
    say_fates(&self);
    say(&self, ".");
    say_cause(&self);
  }
  say_unflipped(&self);
}
