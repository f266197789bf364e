#define _GNU_SOURCE /* O_TMPFILE, renameat2 */
#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "file_error.h"

static pubint_status cannot_write(const char *name, int reason, pubint_error *error) {
  return pi_file_error(error, PI_E_CANNOT_WRITE, name, reason);
}

static pubint_status refuse(const char *name, pi_code code, const char *hint, pubint_error *error) {
  pubint_status status = pi_error_set(error, code);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, name, strlen(name));
  snprintf(error->hint, sizeof error->hint, "%s", hint);
  return status;
}

/* ---- what is there ---- */

static pubint_status refuse_link(const char *name, pubint_error *error) {
  return refuse(name, PI_E_OUTPUT_EXISTS, "it is a link, which is not written through; name the file itself",
                error);
}

pubint_status pi_target_check(const char *name, pi_target_over over, pi_target_there *there,
                              pubint_error *error) {
  struct stat link, file;
  *there = (pi_target_there){false, false};
  if (name[0] == '\0') return cannot_write(name, ENOENT, error);
  if (lstat(name, &link) != 0) return PUBINT_OK; /* what is wrong with the path, opening it tells */
  there->exists = true;
  if (over == PI_TARGET_NEW) return refuse(name, PI_E_OUTPUT_EXISTS, "", error);
  if (stat(name, &file) != 0) return refuse_link(name, error);
  if (S_ISDIR(file.st_mode)) return cannot_write(name, EISDIR, error);
  there->direct = !S_ISREG(file.st_mode); /* by a link too: /dev/stdout is one */
  if (there->direct) return PUBINT_OK;
  if (S_ISLNK(link.st_mode)) return refuse_link(name, error);
  if (over == PI_TARGET_FORCE) return PUBINT_OK;
  return refuse(name, PI_E_OUTPUT_EXISTS, "--force writes over it", error);
}

static bool is_input(const char *name, const char *input) {
  struct stat out, in;
  if ((name != NULL ? stat(name, &out) : fstat(STDOUT_FILENO, &out)) != 0 || !S_ISREG(out.st_mode)) {
    return false;
  }
  return (strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &in) : stat(input, &in)) == 0 &&
         out.st_dev == in.st_dev && out.st_ino == in.st_ino;
}

pubint_status pi_target_refuse_input(const char *name, const char *input, pubint_error *error) {
  if (input == NULL || !is_input(name, input)) return PUBINT_OK;
  return refuse(pi_file_shown_name(input), PI_E_OUTPUT_IS_INPUT, "", error);
}

/* The folder of a file, with a slash at its end; "" is the current one. */
static size_t folder_length(const char *name) {
  const char *slash = strrchr(name, '/');
  return slash != NULL ? (size_t)(slash - name) + 1 : 0;
}

static bool folder_status(const char *name, struct stat *out) {
  char folder[PI_TARGET_NAME_BYTES];
  size_t length = folder_length(name);
  if (length >= sizeof folder) return false;
  snprintf(folder, sizeof folder, "%.*s", (int)length, name);
  return stat(length > 0 ? folder : ".", out) == 0;
}

