/* What the module that reads revisions of git offers. It is a shared object of its own, opened only when a
 * name begins with "git:", so that nothing else of the program maps libgit2 and what that needs. */
#ifndef PI_GIT_MODULE_H
#define PI_GIT_MODULE_H

#include "policy_source.h"

#define PI_GIT_PREFIX      "git:"
#define PI_GIT_MODULE_FILE "pubint_git.so"
#define PI_GIT_MODULE_NAME "pi_git_module_offer" /* the symbol, one pi_git_module */

typedef struct pi_git_module {
  const char *version; /* pubint_version() of what it was built with */
  /* Opens the revision's folder that `name` ("git:REV:PATH") calls, in the repository that the current folder
   * lies in. E4042 where there is none, E5002 where it is named and its objects are missing or broken; names
   * are not looked at beyond what git makes of them. */
  pubint_status (*open)(pi_policy_source *out, const char *name, pubint_error *error);
} pi_git_module;

#endif
