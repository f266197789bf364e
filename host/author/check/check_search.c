#include "check_search.h"

#include <string.h>

#include "check_whole.h"
#include "entries.h"
#include "errors.h"
#include "generate_signals.h"

/* What is sought is rare where facts are drawn: one rule must just pass and another just fail. Margins are
 * nearly sums of what each fact gives by itself, so two steps find it. The first moves one fact after another
 * to where the stricter rule's margin is furthest above the looser one's, trying the ends, the numbers that
 * the scripts compare with, and what lies between these. The second moves the facts that cost least of that
 * distance until the stricter rule's margin is just 0. Whatever is evaluated on the way is judged, too. */

/* What the host asks of private data (R095). */
static const pi_span FIRST_LETTER = {.start = 0, .end = 1, .kind = -1};

/* So many cases apart, and four times as many once a policy of some twenty rules was tried. */
enum { LINE_UP_CASES = 4, SEARCH_CASES = 16, OFTEN_CASES = 2048, SELDOM = 4 };

/* One search in so many is for the ceiling. */
enum { CEILING_EACH = 4 };

enum { ALL_GROUNDS = (1 << PI_GROUNDS_MAX) - 1 };

/* Of one search; a line-up's rules of each group. */
enum { TRIES_MAX = 600, MOVES_MAX = 16, SIGNALS_TRIED = 32, GROUP_MAX = PI_VIOLATIONS_MAX / 2 };

/* More than any sum of points: a condition is worth more than all factors. */
static const int64_t CONDITION = 1000 * 1000 * PI_NANO;
static const int64_t NOWHERE = -1000 * 1000 * 1000 * PI_NANO;

typedef struct search {
  pi_check *check;
  pi_case point;     /* the best so far; of two violations the first is the stricter rule's */
  pi_fact_set fixed; /* facts that stay as they are */
  pi_fact_set reads; /* what its scripts read there */
  int64_t score;     /* of the point: how far the first rule's margin is above the second's, or above 0 */
  int64_t margin;    /* of the first rule there */
  uint32_t tries;
  pi_whole sought;
  uint64_t exceptions; /* of what is sought there were when it began */
  pubint_status status;
  pubint_error *error;
} search;

/* What a case came to. */
typedef struct tried {
  int64_t score;
  int64_t margin;
  pi_fact_set reads;
} tried;

static bool is_over(const search *self) {
  return self->status != PUBINT_OK || self->tries >= TRIES_MAX ||
         self->check->exceptions[self->sought] > self->exceptions;
}

/* A looser rule's condition that is unmet is an exception by itself wherever the stricter rule passes. */
static int64_t score_of(const pubint_evaluation *evaluation) {
  if (evaluation->entries_count == 0) return NOWHERE;
  const pi_entry *first = &evaluation->entries[0], *second = &evaluation->entries[1];
  if (pi_check_failed(first)) return NOWHERE;
  int64_t score = first->margin;
  for (uint32_t i = 0; i < first->balance.conditions_count; i++) {
    if (!first->balance.conditions[i].met) score -= CONDITION;
  }
  if (evaluation->entries_count < 2) return score;
  if (pi_check_failed(second)) return NOWHERE;
  return pi_balance_unmet(&second->balance, ~PI_FROM_BIT(PI_FROM_HOST)) != NULL ? score + CONDITION / 2
                                                                                : score - second->margin;
}

static tried try_case(search *self, const pi_case *trial) {
  const pubint_evaluation *evaluation;
  if (is_over(self)) return (tried){NOWHERE, 0, 0};
  self->tries++;
  self->status = pi_engine_evaluate(self->check->other, trial, &evaluation, self->error);
  if (self->status != PUBINT_OK) return (tried){NOWHERE, 0, 0};
  tried out = {.score = score_of(evaluation)};
  if (evaluation->entries_count > 0) out.margin = evaluation->entries[0].margin;
  out.reads = pi_entries_reads(evaluation);
  self->status = pi_whole_judge(self->check, trial, evaluation);
  if (self->check->exceptions[self->sought] > self->exceptions) self->point = *trial;
  return out;
}

