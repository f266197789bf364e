/* Who may read a ledger, who may write it, and what is said to the others. */
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit.h"
#include "desk.h"
#include "errors.h"
#include "files.h"
#include "precedents.h"

/* What the superuser may do whatever a file's mode says is given up. */
static void become_anybody(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
  if (syscall(SYS_capset, &header, none) != 0) _exit(99);
}

/* Reads all there is, or records an act. "" when it is done; else what is said. */
static const char *use_it(desk *self, pi_ledger_use use, const char *id) {
  static char said[512];
  int64_t entries;
  pi_record record;
  pubint_error *error = &self->error;
  pubint_status status = pi_ledger_open(&self->ledger, self->file, use, error);
  if (status == PUBINT_OK && use == PI_LEDGER_READ) {
    status = pi_audit_verify(self->ledger, NULL, &entries, error);
    if (status == PUBINT_OK) status = pi_precedents_update(self->ledger, error);
    if (status == PUBINT_OK)
      status = pi_record_read(&record, self->ledger, pi_slice_of(id), PI_RECORD_WHOLE, &self->arena, error);
  } else if (status == PUBINT_OK) {
    status = desk_reopen(self, id, (desk_case){0}, "why");
  }
  pi_ledger_close(self->ledger);
  snprintf(said, sizeof said, "E%u %s (%s)", error->code, error->message, error->hint);
  return status == PUBINT_OK ? "" : said;
}

static bool fits(const char *said, const char *wanted) {
  return wanted[0] == '\0' ? said[0] == '\0' : strstr(said, wanted) != NULL;
}

static void remove_beside(const desk *self) {
  static const char *const ENDINGS[] = {"-wal", "-shm"};
  for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
    char path[340];
    snprintf(path, sizeof path, "%s%s", self->file, ENDINGS[i]);
    remove(path);
  }
}

static void test_ledger_is_read_by_those_who_may_not_write_it(void **state) {
  desk *self = *state;
  static const struct {
    unsigned file, folder;
    const char *beside; /* a file that stands beside it */
    const char *read, *written;
  } MODES[] = {
      {0600, 0700, NULL, "", ""},
      {0400, 0700, NULL, "", "Permission denied"},
      {0400, 0500, NULL, "", "Permission denied"},
      {0400, 0500, "-wal", "copy both to a folder", "Permission denied"},
      {0400, 0500, "-journal", "copy both to a folder", "Permission denied"},
      {0600, 0500, NULL, "Permission denied (its folder", "Permission denied (its folder"},
      {0200, 0700, NULL, "Permission denied (a new ledger", "Permission denied (a new ledger"},
      {0400, 0000, NULL, "Permission denied", "Permission denied"},
  };
  char id[32], beside[340];
  desk_bring(self, PI_STATE_DECIDED, id);
  pi_ledger_close(self->ledger);
  self->ledger = NULL;
  for (size_t i = 0; i < sizeof MODES / sizeof MODES[0]; i++) {
    for (pi_ledger_use use = PI_LEDGER_READ; use <= PI_LEDGER_WRITE; use++) {
      snprintf(beside, sizeof beside, "%s%s", self->file, MODES[i].beside != NULL ? MODES[i].beside : "");
      if (MODES[i].beside != NULL) files_write(beside, "entries", 7);
      assert_int_equal(chmod(self->file, MODES[i].file), 0);
      assert_int_equal(chmod(self->folder, MODES[i].folder), 0);
      const char *wanted = use == PI_LEDGER_READ ? MODES[i].read : MODES[i].written;
      pid_t child = fork();
      if (child == 0) {
        become_anybody();
        const char *said = use_it(self, use, id);
        bool right = fits(said, wanted);
        if (!right)
          fprintf(stderr, "%zu, %d: \"%s\", where \"%s\" was expected\n", i, (int)use, said, wanted);
        _exit(right ? 0 : 1);
      }
      int ended;
      assert_int_equal(waitpid(child, &ended, 0), child);
      assert_int_equal(chmod(self->folder, 0700), 0);
      assert_int_equal(chmod(self->file, 0600), 0);
      if (MODES[i].beside != NULL) remove(beside);
      remove_beside(self); /* a reader of a folder that it may write leaves what SQLite shares there */
      assert_int_equal(ended, 0);
    }
  }
}

/* A copy of a ledger in use: what it says without its newest entries would be wrong. */
static void test_ledger_whose_newest_entries_stand_beside_it_is_not_read_without_them(void **state) {
  desk *self = *state;
  static const char *const ENDINGS[] = {"", "-wal"};
  char id[32], to[sizeof self->file];
  desk_bring(self, PI_STATE_OPENED, id);
  assert_true(snprintf(to, sizeof to, "%s/copy/ledger", self->folder) < (int)sizeof to);
  for (size_t i = 0; i < 2; i++) {
    char from[340], copy[360];
    size_t length;
    snprintf(from, sizeof from, "%s%s", self->file, ENDINGS[i]);
    snprintf(copy, sizeof copy, "%s%s", to, ENDINGS[i]);
    char *bytes = files_read(from, &length);
    assert_true(length > 0);
    files_write(copy, bytes, length);
    assert_int_equal(chmod(copy, 0400), 0);
    free(bytes);
  }
  snprintf(self->file, sizeof self->file, "%s", to);
  *strrchr(to, '/') = '\0';
  assert_int_equal(chmod(to, 0500), 0);
  pid_t child = fork();
  if (child == 0) {
    become_anybody();
    const char *said = use_it(self, PI_LEDGER_READ, id);
    _exit(fits(said, "copy both to a folder") ? 0 : 1);
  }
  int ended;
  assert_int_equal(waitpid(child, &ended, 0), child);
  assert_int_equal(chmod(to, 0700), 0);
  assert_int_equal(ended, 0);
}

