#include "policy_load.h"

#include "policy_script.h"
#include "stack.h"

static pubint_status load(pubint_policy **out, pi_policy_source source, const pi_policy_change *change,
                          pubint_error *error) {
  *out = NULL;
  pubint_policy *policy;
  pi_stack stack = {0};
  pubint_status status = pi_policy_read(&policy, source, change, error);
  if (status != PUBINT_OK) return status;
  status = pi_stack_look(&stack, error);
  for (uint32_t i = policy->scripts_count; i > 0 && status == PUBINT_OK; i--) { /* modules first */
    status = pi_policy_script_load(policy, &policy->scripts[i - 1], error);
  }
  if (status == PUBINT_OK) {
    *out = policy;
  } else {
    pubint_policy_free(policy);
  }
  return status;
}

pubint_status pubint_policy_load(pubint_policy **out, const char *directory, pubint_error *error) {
  return load(out, pi_policy_source_folder(directory), NULL, error);
}

pubint_status pi_policy_load_source(pubint_policy **out, pi_policy_source source, pubint_error *error) {
  return load(out, source, NULL, error);
}

pubint_status pi_policy_load_changed(pubint_policy **out, const pubint_policy *policy,
                                     const pi_policy_change *change, pubint_error *error) {
  pi_policy_source source = policy->source;
  source.close = NULL;
  return load(out, source, change, error);
}