static void go_to(search *self, const pi_case *trial, tried at) {
  self->point = *trial;
  self->score = at.score;
  self->margin = at.margin;
  self->reads = at.reads;
}

static void begin(search *self, pi_check *check, pi_whole sought, const pi_case *from, pubint_error *error) {
  *self = (search){.check = check,
                   .point = *from,
                   .sought = sought,
                   .exceptions = check->exceptions[sought],
                   .error = error};
  tried at = try_case(self, from);
  go_to(self, from, at);
}

/* ---- the first step: as far apart as can be ---- */

static bool may_move(const search *self, int fact) {
  pi_fact_set known = self->reads & self->point.known;
  return PI_FACTS[fact].type == PI_TYPE_STRENGTH && (known & ~self->fixed & PI_FACT_BIT(fact)) != 0;
}

/* Takes the case if it is better, or as good and simpler. */
static bool take_better(search *self, const pi_case *trial, bool simpler) {
  tried at = try_case(self, trial);
  bool better = at.score > self->score || (simpler && at.score == self->score);
  if (better) go_to(self, trial, at);
  return better;
}

static void climb_fact(search *self, int fact, bool simpler) {
  static const int32_t ENDS[] = {(int32_t)PI_MICRO, 0};
  for (int i = 0; i < 2; i++) {
    pi_case trial = self->point;
    pi_case_set_strength(&trial, fact, ENDS[i]);
    if (pi_case_strength(&self->point, fact) != ENDS[i])
      (void)take_better(self, &trial, simpler && ENDS[i] == 0);
  }
}

/* Where a script may change its mind on the way; then as near as can be to what bounds the best of them,
 * since points may grow within. */
static void climb_points(search *self, int fact) {
  pi_points points;
  pi_points_of_fact(self->check->script_points, &self->check->coverage->places, &self->point, (pi_fact)fact,
                    &points);
  uint32_t best = points.count;
  for (uint32_t i = 0; i < points.count && !is_over(self); i++) {
    pi_case trial = self->point;
    pi_case_set_strength(&trial, fact, (int32_t)points.items[i]);
    if (take_better(self, &trial, false)) best = i;
  }
  if (best == points.count) return;
  double below = best > 0 ? points.items[best - 1] + 1 : 0;
  double above = best + 1 < points.count ? points.items[best + 1] - 1 : PI_MICRO;
  for (int i = 0; i < 2; i++) {
    pi_case trial = self->point;
    pi_case_set_strength(&trial, fact, (int32_t)(i == 0 ? below : above));
    (void)take_better(self, &trial, false);
  }
}

static void climb_words(search *self, pi_fact fact) {
  for (uint8_t word = 0; word < PI_FACTS[fact].words.count && !is_over(self); word++) {
    pi_case trial = self->point;
    pi_case_set_word(&trial, fact, word);
    if (pi_case_word(&self->point, fact) != word) (void)take_better(self, &trial, false);
  }
}

/* Takes signal `at` as `value`, if that is better. False: no memory. */
static bool climb_signal(search *self, uint32_t at, pi_node value, bool *better) {
  const pi_tree *tree = pi_case_tree(&self->point, PI_FACT_SIGNALS);
  pi_node *nodes = pi_arena_alloc(&self->check->text_arena, tree->count * sizeof *nodes);
  if (nodes == NULL) {
    self->status = PUBINT_E_SYSTEM;
    return false;
  }
  memcpy(nodes, tree->nodes, tree->count * sizeof *nodes);
  value.key = nodes[at].key;
  nodes[at] = value;
  pi_case trial = self->point;
  pi_case_set_tree(&trial, PI_FACT_SIGNALS, (pi_tree){nodes, tree->count});
  *better = take_better(self, &trial, false);
  return true;
}

static pi_node number_node(double number) {
  pi_node node = {.kind = PI_NODE_NUMBER};
  bool whole = number == (double)(int64_t)number;
  if (whole) node.kind = PI_NODE_INTEGER;
  if (whole)
    node.as.integer = (int64_t)number;
  else
    node.as.number = number;
  return node;
}

