/* pubint ledger transparency: counts for the public. */
#include <stdio.h>

#include "cmd_ledger.h"
#include "errors.h"
#include "transparency.h"

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

pi_exit pi_ledger_command_transparency_tables(const pi_call *call, pi_ledger *ledger, uint64_t year, bool csv,
                                              bool all_counts) {
  pubint_error error;
  pi_transparency counts;
  pi_exit status = PI_EXIT_DONE;
  if (pi_transparency_count(&counts, ledger, (int)year, all_counts, &error) != PUBINT_OK) {
    status = pi_ledger_complain(&error);
  } else if (csv) {
    pi_transparency_csv(call->out, &counts);
  } else if (call->common.json) {
    pi_transparency_json(call->out, &counts);
    pi_buffer_byte(call->out, '\n');
  } else {
    pi_page page;
    pi_wording wording;
    pi_command_page(call, &page);
    pi_wording_init(&wording, NULL, PI_SLICE("en"));
    pi_transparency_page(&page, &wording, &counts);
    pi_wording_dispose(&wording);
    pi_page_dispose(&page);
  }
  pi_transparency_dispose(&counts);
  return status;
}

bool pi_ledger_command_year(uint64_t year, pi_exit *status) {
  enum { YEAR_MIN = 2006, YEAR_MAX = 9999 }; /* the first Tweet; what a time can say */
  if (year == 0 || (year >= YEAR_MIN && year <= YEAR_MAX)) return true;
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --year is not right");
  snprintf(error.found, sizeof error.found, "%llu", (unsigned long long)year);
  snprintf(error.expected, sizeof error.expected, "%d to %d", YEAR_MIN, YEAR_MAX);
  *status = pi_complain(&error);
  return false;
}

static pi_exit run(const pi_command *self, pi_call *call) {
  transparency_options options = {{0}, 0, false, false};
  pi_exit status;
  if (!pi_command_begin(self, call, &options, &status)) return status;
  if (!pi_ledger_command_year(options.year, &status)) return status;
  pi_ledger *ledger = pi_ledger_command_open_file(&options.shared, false, &status);
  if (ledger == NULL) return status;
  status = pi_ledger_command_transparency_tables(call, ledger, options.year, options.csv, options.all_counts);
  pi_ledger_close(ledger);
  return status;
}

const pi_command pi_ledger_command_transparency = {
    .name = "ledger transparency",
    .form = "",
    .summary = "count decisions by year, rule and market, for the public",
    .about =
        "Counts every decision in the year it was taken: by outcome, by rule and by market, where people decided "
        "otherwise than was recommended, what was reversed, and how long it took from opened (or reopened) to "
        "decided.\n"
        "How often the exception was used in a year is a fact and no quota (R059): nothing that evaluates or "
        "decides reads it. Counts under 5 are withheld, and with them as many others as it takes that none "
        "can be worked out from sums, in this table or in those of other years.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .run = run,
};
