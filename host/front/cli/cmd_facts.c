/* pubint facts: the table of facts and the rules, as the reader takes them. */
#include "commands.h"
#include "facts_page.h"

static pi_exit run(const pi_command *command, pi_call *call) {
  pi_exit status;
  if (!pi_command_begin(command, call, NULL, &status)) return status;
  const char *word = call->arguments.count > 0 ? call->arguments.items[0] : NULL;
  if (pi_facts_page_count(word) == 0) {
    pubint_error error;
    pi_facts_page_unknown(word, &error);
    return pi_complain(&error);
  }
  if (call->common.json) {
    pi_facts_page_json(call->out, word);
    return PI_EXIT_DONE;
  }
  pi_page page;
  pi_command_page(call, &page);
  pi_facts_page_print(&page, word);
  pi_page_dispose(&page);
  return PI_EXIT_DONE;
}

const pi_command pi_command_facts = {
    .name = "facts",
    .form = "[WORD]",
    .summary = "list the facts of a case and the rules, or those with WORD",
    .about =
        "Lists every fact that a case can hold: its path, the side of the balance that raising it helps, "
        "what it means and which values it takes. Then lists every rule with its kinds. With WORD, lists "
        "only those with WORD in their path, side, type, words or description, in capitals or not.\n"
        "R023 is a requirement of the written policy; A09 is how an ambiguity in it is read.\n",
    .arguments_max = 1,
    .run = run,
};
