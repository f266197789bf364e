#include "policy_load.h"

#include "policy_script.h"

pubint_status pubint_policy_load(pubint_policy **out, const char *directory, pubint_error *error) {
  return pi_policy_load_changed(out, directory, NULL, error);
}

pubint_status pi_policy_load_changed(pubint_policy **out, const char *directory,
                                     const pi_policy_change *change, pubint_error *error) {
  *out = NULL;
  pubint_policy *policy;
  pubint_status status = pi_policy_read(&policy, directory, change, error);
  if (status != PUBINT_OK) return status;
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
