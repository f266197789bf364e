/* What was changed of a case, before → after. */
#include "case_write.h"
#include "repl.h"

/* "abuse_harassment (aggressive_insults), hateful_conduct: race, age" */
static void say_violations(pi_buffer *out, const pi_case *facts) {
  if (facts->violations_count == 0) pi_buffer_text(out, "none");
  for (uint32_t i = 0; i < facts->violations_count; i++) {
    const pi_violation *violation = &facts->violations[i];
    if (i > 0) pi_buffer_text(out, ", ");
    pi_buffer_slice(out, violation->rule_id);
    if (violation->kind.ptr != NULL)
      pi_buffer_printf(out, " (%.*s)", (int)violation->kind.len, violation->kind.ptr);
    const char *separator = ": ";
    for (uint8_t g = 0; g < PI_GROUNDS.count; g++) {
      if ((violation->grounds >> g & 1) == 0) continue;
      pi_buffer_text(out, separator);
      pi_buffer_slice(out, PI_GROUNDS.words[g]);
      separator = " + ";
    }
  }
}

static void print_violations(pi_repl_session *self, const pi_case *before) {
  enum { INDENT = 2 };
  pi_buffer text;
  pi_page page;
  pi_buffer_init(&text, 64 * 1024);
  pi_buffer_text(&text, "violations  ");
  say_violations(&text, before);
  pi_buffer_text(&text, " → ");
  say_violations(&text, &self->hand.facts);
  pi_repl_page(&self->terminal, &page);
  pi_page_wrap(&page, INDENT, PI_STYLE_PLAIN, (pi_slice){text.data, text.len});
  if (text.failed) page.out->failed = true;
  pi_page_dispose(&page);
  pi_buffer_dispose(&text);
}

/* --- signals --- */

/* The member of the case's signals, as JSON; "unknown" where there is none. */
static void say_signal(pi_buffer *out, const pi_case *facts, pi_slice name) {
  const pi_tree *tree = pi_case_knows(facts, PI_FACT_SIGNALS) ? pi_case_tree(facts, PI_FACT_SIGNALS) : NULL;
  uint32_t at = tree != NULL ? pi_tree_find(tree, pi_tree_root(tree), name) : UINT32_MAX;
  if (at == UINT32_MAX)
    pi_buffer_text(out, "unknown");
  else
    pi_value_write(out, PI_FACT_SIGNALS, (pi_value){.tree = {tree->nodes, at + 1}}); /* `at` is its root */
}

/* Prints the signal, if it differs. */
static bool print_signal(pi_repl_session *self, const pi_case *before, pi_slice name) {
  enum { INDENT = 2 };
  pi_buffer was, is, text;
  pi_buffer_init(&was, 64 * 1024);
  pi_buffer_init(&is, 64 * 1024);
  pi_buffer_init(&text, 256 * 1024);
  say_signal(&was, before, name);
  say_signal(&is, &self->hand.facts, name);
  bool differs = !pi_slice_equal((pi_slice){was.data, was.len}, (pi_slice){is.data, is.len});
  if (differs) {
    pi_page page;
    pi_buffer_text(&text, "signals.");
    pi_buffer_slice(&text, name);
    pi_buffer_text(&text, "  ");
    pi_buffer_append(&text, was.data, was.len);
    pi_buffer_text(&text, " → ");
    pi_buffer_append(&text, is.data, is.len);
    pi_repl_page(&self->terminal, &page);
    pi_page_wrap(&page, INDENT, PI_STYLE_PLAIN, (pi_slice){text.data, text.len});
    pi_page_dispose(&page);
  }
  if (was.failed || is.failed || text.failed) self->terminal.out.failed = true;
  pi_buffer_dispose(&was);
  pi_buffer_dispose(&is);
  pi_buffer_dispose(&text);
  return differs;
}

static bool print_signals(pi_repl_session *self, const pi_case *before) {
  const pi_case *cases[] = {before, &self->hand.facts};
  bool any = false;
  for (int side = 0; side < 2; side++) {
    if (!pi_case_knows(cases[side], PI_FACT_SIGNALS)) continue;
    const pi_tree *tree = pi_case_tree(cases[side], PI_FACT_SIGNALS);
    const pi_node *root = &tree->nodes[pi_tree_root(tree)];
    for (uint32_t i = root->as.first; i < root->as.first + root->count; i++) {
      pi_slice name = tree->nodes[i].key;
      const pi_tree *old =
          side > 0 && pi_case_knows(before, PI_FACT_SIGNALS) ? pi_case_tree(before, PI_FACT_SIGNALS) : NULL;
      bool told = old != NULL && pi_tree_find(old, pi_tree_root(old), name) != UINT32_MAX;
      if (!told && print_signal(self, before, name)) any = true;
    }
  }
  return any;
}

/* --- any fact --- */

static void print_value(pi_page *page, pi_style style, const pi_case *facts, pi_fact fact) {
  enum { SHOWN_MAX = 60 };
  pi_buffer text;
  if (!pi_case_knows(facts, fact)) {
    pi_page_text(page, PI_STYLE_OPEN, PI_SLICE("unknown"));
    return;
  }
  pi_buffer_init(&text, 512 * 1024);
  pi_value_type(&text, fact, pi_case_value(facts, fact));
  if (fact == PI_FACT_TWEET_TEXT && facts->has_spans) pi_buffer_reset(&text);
  size_t length = text.len;
  if (length > SHOWN_MAX) {
    length = SHOWN_MAX;
    while (length > 0 && ((unsigned char)text.data[length] & 0xc0) == 0x80) length--;
  }
  pi_page_text(page, style, (pi_slice){text.data, length});
  if (length < text.len || text.len == 0) pi_page_text(page, style, PI_SLICE("…"));
  pi_buffer_dispose(&text);
}

void pi_repl_print_change(pi_repl_session *self, const pi_case *before, pi_fact fact) {
  pi_page page;
  if (fact == PI_FACT_COUNT) {
    print_violations(self, before);
    return;
  }
  if (fact == PI_FACT_SIGNALS) {
    if (!print_signals(self, before)) pi_buffer_text(&self->terminal.out, "context.signals  as before\n");
    return;
  }
  pi_repl_page(&self->terminal, &page);
  pi_page_text(&page, PI_STYLE_PLAIN, PI_FACTS[fact].path);
  pi_page_text(&page, PI_STYLE_PLAIN, PI_SLICE("  "));
  print_value(&page, PI_STYLE_PLAIN, before, fact);
  pi_page_text(&page, PI_STYLE_FAINT, PI_SLICE(" → "));
  print_value(&page, PI_STYLE_STRONG, &self->hand.facts, fact);
  pi_page_end(&page);
  pi_page_dispose(&page);
}
