/* Only objects are read, by their names: no filter, hook, alias or protocol of libgit2's is ever reached, and
 * what a partial clone lacks is missing and not fetched. That holds whoever configured the repository. */
#include "git_module.h"

#include <errno.h>
#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "errors.h"
#include "git_objects.h"

/* A folder's list of names is read as a whole; no policy's comes near. */
enum { LIST_BYTES_MAX = 1024 * 1024, PATH_BYTES = 4096 };

typedef struct revision {
  git_repository *repository;
  git_odb *objects;
  git_tree *top; /* the policy's folder */
} revision;

static pubint_status fail(pubint_error *error, const char *place, const char *found, const char *expected) {
  pubint_status status = pi_error_set(error, PI_E_NO_SUCH_REVISION);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, place, strlen(place));
  pi_error_found(error, found, strlen(found));
  pi_error_field(error->expected, sizeof error->expected, expected, strlen(expected));
  return status;
}

/* What libgit2 complained of last. */
static pubint_status fail_as_git_says(pubint_error *error, const char *place) {
  const git_error *said = git_error_last();
  if (said != NULL && said->klass == GIT_ERROR_NOMEMORY) return pi_error_set(error, PI_E_NO_MEMORY);
  return fail(error, place, said != NULL ? said->message : "no word from git", "");
}

/* An object of a policy that was found is missing or broken: as a file that the disk does not give. */
static pubint_status fail_to_read(pubint_error *error, const char *path) {
  const git_error *said = git_error_last();
  if (said != NULL && said->klass == GIT_ERROR_NOMEMORY) return pi_error_set(error, PI_E_NO_MEMORY);
  pubint_status status = pi_policy_source_cannot_read(error, path, EIO);
  if (error != NULL && said != NULL)
    pi_error_field(error->found, sizeof error->found, said->message, strlen(said->message));
  return status;
}

static pubint_status refuse_entry(pubint_error *error, const char *place, git_filemode_t mode) {
  return fail(error, place, mode == GIT_FILEMODE_COMMIT ? "a submodule" : "a link", "plain files, no links");
}

/* Whether the object is not larger than `most`, which is found out without reading it; with false *status. */
static bool fits(const revision *self, const git_oid *id, size_t *bytes, size_t most, const char *place,
                 pubint_status *status, pubint_error *error) {
  git_object_t type;
  if (git_odb_read_header(bytes, &type, self->objects, id) != 0) {
    *status = fail_to_read(error, place);
    return false;
  }
  if (*bytes <= most) return true;
  *status = fail(error, place, "more names than a policy has", "");
  return false;
}

/* ---- the source ---- */

static pubint_status list_tree(const git_tree *tree, pi_policy_take_name *take, void *context,
                               pubint_error *error) {
  pubint_status status = PUBINT_OK;
  for (size_t i = 0; i < git_tree_entrycount(tree) && status == PUBINT_OK; i++) {
    status = take(context, git_tree_entry_name(git_tree_entry_byindex(tree, i)), error);
  }
  return status;
}

static pubint_status list_folder(const pi_policy_source *source, const char *folder,
                                 pi_policy_take_name *take, void *context, pubint_error *error) {
  const revision *self = source->state;
  const git_tree_entry *entry = git_tree_entry_byname(self->top, folder);
  pubint_status status;
  size_t bytes;
  if (entry == NULL) return PUBINT_OK;
  git_filemode_t mode = git_tree_entry_filemode(entry);
  if (mode == GIT_FILEMODE_LINK || mode == GIT_FILEMODE_COMMIT) return refuse_entry(error, folder, mode);
  if (mode != GIT_FILEMODE_TREE) return pi_policy_source_cannot_read(error, folder, ENOTDIR);
  if (!fits(self, git_tree_entry_id(entry), &bytes, LIST_BYTES_MAX, folder, &status, error)) return status;
  git_tree *tree;
  if (git_tree_lookup(&tree, self->repository, git_tree_entry_id(entry)) != 0)
    return fail_to_read(error, folder);
  status = list_tree(tree, take, context, error);
  git_tree_free(tree);
  return status;
}

