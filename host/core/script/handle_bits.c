#include "handle_bits.h"

static const char *const NAMES[PI_HANDLE_KINDS] = {
    [PI_HANDLE_NONE] = "nothing",
    [PI_HANDLE_CASE] = "case",
    [PI_HANDLE_TWEET] = "case.tweet",
    [PI_HANDLE_ACCOUNT] = "case.account",
    [PI_HANDLE_OFFICE] = "case.account.office",
    [PI_HANDLE_CONTEXT] = "case.context",
    [PI_HANDLE_TARGET] = "case.context.target",
    [PI_HANDLE_OFFLINE_HARM] = "case.context.offline_harm",
    [PI_HANDLE_VIOLATION] = "case.violation",
    [PI_HANDLE_BALANCE] = "balance",
    [PI_HANDLE_GROUNDS] = "case.violation.grounds",
    [PI_HANDLE_COUNTRIES] = "case.context.withheld_in",
    [PI_HANDLE_TREE] = "data",
};

const char *pi_handle_name(pi_handle_kind kind) {
  return NAMES[kind];
}
