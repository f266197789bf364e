/* pubint ledger audit: the chain of what was done. */
#include <string.h>

#include "audit.h"
#include "cmd_ledger.h"

typedef struct audit_options {
  pi_ledger_options shared;
  bool head;
} audit_options;

static const pi_option OPTIONS[] = {
    PI_LEDGER_OPTION(audit_options),
    {0, "head", PI_OPTION_FLAG, NULL, NULL, offsetof(audit_options, head),
     "print the newest entry's number and link, to keep elsewhere"},
};

static pi_exit print_head(pi_ledger *ledger, const pi_call *call) {
  pubint_error error;
  int64_t sequence;
  char link[PI_LINK_BYTES + 1];
  if (pi_audit_head(ledger, &sequence, link, &error) != PUBINT_OK) return pi_ledger_complain(&error);
  pi_buffer_printf(call->out, "%lld:%s\n", (long long)sequence, link);
  return PI_EXIT_DONE;
}

static pi_exit run(const pi_command *self, pi_call *call) {
  audit_options options = {{0}, false};
  pi_exit status;
  if (!pi_command_begin(self, call, &options, &status)) return status;
  pi_ledger *ledger = pi_ledger_command_open_file(&options.shared, false, &status);
  if (ledger == NULL) return status;
  status = print_head(ledger, call);
  pi_ledger_close(ledger);
  return status;
}

const pi_command pi_ledger_command_audit = {
    .name = "ledger audit",
    .form = "",
    .summary = "print the log of what was done, or prove that it is whole",
    .about = "Prints the newest link of the audit log.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .run = run,
};
