#include "sample_signals.h"

#include <string.h>

/* What the shipped market scripts say they read, and for any other market the union of that. */
static const pi_sample_signal SIGNALS[] = {
    {PI_SLICE_INIT("days_to_election"), PI_SIGNAL_DAYS},
    {PI_SLICE_INIT("emergency_declared"), PI_SIGNAL_FLAG},
    {PI_SLICE_INIT("followed_by_incidents"), PI_SIGNAL_GRADE},
    {PI_SLICE_INIT("target_under_threat"), PI_SIGNAL_GRADE},
    {PI_SLICE_INIT("parliamentary_debate"), PI_SIGNAL_FLAG},
    {PI_SLICE_INIT("model_code_in_force"), PI_SIGNAL_FLAG},
    {PI_SLICE_INIT("communal_tension"), PI_SIGNAL_GRADE},
    {PI_SLICE_INIT("internet_shutdown"), PI_SIGNAL_FLAG},
};
enum { SIGNALS_COUNT = sizeof SIGNALS / sizeof *SIGNALS, NODES_MAX = 64 };

/* Children of an object lie sorted by key, its root behind them. */
static void sort(pi_node *nodes, uint32_t count) {
  for (uint32_t i = 1; i < count; i++) {
    pi_node moved = nodes[i];
    uint32_t at = i;
    for (; at > 0 && pi_slice_compare(nodes[at - 1].key, moved.key) > 0; at--) nodes[at] = nodes[at - 1];
    nodes[at] = moved;
  }
}

static pi_node draw_days(pi_draw *draw) {
  static const int64_t DAYS[] = {0, 1, 2, 3, 4, -1};
  bool near = pi_draw_percent(draw, 50);
  int64_t days =
      near ? DAYS[pi_draw_below(draw, sizeof DAYS / sizeof *DAYS)] : (int64_t)pi_draw_below(draw, 400) - 40;
  return (pi_node){.kind = PI_NODE_INTEGER, .as.integer = days};
}

static pi_node draw_node(pi_sampling *self, pi_signal_kind kind) {
  pi_draw *draw = &self->draw;
  /* What somebody else has filled in wrongly: a script is to leave it out and say so. */
  uint32_t odd = self->plan->edges ? 15 : 2;
  if (pi_draw_percent(draw, odd)) {
    return (pi_node){.kind = PI_NODE_STRING, .as.string = PI_SLICE("onbekend – ไม่ทราบ")};
  }
  switch (kind) {
  case PI_SIGNAL_FLAG: return (pi_node){.kind = PI_NODE_BOOLEAN, .as.boolean = pi_draw_percent(draw, 50)};
  case PI_SIGNAL_DAYS: return draw_days(draw);
  case PI_SIGNAL_GRADE: break;
  }
  /* Sixteenths, so that the decimal written is the double itself. */
  return (pi_node){.kind = PI_NODE_NUMBER, .as.number = pi_draw_below(draw, 17) / 16.0};
}

/* Notes of whoever made the case, which no script reads. */
static pi_node draw_remark(pi_sampling *self) {
  static const pi_slice REMARKS[] = {
      PI_SLICE_INIT("second reviewer agrees"),
      PI_SLICE_INIT("zie dossier \"haven\", blz. 4"),
      PI_SLICE_INIT("C:\\archive\\2021\\0412"),
      PI_SLICE_INIT("🧾 עותק"),
  };
  uint32_t count = sizeof REMARKS / sizeof *REMARKS;
  return (pi_node){.key = PI_SLICE("remark"),
                   .kind = PI_NODE_STRING,
                   .as.string = REMARKS[pi_draw_below(&self->draw, count)]};
}

void pi_sample_signals(pi_sampling *self, pi_fact fact) {
  const pi_sample_signal *signals = self->plan->signals_count > 0 ? self->plan->signals : SIGNALS;
  size_t count = self->plan->signals_count > 0 ? self->plan->signals_count : SIGNALS_COUNT;
  if (count > NODES_MAX - 2) count = NODES_MAX - 2;
  pi_node *nodes = pi_sampling_alloc(self, (count + 2) * sizeof *nodes);
  if (nodes == NULL) return;
  uint32_t made = 0;
  for (size_t i = 0; i < count; i++) {
    if (!pi_draw_percent(&self->draw, 40)) continue;
    nodes[made] = draw_node(self, signals[i].kind);
    nodes[made++].key = signals[i].name;
  }
  if (self->plan->signals_count == 0 && pi_draw_percent(&self->draw, 20)) nodes[made++] = draw_remark(self);
  sort(nodes, made);
  nodes[made] = (pi_node){.kind = PI_NODE_OBJECT, .count = made, .as.first = 0};
  pi_sampling_put(self, fact, (pi_value){.tree = {nodes, made + 1}});
}