static pubint_status read_blob(const revision *self, const git_oid *id, const char *path, pi_buffer *out,
                               pubint_error *error) {
  pubint_status status;
  size_t bytes;
  git_blob *blob;
  if (!fits(self, id, &bytes, SIZE_MAX, path, &status, error)) return status;
  if (!pi_buffer_reserve(out, bytes)) return PUBINT_OK;
  if (git_blob_lookup(&blob, self->repository, id) != 0) return fail_to_read(error, path);
  pi_buffer_append(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
  git_blob_free(blob);
  return PUBINT_OK;
}

static pubint_status read_file(const pi_policy_source *source, const char *path, pi_buffer *out,
                               pubint_error *error) {
  const revision *self = source->state;
  git_tree_entry *entry;
  int found = git_tree_entry_bypath(&entry, self->top, path);
  if (found == GIT_ENOTFOUND) return pi_policy_source_cannot_read(error, path, ENOENT);
  if (found != 0) return fail_to_read(error, path);
  git_filemode_t mode = git_tree_entry_filemode(entry);
  pubint_status status;
  if (mode == GIT_FILEMODE_TREE) {
    status = pi_policy_source_cannot_read(error, path, EISDIR);
  } else if (mode == GIT_FILEMODE_LINK || mode == GIT_FILEMODE_COMMIT) {
    status = refuse_entry(error, path, mode);
  } else {
    status = read_blob(self, git_tree_entry_id(entry), path, out, error);
  }
  git_tree_entry_free(entry);
  return status;
}

static void close_revision(pi_policy_source *source) {
  revision *self = source->state;
  git_tree_free(self->top);
  git_odb_free(self->objects);
  git_repository_free(self->repository);
  free(self);
  git_libgit2_shutdown();
}

/* ---- opening ---- */

/* libgit2 for as long as a revision is open. Nothing of a machine's or a user's configuration is read. Of a
 * repository's, what it may not pass over in silence: that some objects may lie elsewhere, which are missing
 * then, and two extensions that say nothing of objects. Its check of who owns a repository is ours below. */
static bool begin(void) {
  static const int LEVELS[] = {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
                               GIT_CONFIG_LEVEL_GLOBAL};
  static const char *EXTENSIONS[] = {"partialclone", "preciousobjects", "worktreeconfig"};
  if (git_libgit2_init() < 0) return false;
  bool done =
      git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0) == 0 &&
      git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, EXTENSIONS, sizeof EXTENSIONS / sizeof *EXTENSIONS) == 0;
  for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++)
    done = done && git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, LEVELS[i], "") == 0;
  return done;
}

/* Whether the folder is the user's, root's, or of whoever owns the current folder: the root of a container
 * works in folders of somebody else's, but nobody means a repository that a stranger laid above them. */
static bool is_meant(const char *path) {
  struct stat here, there;
  if (stat(".", &here) != 0 || stat(path, &there) != 0) return false;
  return there.st_uid == 0 || there.st_uid == geteuid() || there.st_uid == here.st_uid;
}

/* The same of the folder that a linked working tree's has its objects and configuration in. */
static bool is_common_meant(const char *repository) {
  char path[PATH_BYTES], line[PATH_BYTES];
  if (snprintf(path, sizeof path, "%s/commondir", repository) >= PATH_BYTES) return false;
  FILE *file = pi_git_objects_file(path);
  if (file == NULL) return access(path, F_OK) != 0;
  bool read = fgets(line, sizeof line, file) != NULL;
  fclose(file);
  if (!read) return false;
  line[strcspn(line, "\n")] = '\0';
  bool whole = line[0] == '/';
  int length = snprintf(path, sizeof path, "%s%s%s", whole ? "" : repository, whole ? "" : "/", line);
  return length < PATH_BYTES && is_meant(path);
}

/* Opens the repository that GIT_DIR names, which is meant whoever owns it, or that the current folder lies
 * in. Whose that is, is asked before a byte of its configuration is read: that may lead anywhere, and wait
 * there. */
static pubint_status open_repository(revision *self, const char *name, pubint_error *error) {
  const char *named = getenv("GIT_DIR"), *across = getenv("GIT_DISCOVERY_ACROSS_FILESYSTEM");
  git_buf found = {0};
  int across_systems = 0;
  if (getenv("GIT_WORK_TREE") != NULL || getenv("GIT_COMMON_DIR") != NULL)
    return fail(error, name, "GIT_WORK_TREE or GIT_COMMON_DIR", "neither");
  if (across != NULL && git_config_parse_bool(&across_systems, across) != 0)
    return fail_as_git_says(error, name);
  if (named == NULL &&
      git_repository_discover(&found, ".", across_systems, getenv("GIT_CEILING_DIRECTORIES")) != 0)
    return fail_as_git_says(error, name);
  pubint_status status = PUBINT_OK;
  if (named == NULL && !(is_meant(found.ptr) && is_common_meant(found.ptr))) {
    status = fail(error, name, "a repository of another user's",
                  "one of yours, of root's or of whoever owns the current folder");
    if (error != NULL) pi_error_field(error->hint, sizeof error->hint, "GIT_DIR names any", 17);
  } else if (git_repository_open_ext(&self->repository, named != NULL ? named : found.ptr,
                                     GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT,
                                     NULL) != 0) {
    status = fail_as_git_says(error, name);
  }
  git_buf_dispose(&found);
  return status;
}

/* The colon that PATH follows: one in braces is the revision's (HEAD^{/a: b}). NULL where there is none. */
static const char *find_colon(const char *text) {
  unsigned depth = 0;
  for (; *text != '\0' && (*text != ':' || depth > 0); text++) {
    if (*text == '{') depth++;
    if (*text == '}' && depth > 0) depth--;
  }
  return *text == ':' ? text : NULL;
}