/* As with strengths: the numbers of the scripts, what lies between them, and what bounds the best. */
static void climb_signal_points(search *self, uint32_t at, const pi_points *points) {
  static const double NEAR = 0.000001;
  bool better;
  uint32_t best = points->count;
  for (uint32_t i = 0; i < points->count && !is_over(self); i++) {
    if (!climb_signal(self, at, number_node(points->items[i]), &better)) return;
    if (better) best = i;
  }
  if (best == points->count) return;
  if (best > 0 && !climb_signal(self, at, number_node(points->items[best - 1] + NEAR), &better)) return;
  if (best + 1 == points->count) return;
  (void)climb_signal(self, at, number_node(points->items[best + 1] - NEAR), &better);
}

/* Signals are true or 1, what a market most often asks, or what its scripts compare with. */
static void climb_signals(search *self) {
  static const pi_node VALUES[] = {{.kind = PI_NODE_BOOLEAN, .as.boolean = true},
                                   {.kind = PI_NODE_INTEGER, .as.integer = 1}};
  pi_points points;
  if (!pi_case_knows(&self->point, PI_FACT_SIGNALS)) return;
  const pi_tree *tree = pi_case_tree(&self->point, PI_FACT_SIGNALS);
  const pi_node root = tree->nodes[pi_tree_root(tree)];
  const pi_script_points *scripts = self->check->script_points;
  const pi_script_points *market = pi_points_of_market(scripts, &self->check->coverage->places, &self->point);
  pi_points_of_signals(scripts, &self->check->coverage->places, &self->point, &points);
  for (uint32_t i = 0; i < root.count && i < SIGNALS_TRIED && !is_over(self); i++) {
    uint32_t at = root.as.first + i;
    bool better;
    for (int v = 0; v < 2; v++) {
      if (!climb_signal(self, at, VALUES[v], &better)) return;
    }
    climb_signal_points(self, at, &points);
    for (uint32_t w = 0; market != NULL && w < market->words_count && !is_over(self); w++) {
      pi_node word = {.kind = PI_NODE_STRING, .as.string = market->words[w]};
      if (!climb_signal(self, at, word, &better)) return;
    }
  }
}

/* ---- how a rule is broken ---- */

/* Private data that is only threatened need not stand in the text. */
static void try_manner(search *self, pi_slice kind, uint16_t grounds) {
  pi_case trial = self->point;
  pi_violation *violation = &trial.violations[0];
  pi_whole_break(violation, kind, grounds);
  (void)take_better(self, &trial, false);
  if (!violation->spans_known) return;
  trial.has_spans = violation->spans_count == 0;
  violation->spans_count = trial.has_spans ? 1 : 0;
  violation->spans = &FIRST_LETTER;
  (void)take_better(self, &trial, false);
}

/* The kinds of one rule with no grounds, each one, and all. Only of a rule by itself: what two rules say of
 * themselves is no fact that both have. */
static void climb_manner(search *self) {
  const pi_violation *first = &self->point.violations[0];
  pi_slice kinds[PI_WHOLE_KINDS_MAX + 1] = {{NULL, 0}};
  uint32_t count = 1 + pi_whole_kinds(self->check, first, kinds + 1);
  bool has_grounds = first->rule != PI_RULE_OTHER && PI_RULES[first->rule].grounds;
  uint32_t grounds = has_grounds ? PI_GROUNDS.count + 2u : 1;
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t g = 0; g < grounds && !is_over(self); g++) {
      try_manner(self, kinds[i], g <= PI_GROUNDS.count ? (uint16_t)((1U << g) >> 1) : ALL_GROUNDS);
    }
  }
}

/* Twice where it leads anywhere, since one fact may count only with another. */
static void climb(search *self) {
  for (int round = 0; round < 2 && !is_over(self) && (round == 0 || self->score > 0); round++) {
    if (self->sought != PI_WHOLE_ORDER) climb_manner(self);
    for (int fact = 0; fact < PI_FACT_COUNT && !is_over(self); fact++) {
      if (pi_fact_weighed_word((pi_fact)fact)) climb_words(self, (pi_fact)fact);
    }
    for (int fact = 0; fact < PI_FACT_COUNT && !is_over(self); fact++) {
      if (!may_move(self, fact)) continue;
      climb_fact(self, fact, round > 0);
      climb_points(self, fact);
    }
    climb_signals(self);
  }
}

