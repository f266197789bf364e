/* Where the policy comes from: -p, else PUBINT_POLICY, each a folder or a revision of git, else the default
 * one: what was installed with the program, wherever both were moved; of a build, what lies in its source;
 * and last what lies where the build was told to install. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "errors.h"
#include "nearest.h"
#include "phrases.h"
#include "policy.h"
#include "policy_files.h"
#include "revision.h"
#include "shell_word.h"

enum { HINT_PATH_BYTES = 100 }; /* a command is shown whole or not at all */

static bool is_policy(const char *directory) {
  char path[PI_BESIDE_BYTES + 16];
  snprintf(path, sizeof path, "%s/policy.json", directory);
  return access(path, R_OK) == 0;
}

/* The folder that the build names in a file beside the program, which `install` leaves behind. */
static bool policy_of_build(char place[PI_BESIDE_BYTES]) {
  char name[PI_BESIDE_BYTES];
  if (!pi_beside_program(name, "pubint.policy")) return false;
  FILE *file = fopen(name, "re");
  if (file == NULL) return false;
  bool read = fgets(place, PI_BESIDE_BYTES, file) != NULL;
  fclose(file);
  if (!read) return false;
  place[strcspn(place, "\n")] = '\0';
  return place[0] == '/' && is_policy(place);
}

/* NULL where neither -p nor PUBINT_POLICY names one. */
static const char *named_policy(const pi_common *common) {
  if (common->policy != NULL) return common->policy;
  const char *named = getenv("PUBINT_POLICY");
  return named != NULL && named[0] != '\0' ? named : NULL;
}

const char *pi_command_policy_path(const pi_common *common, char place[PI_BESIDE_BYTES]) {
  const char *named = named_policy(common);
  if (named != NULL) return named;
  if (pi_beside_program(place, PI_SCRIPTS_FROM_PROGRAM) && is_policy(place)) return place;
  if (policy_of_build(place)) return place;
  return PI_INSTALLED_SCRIPTS;
}

pubint_policy *pi_command_policy_or(const pi_common *common, pubint_error *error, pi_exit *status) {
  pubint_policy *policy;
  char place[PI_BESIDE_BYTES];
  if (common->policy != NULL && common->policy[0] == '\0') {
    pi_error_setf(error, PI_E_OPTION_VALUE, "the value of --policy is not right");
    snprintf(error->found, sizeof error->found, "nothing");
    snprintf(error->expected, sizeof error->expected, "the policy's folder, or git:REV:PATH");
    *status = pi_complain(error);
    return NULL;
  }
  if (pi_revision_load(&policy, pi_command_policy_path(common, place), error) == PUBINT_OK) return policy;
  if (error->code == PI_E_NO_POLICY && named_policy(common) == NULL) {
    snprintf(error->hint, sizeof error->hint,
             "no policy is installed with this program; name one with -p or PUBINT_POLICY");
  }
  *status = pi_complain(error);
  return NULL;
}

pubint_policy *pi_command_policy(const pi_common *common, pi_exit *status) {
  pubint_error error;
  return pi_command_policy_or(common, &error, status);
}

bool pi_command_policy_is_folder(const pi_common *common, const char *what, pi_exit *status) {
  const char *name = named_policy(common);
  pubint_error error;
  if (name == NULL || !pi_revision_named(name)) return true;
  pi_error_setf(&error, PI_E_OPTION_VALUE, "%s needs a policy in a folder", what);
  pi_error_found(&error, name, strlen(name));
  snprintf(error.hint, sizeof error.hint,
           "a revision of git is read and never changed; name a folder with -p");
  *status = pi_complain(&error);
  return false;
}

static bool same_folder(const char *a, const char *b) {
  struct stat of_a, of_b;
  return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
         of_a.st_ino == of_b.st_ino;
}

bool pi_command_policy_is_default(const char *directory) {
  char place[PI_BESIDE_BYTES];
  return (pi_beside_program(place, PI_SCRIPTS_FROM_PROGRAM) && same_folder(directory, place)) ||
         (policy_of_build(place) && same_folder(directory, place)) ||
         same_folder(directory, PI_INSTALLED_SCRIPTS);
}

bool pi_command_policy_to_change(pi_common *common, const char *what, pi_exit *status) {
  pubint_error error;
  char place[PI_BESIDE_BYTES];
  if (named_policy(common) == NULL && is_policy(".") && !pi_command_policy_is_default("."))
    common->policy = ".";
  if (named_policy(common) != NULL) return pi_command_policy_is_folder(common, what, status);
  pi_error_setf(&error, PI_E_POLICY_NOT_NAMED, "%s writes into a policy, and none is named", what);
  snprintf(error.expected, sizeof error.expected,
           "-p DIR, PUBINT_POLICY, or a policy.json in the current folder");
  const char *copied = pi_command_policy_path(common, place);
  pi_buffer word;
  pi_buffer_init(&word, HINT_PATH_BYTES);
  pi_shell_word_add(&word, copied);
  copied = pi_buffer_end(&word);
  snprintf(error.hint, sizeof error.hint, "begin with a copy of the default one: cp -r %s my-policy",
           copied != NULL ? copied : "DIR");
  pi_buffer_dispose(&word);
  *status = pi_complain(&error);
  return false;
}

bool pi_command_spares_policy(const pi_common *common, const char *out, const char *more, pi_exit *status) {
  char place[PI_BESIDE_BYTES], path[PATH_MAX];
  if (out == NULL || (size_t)snprintf(path, sizeof path, "%s%s", out, more) >= sizeof path) return true;
  if (!pi_policy_files_own(pi_command_policy_path(common, place), path)) return true;
  pubint_error error;
  pi_error_setf(&error, PI_E_OUTPUT_IS_INPUT, "the output would be a file of the policy");
  pi_error_field(error.file, sizeof error.file, path, strlen(path));
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