/* Names that a URI would take apart. */
static void test_ledger_that_is_sealed_is_read_whatever_its_name(void **state) {
  desk *self = *state;
  static const char *const NAMES[] = {"a b", "x?mode=rw", "y#z", "100%41", "file:led", ":memory:", "Éva"};
  size_t length;
  pi_ledger_close(self->ledger);
  self->ledger = NULL;
  char *bytes = files_read(self->file, &length);
  for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
    char path[340], link[340];
    snprintf(path, sizeof path, "%s/%s", self->folder, NAMES[i]);
    files_write(path, bytes, length);
    snprintf(link, sizeof link, "%s/link", self->folder);
    assert_int_equal(symlink(NAMES[i], link), 0);
    assert_int_equal(chmod(path, 0400), 0);
    assert_int_equal(chmod(self->folder, 0500), 0);
    pid_t child = fork();
    if (child == 0) {
      pi_ledger *other;
      become_anybody();
      bool right = pi_ledger_open(&other, path, PI_LEDGER_READ, &self->error) == PUBINT_OK;
      pi_ledger_close(other);
      right = right && pi_ledger_open(&other, link, PI_LEDGER_READ, &self->error) == PUBINT_OK;
      right = right && chdir(self->folder) == 0 &&
              pi_ledger_open(&other, NAMES[i], PI_LEDGER_READ, &self->error) == PUBINT_OK;
      if (!right) fprintf(stderr, "%s: %s\n", NAMES[i], self->error.message);
      _exit(right ? 0 : 1);
    }
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_int_equal(chmod(self->folder, 0700), 0);
    remove(link);
    assert_int_equal(ended, 0);
  }
  free(bytes);
}

static void test_reader_writes_nothing(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_OPENED, id);
  pi_ledger_close(self->ledger);
  assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_READ, &self->error), PUBINT_OK);
  desk_refused(self, desk_recommend(self, id, "Rec", PI_POSITION_NOTICE, NULL), PI_E_LEDGER_FAILS);
}

static void test_ledger_that_is_new_is_its_owners_alone(void **state) {
  desk *self = *state;
  struct stat made;
  mode_t mask = umask(0);
  char path[340];
  pi_ledger *other;
  snprintf(path, sizeof path, "%s/new", self->folder);
  assert_int_equal(pi_ledger_open(&other, path, PI_LEDGER_CREATE, &self->error), PUBINT_OK);
  umask(mask);
  assert_int_equal(stat(path, &made), 0);
  assert_int_equal(made.st_mode & 0777, 0600);
  pi_ledger_close(other);
  /* One that is there keeps the mode that its owner gave it. */
  assert_int_equal(chmod(path, 0640), 0);
  assert_int_equal(pi_ledger_open(&other, path, PI_LEDGER_CREATE, &self->error), PUBINT_OK);
  pi_ledger_close(other);
  assert_int_equal(stat(path, &made), 0);
  assert_int_equal(made.st_mode & 0777, 0640);
}

/* What the system says of a file that cannot be opened is said. */
static void test_ledger_that_cannot_be_opened_says_the_systems_reason(void **state) {
  desk *self = *state;
  static const struct {
    const char *name; /* in the folder */
    pi_ledger_use use;
    const char *reason;
  } FILES[] = {
      {"none/led", PI_LEDGER_CREATE, "No such file or directory"},
      {"ledger/led", PI_LEDGER_CREATE, "Not a directory"},
      {"ledger/led", PI_LEDGER_READ, "Not a directory"},
      {"ledger/led", PI_LEDGER_WRITE, "Not a directory"},
      {"dangling", PI_LEDGER_CREATE, "No such file or directory"},
      {"loop", PI_LEDGER_READ, "Too many levels"},
      {"loop", PI_LEDGER_WRITE, "Too many levels"},
      {".", PI_LEDGER_READ, "Is a directory"},
      {".", PI_LEDGER_WRITE, "Is a directory"},
  };
  char path[340];
  pi_ledger *other;
  snprintf(path, sizeof path, "%s/dangling", self->folder);
  assert_int_equal(symlink("nowhere", path), 0);
  snprintf(path, sizeof path, "%s/loop", self->folder);
  assert_int_equal(symlink("loop", path), 0);
  for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
    snprintf(path, sizeof path, "%s/%s", self->folder, FILES[i].name);
    desk_refused(self, pi_ledger_open(&other, path, FILES[i].use, &self->error), PI_E_LEDGER_FAILS);
    if (strstr(self->error.message, FILES[i].reason) == NULL)
      fail_msg("%zu: %s, %s", i, self->error.message, self->error.found);
  }
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      DESK_TEST(test_ledger_is_read_by_those_who_may_not_write_it),
      DESK_TEST(test_ledger_whose_newest_entries_stand_beside_it_is_not_read_without_them),
      DESK_TEST(test_ledger_that_is_sealed_is_read_whatever_its_name),
      DESK_TEST(test_reader_writes_nothing),
      DESK_TEST(test_ledger_that_is_new_is_its_owners_alone),
      DESK_TEST(test_ledger_that_cannot_be_opened_says_the_systems_reason),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
