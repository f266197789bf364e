/* Where the policy comes from: -p, else PUBINT_POLICY, each a folder or a revision of git, else the installed
 * scripts, else those of the source. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "errors.h"
#include "nearest.h"
#include "phrases.h"
#include "policy.h"
#include "revision.h"

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
    snprintf(error.expected, sizeof error.expected, "the policy's folder, or git:REV:PATH");
    *status = pi_complain(&error);
    return NULL;
  }
  if (pi_revision_load(&policy, pi_command_policy_path(common), &error) == PUBINT_OK) return policy;
  *status = pi_complain(&error);
  return NULL;
}

bool pi_command_policy_is_folder(const pi_common *common, const char *what, pi_exit *status) {
  const char *name = pi_command_policy_path(common);
  pubint_error error;
  if (!pi_revision_named(name)) return true;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "%s needs a policy in a folder", what);
  pi_error_found(&error, name, strlen(name));
  snprintf(error.hint, sizeof error.hint,
           "a revision of git is read and never changed; name a folder with -p");
  *status = pi_complain(&error);
  return false;
}

bool pi_command_locale(const pubint_policy *policy, const char *locale, pi_exit *status) {
  if (pi_locale_exists(policy, pi_slice_of(locale))) return true;
  pubint_error error;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "the policy has no such locale");
  pi_error_found(&error, locale, strlen(locale));
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(locale));
  pi_nearest_offer(&nearest, PI_SLICE("en"));
  size_t length = (size_t)snprintf(error.expected, sizeof error.expected, "one of en");
  for (uint32_t i = 0; i < policy->locales_count; i++) {
    pi_slice name = policy->locales[i].name;
    if (pi_slice_equal(name, PI_SLICE("en"))) continue;
    pi_nearest_offer(&nearest, name);
    if (length + name.len + 3 > sizeof error.expected) break;
    length += (size_t)snprintf(error.expected + length, sizeof error.expected - length, ", %.*s",
                               (int)name.len, name.ptr);
  }
  if (nearest.best.ptr != NULL) {
    snprintf(error.hint, sizeof error.hint, "did you mean %.*s?", (int)nearest.best.len, nearest.best.ptr);
  }
  *status = pi_complain(&error);
  return false;
}
