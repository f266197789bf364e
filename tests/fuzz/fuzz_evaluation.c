/* The reader of evaluations on any bytes: a refusal says why and where, and what is taken holds to itself. */
#include <stdlib.h>

#include "errors.h"
#include "evaluation_read.h"
#include "fuzz_target.h"
#include "rejudge.h"
#include "utf8.h"

static void check_error(const pubint_error *error, pi_slice text) {
  const char *fields[] = {error->path, error->message, error->found, error->expected, error->hint};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    pi_slice field = pi_slice_of(fields[i]);
    FUZZ_CHECK(pi_utf8_check(field) == field.ptr + field.len);
  }
  const pi_error_row *row = pi_error_find(error->code);
  FUZZ_CHECK(row != NULL && row->status == PUBINT_E_INPUT && error->status == PUBINT_E_INPUT);
  FUZZ_CHECK(error->line >= 1 && error->column <= text.len + 1 && error->message[0] != '\0');
}

static void check_readback(const pi_readback *readback) {
  if (readback->refused.ptr != NULL) return;
  FUZZ_CHECK(readback->id.len > 0 && readback->policy.len > 0 && readback->host.len > 0);
  FUZZ_CHECK(readback->rules_count <= PI_VIOLATIONS_MAX);
  if (readback->rules_count > 0) FUZZ_CHECK(pi_rejudge(readback, NULL).outcome == readback->outcome);
  for (uint32_t i = 0; i < readback->rules_count; i++) {
    const pi_readback_rule *rule = &readback->rules[i];
    for (uint32_t j = 0; rule->weighed && j < rule->balance.factors_count; j++) {
      const pi_factor *factor = &rule->balance.factors[j];
      pi_judged_sums sums = pi_rejudge_sums(rule, factor);
      FUZZ_CHECK(sums.market.counted <= PI_MARKET_SWAY && sums.market.counted >= -PI_MARKET_SWAY);
      if (factor->side == PI_SIDE_HARM) FUZZ_CHECK(sums.margin >= rule->margin);
      if (factor->side == PI_SIDE_INTEREST) FUZZ_CHECK(sums.margin <= rule->margin);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pi_slice text = {(const char *)data, size};
  pi_readback *readback = calloc(1, sizeof *readback);
  pi_arena arena;
  pubint_error error;
  FUZZ_CHECK(readback != NULL);
  pi_arena_init(&arena, 1024, 16 << 20);
  pubint_status status = pi_evaluation_read(readback, text, 1, &arena, &error);
  if (status == PUBINT_OK) {
    check_readback(readback);
  } else {
    FUZZ_CHECK(status == PUBINT_E_INPUT);
    check_error(&error, text);
  }
  pi_arena_dispose(&arena);
  free(readback);
  return 0;
}
