#include "revision.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buffer.h"
#include "errors.h"
#include "file.h"
#include "file_error.h"

/* What a policy may hold at most; git's list of it is read as a whole. */
enum { LIST_MAX = 1024 * 1024, PATH_BYTES = 1024, OBJECT_MAX = 64 };

static const char PREFIX[] = "git:";

/* A revision while it is taken out. */
typedef struct checkout {
  const char *name;        /* as it was given */
  char folder[PATH_BYTES]; /* temporary; "" before there is one */
  pubint_error *error;
} checkout;

static pubint_status fail(const checkout *self, pi_code code, const char *found) {
  pi_error_set(self->error, code);
  if (self->error == NULL) return pi_error_find(code)->status;
  pi_error_field(self->error->file, sizeof self->error->file, self->name, strlen(self->name));
  pi_error_field(self->error->found, sizeof self->error->found, found, strlen(found));
  return self->error->status;
}

static pubint_status fail_system(const checkout *self, pi_code code, const char *path) {
  return pi_file_error(self->error, code, path, errno);
}

/* The path of something in the temporary folder; false where it is too long. */
static bool within(const checkout *self, const char *name, char path[PATH_BYTES]) {
  int length = snprintf(path, PATH_BYTES, "%s/%s", self->folder, name);
  return length > 0 && length < PATH_BYTES;
}

/* ---- the temporary folder ---- */

static pubint_status make_folder(checkout *self) {
  const char *parent = getenv("TMPDIR");
  char path[PATH_BYTES];
  int length = snprintf(path, sizeof path, "%s/pubint-diff-XXXXXX",
                        parent != NULL && parent[0] != '\0' ? parent : P_tmpdir);
  errno = ENAMETOOLONG;
  if (length < 0 || length >= PATH_BYTES || mkdtemp(path) == NULL) {
    return fail_system(self, PI_E_CANNOT_WRITE, path);
  }
  memcpy(self->folder, path, sizeof path);
  return PUBINT_OK;
}

/* Removes a folder and what is in it, which is two levels of files and folders of our own. */
static void remove_folder(const char *folder, unsigned levels) {
  DIR *listing = opendir(folder);
  for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;) {
    char path[PATH_BYTES];
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (length < 0 || length >= PATH_BYTES) continue;
    if (unlink(path) != 0 && levels > 0) remove_folder(path, levels - 1);
  }
  if (listing != NULL) closedir(listing);
  rmdir(folder);
}

/* ---- running git ---- */

extern char **environ;

/* Ours with `english`, which says that git's messages are to be English. The array is the caller's, its texts
 * are not; NULL when memory ran out. */
static char **english_environment(char *english) {
  size_t count = 0, kept = 0;
  while (environ[count] != NULL) count++;
  char **list = calloc(count + 2, sizeof *list);
  if (list == NULL) return NULL;
  for (size_t i = 0; i < count; i++) {
    if (strncmp(environ[i], "LC_ALL=", 7) != 0) list[kept++] = environ[i];
  }
  list[kept] = english;
  return list;
}

/* Starts git with its output in the file `out` and its complaints in `complaints`, both new. 0, or why not.
 */
static int spawn_git(pid_t *child, char *const *arguments, const char *out, const char *complaints) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  char english[] = "LC_ALL=C";
  char **environment = english_environment(english);
  if (environment == NULL || posix_spawn_file_actions_init(&actions) != 0) {
    free(environment);
    return ENOMEM;
  }
  const int flags = O_WRONLY | O_CREAT | O_TRUNC;
  int failed = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (failed == 0) failed = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out, flags, 0600);
  if (failed == 0)
    failed = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, complaints, flags, 0600);
  if (failed == 0) failed = posix_spawnattr_init(&attributes);
  if (failed == 0) {
    sigemptyset(&none); /* an interrupt, which we hold back, ends git and thereby all of this */
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    failed = posix_spawnp(child, "git", &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  free(environment);
  return failed;
}

/* Reads a file of git's, with a final NUL; bytes beyond LIST_MAX fail the buffer. */
static bool read_file(const char *path, pi_buffer *out) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  int reason = pi_file_read_all(out, fd);
  close(fd);
  return reason == 0 && pi_buffer_end(out) != NULL;
}

/* The first line of what git complained of. */
static pubint_status fail_as_git_says(const checkout *self, const char *complaints) {
  pi_buffer said;
  pi_buffer_init(&said, LIST_MAX);
  bool some = read_file(complaints, &said) && said.len > 0;
  if (some) said.data[strcspn(said.data, "\n")] = '\0';
  pubint_status status = fail(self, PI_E_NO_SUCH_REVISION, some ? said.data : "no word from git");
  pi_buffer_dispose(&said);
  return status;
}

/* Runs git with its output in `out`, a path. */
static pubint_status run_git(const checkout *self, char *const *arguments, const char *out) {
  char complaints[PATH_BYTES];
  pid_t child;
  int ended;
  if (!within(self, ".complaints", complaints)) return fail(self, PI_E_BAD_REVISION, self->name);
  int reason = spawn_git(&child, arguments, out, complaints);
  if (reason != 0) return fail(self, PI_E_NO_GIT, strerror(reason));
  while (waitpid(child, &ended, 0) < 0) {
    if (errno != EINTR) return fail(self, PI_E_NO_GIT, strerror(errno));
  }
  if (WIFEXITED(ended) && WEXITSTATUS(ended) == 127) return fail(self, PI_E_NO_GIT, "it does not start");
  return WIFEXITED(ended) && WEXITSTATUS(ended) == 0 ? PUBINT_OK : fail_as_git_says(self, complaints);
}

/* ---- taking the files out ---- */