/* ---- the second step: as near to the bar as can be ---- */

/* One fact moved to an end. */
typedef struct move {
  pi_case to;
  tried at;
  int fact;    /* PI_FACT_COUNT: none */
  double cost; /* of distance, for each point that the margin comes nearer */
} move;

/* The move that costs least; of equal ones the longest, so that few facts are moved. One over the bar may
 * cost all: the bar lies on its way. */
static void find_move(search *self, move *best) {
  bool up = self->margin < 0;
  int64_t longest = 0;
  *best = (move){.fact = PI_FACT_COUNT};
  for (int i = 0; i < 2 * PI_FACT_COUNT && !is_over(self); i++) {
    int fact = i / 2;
    int32_t end = i % 2 == 0 ? 0 : (int32_t)PI_MICRO;
    if (!may_move(self, fact) || pi_case_strength(&self->point, fact) == end) continue;
    pi_case trial = self->point;
    pi_case_set_strength(&trial, fact, end);
    tried at = try_case(self, &trial);
    int64_t nearer = up ? at.margin - self->margin : self->margin - at.margin;
    bool over = (at.margin < 0) != up && at.score > -CONDITION / 2;
    if (nearer <= 0 || (at.score <= 0 && !over)) continue;
    double cost = (double)(self->score - at.score) / (double)nearer;
    bool better =
        best->fact == PI_FACT_COUNT || cost < best->cost || (cost <= best->cost && nearer > longest);
    if (!better) continue;
    *best = (move){trial, at, fact, cost};
    longest = nearer;
  }
}

/* Halves the way of a move over the bar, until the margin is as little above 0 as the fact can make it. */
static void halve(search *self, const move *over) {
  int fact = over->fact;
  int32_t above = pi_case_strength(&self->point, fact), below = pi_case_strength(&over->to, fact);
  if (self->margin < 0) {
    above = below;
    below = pi_case_strength(&self->point, fact);
  }
  while ((above > below ? above - below : below - above) > 1 && !is_over(self)) {
    pi_case trial = self->point;
    pi_case_set_strength(&trial, fact, below + (above - below) / 2);
    if (try_case(self, &trial).margin >= 0)
      above = pi_case_strength(&trial, fact);
    else
      below = pi_case_strength(&trial, fact);
  }
}

static void approach(search *self) {
  move next;
  for (int i = 0; i < MOVES_MAX && !is_over(self); i++) {
    find_move(self, &next);
    if (next.fact == PI_FACT_COUNT) return;
    if ((next.at.margin < 0) != (self->margin < 0)) {
      halve(self, &next);
      return;
    }
    go_to(self, &next.to, next.at);
  }
}

/* ---- all rules on the same facts ---- */

/* Without a kind; of private data with the first letter left out. */
static void add_rule(pi_case *line_up, const pi_script *script) {
  pi_violation *violation = &line_up->violations[line_up->violations_count++];
  *violation = (pi_violation){.rule = pi_rule_find(script->name), .rule_id = script->name, .kind_word = -1};
  if (violation->rule == PI_RULE_OTHER || !PI_RULES[violation->rule].spans) return;
  violation->spans_known = line_up->has_spans = true;
  violation->spans_count = 1;
  violation->spans = &FIRST_LETTER;
  bool text = pi_case_knows(line_up, PI_FACT_TWEET_TEXT) && pi_case_text(line_up, PI_FACT_TWEET_TEXT).len > 0;
  if (text) return;
  pi_case_set_text(line_up, PI_FACT_TWEET_TEXT, PI_SLICE("x"));
}

static uint32_t count_rules(const pubint_policy *policy, pi_class group) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < policy->scripts_count; i++) count += pi_whole_class(&policy->scripts[i]) == group;
  return count;
}

static const pi_script *nth_rule(const pubint_policy *policy, pi_class group, uint64_t n) {
  for (uint32_t i = 0; i < policy->scripts_count; i++) {
    if (pi_whole_class(&policy->scripts[i]) == group && n-- == 0) return &policy->scripts[i];
  }
  return NULL;
}

static void clear_violations(pi_case *input) {
  input->violations_count = 0;
  input->has_spans = false;
}

