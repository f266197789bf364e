#include "revision.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <pubint/engine.h>

#include "beside.h"
#include "errors.h"
#include "git_module.h"
#include "policy_load.h"

enum { PATH_BYTES = 4096 };

static pubint_status fail(pubint_error *error, pi_code code, const char *name, const char *found,
                          const char *expected) {
  pubint_status status = pi_error_set(error, code);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, name, strlen(name));
  pi_error_found(error, found, strlen(found));
  pi_error_field(error->expected, sizeof error->expected, expected, strlen(expected));
  return status;
}

/* ---- the module ---- */

/* The module is looked for from the program: beside it, where it is built, and where `install` puts it. It
 * stays open until the process ends: libgit2 and what it needs are not made to be unloaded. */
static const pi_git_module *open_module(char *found, size_t size) {
  static const char *const PLACES[] = {PI_GIT_MODULE_FILE, PI_MODULES_FROM_PROGRAM "/" PI_GIT_MODULE_FILE};
  char path[PI_BESIDE_BYTES];
  void *module = NULL;
  snprintf(found, size, "nothing at %s", PI_MODULES_FROM_PROGRAM);
  for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES && module == NULL; i++) {
    if (!pi_beside_program(path, PLACES[i]) || access(path, F_OK) != 0) continue;
    module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (module == NULL) snprintf(found, size, "%s", dlerror());
  }
  const pi_git_module *offered = module != NULL ? dlsym(module, PI_GIT_MODULE_NAME) : NULL;
  if (offered == NULL || strcmp(offered->version, pubint_version()) == 0) return offered;
  snprintf(found, size, "that of pubint %s", offered->version);
  return NULL;
}

/* ---- loading ---- */

bool pi_revision_named(const char *name) {
  return strncmp(name, PI_GIT_PREFIX, sizeof PI_GIT_PREFIX - 1) == 0;
}

/* An error of the policy names its file within the policy. */
static void name_place(const char *name, pubint_error *error) {
  char place[PATH_BYTES];
  if (error == NULL || error->file[0] == '\0' || strncmp(error->file, name, strlen(name)) == 0) return;
  int length = snprintf(place, sizeof place, "%s/%s", name, error->file);
  if (length > 0 && length < PATH_BYTES)
    pi_error_field(error->file, sizeof error->file, place, strlen(place));
}

pubint_status pi_revision_load(pubint_policy **out, const char *name, pubint_error *error) {
  *out = NULL;
  if (!pi_revision_named(name)) return pubint_policy_load(out, name, error);
  const char *revision = name + sizeof PI_GIT_PREFIX - 1;
  const char *colon = strchr(revision, ':');
  if (colon == NULL || colon == revision || revision[0] == '-') /* no revision begins with a dash */
    return fail(error, PI_E_BAD_REVISION, name, name, "git:REV:PATH, as git:main:scripts");
  char found[256];
  const pi_git_module *git = open_module(found, sizeof found);
  if (git == NULL) return fail(error, PI_E_NO_GIT, name, found, PI_GIT_MODULE_FILE " of this version");
  pi_policy_source source;
  pubint_status status = git->open(&source, name, error);
  if (status != PUBINT_OK) return status;
  status = pi_policy_load_source(out, source, error);
  if (status != PUBINT_OK) name_place(name, error);
  return status;
}
