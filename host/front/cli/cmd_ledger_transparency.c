/* pubint ledger transparency: counts for the public. */
#include "ledger_commands.h"

typedef struct transparency_options {
  pi_ledger_options shared;
  uint64_t year;
  bool csv;
  bool all_counts;
} transparency_options;

static const pi_option OPTIONS[] = {
    PI_LEDGER_OPTION(transparency_options),
    {0, "year", PI_OPTION_COUNT, "YEAR", NULL, offsetof(transparency_options, year),
     "only the decisions of that calendar year (UTC)"},
    {0, "csv", PI_OPTION_FLAG, NULL, NULL, offsetof(transparency_options, csv), "print the tables as CSV"},
    {0, "all-counts", PI_OPTION_FLAG, NULL, NULL, offsetof(transparency_options, all_counts),
     "withhold nothing: not for publication"},
};

static pi_exit run(const pi_command *self, pi_call *call) {
  transparency_options options = {{0}, 0, false, false};
  pi_exit status;
  if (!pi_command_begin(self, call, &options, &status)) return status;
  if (!pi_ledger_shared_year(options.year, &status)) return status;
  pi_ledger *ledger = pi_ledger_shared_open(&options.shared, PI_LEDGER_READ, &status);
  if (ledger == NULL) return status;
  status = pi_ledger_shared_transparency(call, ledger, options.year, options.csv, options.all_counts);
  pi_ledger_close(ledger);
  return status;
}

const pi_command pi_ledger_command_transparency = {
    .name = "ledger transparency",
    .form = "",
    .summary = "count decisions by year, rule and market, for the public",
    .about =
        "Counts every decision in the year in which it was taken: by outcome, by rule and by market. Also "
        "counts how often people decided against the recommendation, what was reversed, and how long "
        "cases took from opening (or reopening) to decision.\n"
        "How often the exception was used in a year is a fact, not a quota (R059): nothing that evaluates "
        "or decides reads it. Counts under 5 are withheld, together with as many others as needed, so "
        "that nobody can work them out from sums in this table or in the table of another year.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .run = run,
};