/* Of more rules than one case can have, others each time. */
static void add_group(pi_case *line_up, const pubint_policy *policy, pi_class group, uint64_t nth) {
  uint32_t count = count_rules(policy, group), most = count < GROUP_MAX ? count : GROUP_MAX;
  for (uint32_t i = 0; i < most; i++) add_rule(line_up, nth_rule(policy, group, (nth * most + i) % count));
}

/* What a notice needs: everything that counts is known. */
static void assess(pi_case *input, uint64_t nth) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    bool word = pi_fact_weighed_word((pi_fact)fact);
    if (pi_case_knows(input, (pi_fact)fact)) continue;
    if (word) pi_case_set_word(input, fact, (uint8_t)(nth % PI_FACTS[fact].words.count));
    if (PI_FACTS[fact].type == PI_TYPE_STRENGTH) pi_case_set_strength(input, fact, 0);
  }
}

/* All that speaks for a notice, save for what the property says. */
static void favour(pi_case *input) {
  for (int fact = 0; fact < PI_FACT_COUNT; fact++) {
    if (PI_FACTS[fact].type != PI_TYPE_STRENGTH) continue;
    pi_case_set_strength(input, fact, PI_FACTS[fact].side == PI_SIDE_INTEREST ? (int32_t)PI_MICRO : 0);
  }
}

/* A market, or none, with all signals that it looks for. */
static bool put_in_market(const pi_check *self, pi_case *input, uint64_t nth, pi_arena *arena) {
  uint64_t market = nth % (self->generator->markets_count + 1u);
  input->known &= ~PI_FACT_BIT(PI_FACT_MARKET);
  if (market > 0) {
    pi_case_set_text(input, PI_FACT_MARKET, self->generator->markets[market - 1]);
  }
  return pi_generate_all_signals(self->generator, input, arena);
}

static void fill_harm(pi_case *input) {
  pi_case_set_strength(input, PI_FACT_HARM_LIKELIHOOD, (int32_t)PI_MICRO);
  pi_case_set_strength(input, PI_FACT_HARM_SEVERITY, (int32_t)PI_MICRO);
}

/* Of some kind, and on some grounds or none; others each time. */
static void vary(const pi_check *self, pi_case *line_up, uint64_t nth) {
  for (uint32_t i = 0; i < line_up->violations_count; i++) {
    pi_violation *violation = &line_up->violations[i];
    pi_slice kinds[PI_WHOLE_KINDS_MAX];
    uint32_t count = pi_whole_kinds(self, violation, kinds);
    uint64_t kind = nth % (count + 1u), rounds = nth / (count + 1u);
    bool has_grounds = violation->rule != PI_RULE_OTHER && PI_RULES[violation->rule].grounds;
    uint16_t one = (uint16_t)(1U << (rounds / 3 % PI_GROUNDS.count));
    uint16_t grounds = rounds % 3 == 0 ? 0 : rounds % 3 == 1 ? one : ALL_GROUNDS;
    pi_whole_break(violation, kind == 0 ? (pi_slice){NULL, 0} : kinds[kind - 1], has_grounds ? grounds : 0);
  }
}

/* As drawn; with certain and severe harm; without public concern; these in each manner of breaking a rule. */
static pubint_status try_line_up(pi_check *self, const pi_case *facts, uint64_t nth, pubint_error *error) {
  pi_case line_up = *facts;
  clear_violations(&line_up);
  add_group(&line_up, self->policy, PI_CLASS_STRICTER, nth);
  add_group(&line_up, self->policy, PI_CLASS_LOOSER, nth);
  pubint_status status = PUBINT_OK;
  for (int i = 0; i < 3 && status == PUBINT_OK; i++) {
    const pubint_evaluation *evaluation;
    if (i > 0) favour(&line_up);
    if (i > 0) vary(self, &line_up, nth);
    if (i == 1) fill_harm(&line_up);
    if (i == 2) pi_case_set_strength(&line_up, PI_FACT_PUBLIC_CONCERN, 0);
    status = pi_engine_evaluate(self->other, &line_up, &evaluation, error);
    if (status == PUBINT_OK) status = pi_whole_judge(self, &line_up, evaluation);
  }
  return status;
}