bool pi_target_same(const char *name, const char *other) {
  struct stat a, b;
  bool a_there = stat(name, &a) == 0, b_there = stat(other, &b) == 0;
  if (a_there != b_there) return false;
  if (a_there) return S_ISREG(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
  if (strcmp(name, other) == 0) return true;
  return strcmp(name + folder_length(name), other + folder_length(other)) == 0 && folder_status(name, &a) &&
         folder_status(other, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

pi_target_over pi_target_over_own(const char *name, const char *mark, bool force) {
  char begin[256];
  size_t length = strlen(mark);
  struct stat file;
  if (force) return PI_TARGET_FORCE;
  if (length > sizeof begin || lstat(name, &file) != 0 || !S_ISREG(file.st_mode)) return PI_TARGET_NAMED;
  int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return PI_TARGET_NAMED;
  bool own = pread(fd, begin, length, 0) == (ssize_t)length && memcmp(begin, mark, length) == 0;
  close(fd);
  return own ? PI_TARGET_FORCE : PI_TARGET_NAMED;
}

/* ---- drafts ---- */

/* Finds a name beside the target that nothing has, by giving it: `give` makes the file, or fails with EEXIST.
 * 0, or why not. */
static int give_name(pi_target *self, int (*give)(pi_target *self, mode_t mode), mode_t mode) {
  enum { TRIES = 100 };
  for (int i = 0; i < TRIES; i++) {
    unsigned long long number;
    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number) return EAGAIN;
    int length = snprintf(self->draft, sizeof self->draft, "%.*s.pubint-%016llx",
                          (int)folder_length(self->name), self->name, number);
    int reason = length > 0 && (size_t)length < sizeof self->draft ? give(self, mode) : ENAMETOOLONG;
    if (reason == 0) return 0;
    self->draft[0] = '\0';
    if (reason != EEXIST) return reason;
  }
  return EEXIST;
}

static int open_named(pi_target *self, mode_t mode) {
  self->fd = open(self->draft, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
  return self->fd >= 0 ? 0 : errno;
}

/* The way to a file without a name, which links to it. */
#define PROC_FILES "/proc/self/fd"

static int link_draft(const pi_target *self, const char *name) {
  char file[sizeof PROC_FILES + 16];
  snprintf(file, sizeof file, "%s/%d", PROC_FILES, self->fd);
  return linkat(AT_FDCWD, file, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

static int copy_bytes(int from, int to) {
  char piece[64 * 1024];
  off_t at = 0;
  for (;;) {
    ssize_t got = pread(from, piece, sizeof piece, at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0 ? 0 : errno;
    int reason = pi_file_write_all(to, (pi_slice){piece, (size_t)got}, NULL);
    if (reason != 0) return reason;
    at += got;
  }
}

/* A file that gave its name up gets none again: what takes a name is its copy. */
static int copy_draft(pi_target *self) {
  struct stat mode;
  int from = self->fd;
  int reason = fstat(from, &mode) == 0 ? open_named(self, 0600) : errno;
  if (reason != 0) {
    self->fd = from;
    return reason;
  }
  reason = copy_bytes(from, self->fd);
  if (reason == 0 && fchown(self->fd, mode.st_uid, mode.st_gid) != 0 && errno != EPERM) reason = errno;
  if (reason == 0 && (fchmod(self->fd, mode.st_mode & 0777) != 0 || fsync(self->fd) != 0)) reason = errno;
  close(from);
  if (reason != 0) unlink(self->draft);
  return reason;
}

static int name_draft(pi_target *self, mode_t mode) {
  (void)mode;
  return self->nameless ? copy_draft(self) : link_draft(self, self->draft);
}

/* No signal may end the program while the draft has a name of its own. */
static void block_signals(sigset_t *before) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, before);
}

static int open_draft(pi_target *self, mode_t mode) {
  char folder[PI_TARGET_NAME_BYTES];
  size_t length = folder_length(self->name);
  if (length >= sizeof folder) return ENAMETOOLONG;
  snprintf(folder, sizeof folder, "%.*s", (int)length, self->name);
  if (access(PROC_FILES, X_OK) == 0) {
    self->fd = open(length > 0 ? folder : ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
    if (self->fd >= 0) return 0;
  }
  sigset_t before; /* not every file system makes files without a name: it gives its own up at once */
  block_signals(&before);
  int reason = give_name(self, open_named, mode);
  if (reason == 0 && unlink(self->draft) != 0) reason = errno;
  if (reason == 0) self->draft[0] = '\0';
  self->nameless = reason == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return reason;
}

/* One that is written over keeps who owns it and who may read it. */
static int take_mode(const pi_target *self) {
  struct stat was, now;
  if (stat(self->name, &was) != 0 || fstat(self->fd, &now) != 0) return errno;
  bool same = was.st_uid == now.st_uid && was.st_gid == now.st_gid;
  if (!same && fchown(self->fd, was.st_uid, was.st_gid) != 0 && errno != EPERM) return errno;
  return fchmod(self->fd, was.st_mode & 0777) == 0 ? 0 : errno;
}

pubint_status pi_target_open(pi_target *self, const char *name, pi_target_over over, mode_t mode,
                             pubint_error *error) {
  *self = (pi_target){.name = name, .fd = -1, .over = over};
  pi_target_there there;
  pubint_status status = pi_target_check(name, over, &there, error);
  if (status != PUBINT_OK) return status;
  self->direct = there.direct;
  int reason = 0;
  if (there.direct) {
    self->fd = open(name, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    reason = self->fd >= 0 ? 0 : errno;
  } else {
    reason = open_draft(self, mode);
    if (reason == 0 && there.exists) reason = take_mode(self);
  }
  if (reason == 0) return PUBINT_OK;
  pi_target_drop(self);
  return cannot_write(name, reason, error);
}

/* ---- the end ---- */

/* EEXIST where something came into its place meanwhile. */
static int take_place_of_nothing(pi_target *self) {
  if (!self->nameless) return link_draft(self, self->name);
  int reason = give_name(self, name_draft, 0);
  if (reason != 0) return reason;
  if (renameat2(AT_FDCWD, self->draft, AT_FDCWD, self->name, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (link(self->draft, self->name) != 0) return errno; /* file systems that cannot, as NFS */
  unlink(self->draft);
  return 0;
}

static int take_place(pi_target *self) {
  if (self->over != PI_TARGET_FORCE) return take_place_of_nothing(self);
  int reason = give_name(self, name_draft, 0);
  return reason != 0 ? reason : rename(self->draft, self->name) == 0 ? 0 : errno;
}

pubint_status pi_target_keep(pi_target *self, pubint_error *error) {
  int reason = 0;
  if (!self->direct && fsync(self->fd) != 0) reason = errno; /* what was there must not go before that */
  if (reason == 0 && !self->direct) {
    sigset_t before;
    block_signals(&before);
    reason = take_place(self);
    if (reason != 0 && self->draft[0] != '\0') unlink(self->draft);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    self->draft[0] = '\0';
  }
  if (reason == 0) {
    reason = pi_file_close(self->fd, 0);
    self->fd = -1;
  }
  pi_target_drop(self);
  if (reason == 0) return PUBINT_OK;
  if (reason == EEXIST) return refuse(self->name, PI_E_OUTPUT_EXISTS, "it came while this ran", error);
  return cannot_write(self->name, reason, error);
}

void pi_target_drop(pi_target *self) {
  if (self->fd < 0) return;
  close(self->fd);
  self->fd = -1;
  if (self->draft[0] != '\0') unlink(self->draft);
  self->draft[0] = '\0';
}

pubint_status pi_target_write(const char *name, pi_slice text, pi_target_over over, pubint_error *error) {
  pi_target target;
  pubint_status status = pi_target_open(&target, name, over, PI_TARGET_MODE, error);
  if (status != PUBINT_OK) return status;
  int reason = pi_file_write_all(target.fd, text, NULL);
  if (reason == 0) return pi_target_keep(&target, error);
  pi_target_drop(&target);
  return cannot_write(name, reason, error);
}

/* What stands before the text: a newline, where the file's last line has none. */
static int end_last_line(int fd, off_t size) {
  char last;
  if (size == 0) return 0;
  if (pread(fd, &last, 1, size - 1) != 1) return errno != 0 ? errno : EIO;
  return last == '\n' ? 0 : pi_file_write_all(fd, PI_SLICE("\n"), NULL);
}

pubint_status pi_target_append(const char *name, pi_slice text, size_t bytes_max, pubint_error *error) {
  pi_target_there there;
  struct stat about;
  pubint_status status = pi_target_check(name, PI_TARGET_FORCE, &there, error);
  if (status != PUBINT_OK) return status;
  if (there.direct) return refuse(name, PI_E_OUTPUT_EXISTS, "it is no file that could be added to", error);
  int fd = open(name, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, PI_TARGET_MODE);
  if (fd < 0) return cannot_write(name, errno, error);
  int reason = fstat(fd, &about) != 0 ? errno : 0;
  if (reason == 0 && !S_ISREG(about.st_mode)) reason = EINVAL;
  if (reason == 0 && (uintmax_t)about.st_size + text.len + 1 > bytes_max) reason = EFBIG;
  if (reason != 0) return cannot_write(name, pi_file_close(fd, reason), error);
  reason = end_last_line(fd, about.st_size);
  if (reason == 0) reason = pi_file_write_all(fd, text, NULL);
  if (reason != 0 && ftruncate(fd, about.st_size) != 0) reason = errno;
  reason = pi_file_close(fd, reason);
  if (reason != 0 && !there.exists) (void)unlink(name);
  return reason == 0 ? PUBINT_OK : cannot_write(name, reason, error);
}