/* PATH from the top of the tree: "./" is the current folder, which with GIT_DIR is the top. False where that
 * lies in no working tree, or is too long. */
static bool name_from_top(const revision *self, const char *path, char from_top[PATH_BYTES]) {
  const char *top = git_repository_workdir(self->repository), *below = "";
  char here[PATH_BYTES];
  bool relative = strncmp(path, "./", 2) == 0;
  if (relative && getenv("GIT_DIR") == NULL) {
    if (top == NULL || getcwd(here, sizeof here - 1) == NULL) return false;
    size_t length = strlen(here);
    if (here[length - 1] != '/') memcpy(here + length, "/", 2);
    if (strncmp(here, top, strlen(top)) != 0) return false;
    below = here + strlen(top);
  }
  while (strncmp(path, "./", 2) == 0) path += 2;
  return snprintf(from_top, PATH_BYTES, "%s%s", below, path) < PATH_BYTES;
}

/* Whether libgit2 complained of an object that is missing or broken, and not of a name. */
static bool is_of_objects(void) {
  const git_error *said = git_error_last();
  return said != NULL && said->klass == GIT_ERROR_ODB;
}

static pubint_status fail_to_find(pubint_error *error, const char *name) {
  return is_of_objects() ? fail_to_read(error, name) : fail_as_git_says(error, name);
}

/* The tree of a revision. A commit has one: where libgit2 does not give it, it is missing or broken. */
static pubint_status find_tree(git_tree **tree, git_object *object, const char *name, pubint_error *error) {
  git_object *tagged = NULL;
  pubint_status status = PUBINT_OK;
  if (git_object_type(object) == GIT_OBJECT_TAG) {
    if (git_object_peel(&tagged, object, GIT_OBJECT_ANY) != 0) return fail_to_read(error, name);
    object = tagged;
  }
  if (git_object_peel((git_object **)tree, object, GIT_OBJECT_TREE) != 0)
    status =
        git_object_type(object) == GIT_OBJECT_COMMIT ? fail_to_read(error, name) : fail_to_find(error, name);
  git_object_free(tagged);
  return status;
}

/* Makes the folder `path` of the tree the policy's. */
static pubint_status find_below(revision *self, const git_tree *tree, const char *path, const char *name,
                                pubint_error *error) {
  git_tree_entry *entry;
  if (git_tree_entry_bypath(&entry, tree, path) != 0) return fail_to_find(error, name);
  pubint_status status = PUBINT_OK;
  if (git_tree_entry_filemode(entry) != GIT_FILEMODE_TREE)
    status = fail(error, name, "no folder", "a folder with a policy.json");
  else if (git_tree_lookup(&self->top, self->repository, git_tree_entry_id(entry)) != 0)
    status = fail_to_read(error, name);
  git_tree_entry_free(entry);
  return status;
}

static pubint_status find_folder(revision *self, const char *name, pubint_error *error) {
  char text[PATH_BYTES], path[PATH_BYTES];
  git_object *object;
  git_tree *tree;
  const char *start = name + sizeof PI_GIT_PREFIX - 1, *colon = find_colon(start);
  if (colon == NULL || colon - start >= PATH_BYTES || !name_from_top(self, colon + 1, path))
    return fail(error, name, "no path in a working tree", "REV:PATH");
  snprintf(text, sizeof text, "%.*s", (int)(colon - start), start);
  if (git_revparse_single(&object, self->repository, text) != 0) return fail_to_find(error, name);
  pubint_status status = find_tree(&tree, object, name, error);
  git_object_free(object);
  if (status != PUBINT_OK) return status;
  if (path[0] == '\0') {
    self->top = tree;
    return PUBINT_OK;
  }
  status = find_below(self, tree, path, name, error);
  git_tree_free(tree);
  return status;
}

static pubint_status find(revision *self, const char *name, pubint_error *error) {
  if (!begin()) return fail_as_git_says(error, name);
  pubint_status status = open_repository(self, name, error);
  if (status != PUBINT_OK) return status;
  if (pi_git_objects_open(&self->objects, self->repository) != 0) return fail_as_git_says(error, name);
  return find_folder(self, name, error);
}

static pubint_status open_revision(pi_policy_source *out, const char *name, pubint_error *error) {
  revision *self = calloc(1, sizeof *self);
  if (self == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  *out = (pi_policy_source){
      .name = name, .state = self, .list = list_folder, .read = read_file, .close = close_revision};
  pubint_status status = find(self, name, error);
  if (status != PUBINT_OK) close_revision(out);
  return status;
}

extern const pi_git_module pi_git_module_offer;
const pi_git_module pi_git_module_offer = {.version = PUBINT_VERSION, .open = open_revision};
