/* Where the policy comes from: -p, else PUBINT_POLICY, else the installed scripts, else those of the source.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "errors.h"

static bool is_policy(const char *directory) {
  char path[512];
  int length = snprintf(path, sizeof path, "%s/policy.json", directory);
  return length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0;
}

const char *pi_command_policy_path(const pi_common *common) {
  if (common->policy != NULL) return common->policy;
  const char *named = getenv("PUBINT_POLICY");
  if (named != NULL && named[0] != '\0') return named;
  if (is_policy(PI_INSTALLED_SCRIPTS)) return PI_INSTALLED_SCRIPTS;
  return PI_SOURCE_SCRIPTS;
}

pubint_policy *pi_command_policy(const pi_common *common, pi_exit *status) {
  pubint_policy *policy;
  pubint_error error;
  if (common->policy != NULL && common->policy[0] == '\0') {
    pi_error_setf(&error, PI_E_OPTION_VALUE, "the value of --policy is not right");
    snprintf(error.found, sizeof error.found, "nothing");
    snprintf(error.expected, sizeof error.expected, "the policy's folder");
    *status = pi_complain(&error);
    return NULL;
  }
  if (pubint_policy_load(&policy, pi_command_policy_path(common), &error) == PUBINT_OK) return policy;
  *status = pi_complain(&error);
  return NULL;
}