/* Whether a path is of a policy: a file at its top or in a folder of its own, its tests apart. */
static bool is_of_policy(const char *path) {
  const char *slash = strchr(path, '/');
  return path[0] != '.' && strncmp(path, "tests/", 6) != 0 &&
         (slash == NULL || strchr(slash + 1, '/') == NULL);
}

static pubint_status take_file(const checkout *self, char *object, const char *path) {
  char git[] = "git", cat[] = "cat-file", blob[] = "blob", target[PATH_BYTES], policy[PATH_BYTES];
  char *arguments[] = {git, cat, blob, object, NULL};
  int length = snprintf(policy, sizeof policy, "policy/%s", path);
  if (length < 0 || length >= PATH_BYTES || !within(self, policy, target)) {
    return fail(self, PI_E_NO_SUCH_REVISION, path);
  }
  char *slash = strrchr(target, '/');
  *slash = '\0';
  if (mkdir(target, 0700) != 0 && errno != EEXIST) return fail_system(self, PI_E_CANNOT_WRITE, target);
  *slash = '/';
  return run_git(self, arguments, target);
}

/* One entry of git's list: "100644 blob OBJECT\tPATH". A link would be read through, out of the revision. */
static pubint_status take_entry(const checkout *self, char *entry) {
  char *path = strchr(entry, '\t');
  if (path == NULL) return fail(self, PI_E_NO_SUCH_REVISION, entry);
  *path++ = '\0';
  if (!is_of_policy(path)) return PUBINT_OK;
  bool plain = strncmp(entry, "100644 blob ", 12) == 0 || strncmp(entry, "100755 blob ", 12) == 0;
  if (!plain || strlen(entry + 12) > OBJECT_MAX) {
    pubint_status status = fail(self, PI_E_NO_SUCH_REVISION, path);
    if (self->error == NULL) return status;
    snprintf(self->error->expected, sizeof self->error->expected, "plain files, no links");
    return status;
  }
  return take_file(self, entry + 12, path);
}

static pubint_status take_files(const checkout *self, char *tree) {
  char git[] = "git", ls_tree[] = "ls-tree", recurse[] = "-r", zero[] = "-z", full[] = "--full-tree";
  char options_end[] = "--end-of-options", list_path[PATH_BYTES], policy[PATH_BYTES];
  char *arguments[] = {git, ls_tree, recurse, zero, full, options_end, tree, NULL};
  if (!within(self, ".list", list_path) || !within(self, "policy", policy)) {
    return fail(self, PI_E_BAD_REVISION, tree);
  }
  if (mkdir(policy, 0700) != 0) return fail_system(self, PI_E_CANNOT_WRITE, policy);
  pubint_status status = run_git(self, arguments, list_path);
  if (status != PUBINT_OK) return status;
  pi_buffer list;
  pi_buffer_init(&list, LIST_MAX);
  if (!read_file(list_path, &list))
    status = fail(self, PI_E_NO_SUCH_REVISION, "more files than a policy has");
  for (size_t at = 0; status == PUBINT_OK && at < list.len;) {
    size_t length = strlen(list.data + at); /* each entry ends in NUL */
    status = take_entry(self, list.data + at);
    at += length + 1;
  }
  pi_buffer_dispose(&list);
  return status;
}

/* ---- loading ---- */

/* An error of the policy names its file in the temporary folder, which is gone when it is read. */
static void rename_place(const checkout *self, pubint_error *error) {
  char policy[PATH_BYTES], place[PATH_BYTES];
  if (error == NULL || !within(self, "policy", policy)) return;
  size_t length = strlen(policy);
  bool there = strncmp(error->file, policy, length) == 0;
  int written = snprintf(place, sizeof place, "%s%s%s", self->name, there ? "" : "/",
                         there ? error->file + length : error->file);
  if (written > 0) pi_error_field(error->file, sizeof error->file, place, strlen(place));
}

static pubint_status load_tree(pubint_policy **out, checkout *self, const char *tree) {
  char policy[PATH_BYTES];
  char *copy = strdup(tree); /* what is executed wants an argument of its own */
  if (copy == NULL) return pi_error_set(self->error, PI_E_NO_MEMORY);
  pubint_status status = make_folder(self);
  if (status == PUBINT_OK) status = take_files(self, copy);
  if (status == PUBINT_OK) {
    status = within(self, "policy", policy) ? pubint_policy_load(out, policy, self->error)
                                            : fail(self, PI_E_BAD_REVISION, tree);
    if (status != PUBINT_OK) rename_place(self, self->error);
  }
  if (self->folder[0] != '\0') remove_folder(self->folder, 2);
  free(copy);
  return status;
}

pubint_status pi_revision_load(pubint_policy **out, const char *name, pubint_error *error) {
  *out = NULL;
  if (strncmp(name, PREFIX, sizeof PREFIX - 1) != 0) return pubint_policy_load(out, name, error);
  checkout self = {.name = name, .folder = "", .error = error};
  const char *tree = name + sizeof PREFIX - 1;
  const char *colon = strchr(tree, ':');
  /* A name that begins with a dash is an option to git, and none to a revision. */
  if (colon == NULL || colon == tree || tree[0] == '-') {
    pubint_status status = fail(&self, PI_E_BAD_REVISION, name);
    if (error == NULL) return status;
    snprintf(error->expected, sizeof error->expected, "git:REV:PATH, as git:main:scripts");
    return status;
  }
  sigset_t held, before; /* so that the temporary folder is removed before the program ends */
  sigemptyset(&held);
  sigaddset(&held, SIGINT);
  sigaddset(&held, SIGTERM);
  sigaddset(&held, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &held, &before);
  pubint_status status = load_tree(out, &self, tree);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return status;
}