/* ---- searching ---- */

static pubint_status search_order(pi_check *self, const pi_case *facts, uint64_t nth, pubint_error *error) {
  uint32_t stricter = count_rules(self->policy, PI_CLASS_STRICTER);
  uint32_t looser = count_rules(self->policy, PI_CLASS_LOOSER);
  if (stricter == 0 || looser == 0) return PUBINT_OK;
  pi_case pair = *facts;
  clear_violations(&pair);
  uint64_t rounds = nth / stricter / looser; /* each pair meets each market */
  if (!put_in_market(self, &pair, nth % (stricter * looser) + rounds, &self->text_arena))
    return PUBINT_E_SYSTEM;
  add_rule(&pair, nth_rule(self->policy, PI_CLASS_STRICTER, nth % stricter));
  add_rule(&pair, nth_rule(self->policy, PI_CLASS_LOOSER, nth / stricter % looser));
  if (pi_case_strength(&pair, PI_FACT_PUBLIC_CONCERN) == 0) {
    pi_case_set_strength(&pair, PI_FACT_PUBLIC_CONCERN,
                         (int32_t)PI_MICRO); /* without it there is none to compare */
  }
  search order;
  begin(&order, self, PI_WHOLE_ORDER, &pair, error);
  climb(&order);
  if (order.score > 0) approach(&order);
  return order.status;
}

pubint_status pi_whole_refit(pi_check *self, pi_case *input) {
  search refit;
  if (input->violations_count != 2) return PUBINT_OK;
  begin(&refit, self, PI_WHOLE_ORDER, input, NULL);
  for (int fact = 0; fact < PI_FACT_COUNT;
       fact++) { /* else two facts would take each other's place for ever */
    bool zero = PI_FACTS[fact].type == PI_TYPE_STRENGTH && pi_case_strength(input, fact) == 0;
    if (zero) refit.fixed |= PI_FACT_BIT(fact);
  }
  if (refit.score > 0) approach(&refit);
  if (self->findings.found) *input = refit.point;
  return refit.status;
}

static pubint_status search_ceiling(pi_check *self, const pi_case *facts, uint64_t nth, pubint_error *error) {
  uint32_t stricter = count_rules(self->policy, PI_CLASS_STRICTER);
  uint32_t looser = count_rules(self->policy, PI_CLASS_LOOSER);
  if (stricter + looser == 0) return PUBINT_OK;
  uint64_t n = nth % (stricter + looser);
  pi_case alone = *facts;
  clear_violations(&alone);
  uint64_t rounds = nth / (stricter + looser);
  if (!put_in_market(self, &alone, n + rounds, &self->text_arena)) return PUBINT_E_SYSTEM;
  add_rule(&alone, n < stricter ? nth_rule(self->policy, PI_CLASS_STRICTER, n)
                                : nth_rule(self->policy, PI_CLASS_LOOSER, n - stricter));
  fill_harm(&alone);
  search ceiling;
  begin(&ceiling, self, PI_WHOLE_CEILING, &alone, error);
  ceiling.fixed = PI_FACT_BIT(PI_FACT_HARM_LIKELIHOOD) | PI_FACT_BIT(PI_FACT_HARM_SEVERITY);
  climb(&ceiling);
  return ceiling.status;
}

static bool is_due(uint64_t number, uint64_t apart) {
  return number % (number < OFTEN_CASES ? apart : apart * SELDOM) == 0;
}

pubint_status pi_whole_search(pi_check *self, const pi_case *input, uint64_t number, pubint_error *error) {
  if (!is_due(number, LINE_UP_CASES)) return PUBINT_OK;
  pi_case facts = *input;
  pi_arena_reset(&self->text_arena);
  assess(&facts, self->line_ups);
  pubint_status status = try_line_up(self, &facts, self->line_ups++, error);
  if (status != PUBINT_OK || !is_due(number, SEARCH_CASES)) return status;
  uint64_t nth = self->searches++;
  if (nth % CEILING_EACH == 0) return search_ceiling(self, &facts, nth / CEILING_EACH, error);
  return search_order(self, &facts, nth - nth / CEILING_EACH - 1, error);
}
