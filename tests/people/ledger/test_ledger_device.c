/* A device that fails: whatever cannot be read or written, a call says so, and what it leaves is whole. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "desk.h"
#include "errors.h"
#include "files.h"

/* ---- the device ---- what SQLite's own file system does, until it fails */

/* SQLite's files are of several kinds: what each does by itself, and on this device. */
enum { KINDS_MAX = 4 };
static struct {
  const sqlite3_io_methods *real;
  sqlite3_io_methods failing;
} kinds[KINDS_MAX];
static sqlite3_vfs *base, device;
static int64_t left;      /* calls that go well */
static bool stays, reads; /* it fails from then on; it is reading that fails, and not writing */

static bool fails(bool reading) {
  if (reading != reads) return false;
  if (left > 0) left--;
  bool now = left == 0;
  if (now && !stays) left = -1;
  return now;
}

static const sqlite3_io_methods *real_of(const sqlite3_file *file) {
  int i = 0;
  while (file->pMethods != &kinds[i].failing) i++;
  return kinds[i].real;
}

static int read_file(sqlite3_file *file, void *to, int bytes, sqlite3_int64 at) {
  return fails(true) ? SQLITE_IOERR_READ : real_of(file)->xRead(file, to, bytes, at);
}

static int write_file(sqlite3_file *file, const void *from, int bytes, sqlite3_int64 at) {
  return fails(false) ? SQLITE_IOERR_WRITE : real_of(file)->xWrite(file, from, bytes, at);
}

static int sync_file(sqlite3_file *file, int flags) {
  return fails(false) ? SQLITE_IOERR_FSYNC : real_of(file)->xSync(file, flags);
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
  return fails(false) ? SQLITE_IOERR_TRUNCATE : real_of(file)->xTruncate(file, size);
}

static int open_file(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)self;
  int result = base->xOpen(base, name, file, flags, out), i = 0;
  if (result != SQLITE_OK || file->pMethods == NULL) return result;
  while (kinds[i].real != NULL && kinds[i].real != file->pMethods) i++;
  assert_true(i < KINDS_MAX);
  if (kinds[i].real == NULL) {
    kinds[i].real = file->pMethods;
    kinds[i].failing = *file->pMethods;
    kinds[i].failing.xRead = read_file;
    kinds[i].failing.xWrite = write_file;
    kinds[i].failing.xSync = sync_file;
    kinds[i].failing.xTruncate = truncate_file;
  }
  file->pMethods = &kinds[i].failing;
  return result;
}

static int plug_in(void **state) {
  base = sqlite3_vfs_find(NULL);
  device = *base;
  device.zName = "device";
  device.xOpen = open_file;
  left = -1;
  assert_int_equal(sqlite3_vfs_register(&device, 1), SQLITE_OK);
  return desk_set_up(state);
}

static int pull_out(void **state) {
  left = -1;
  int result = desk_tear_down(state);
  sqlite3_vfs_unregister(&device);
  return result;
}

/* ---- what is done on it ---- */

static pubint_status take_step(desk *self) {
  pubint_status status = pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error);
  if (status == PUBINT_OK) status = desk_recommend(self, "case-2", "Rec", PI_POSITION_NOTICE, NULL);
  return status;
}

static pubint_status read_all(desk *self) {
  int64_t entries;
  pi_record record;
  pi_arena_reset(&self->arena);
  pubint_status status = pi_ledger_open(&self->ledger, self->file, PI_LEDGER_AUDIT, &self->error);
  if (status == PUBINT_OK) status = pi_audit_verify(self->ledger, NULL, &entries, &self->error);
  if (status == PUBINT_OK)
    status = pi_record_read(&record, self->ledger, PI_SLICE("case-1"), PI_RECORD_WHOLE, &self->arena,
                            &self->error);
  return status;
}

static void close_ledger(desk *self) {
  pi_ledger_close(self->ledger);
  self->ledger = NULL;
}

static void put_back(const desk *self, const char *bytes, size_t length) {
  static const char *const ENDINGS[] = {"-wal", "-shm"};
  for (int i = 0; i < 2; i++) {
    char path[340];
    snprintf(path, sizeof path, "%s%s", self->file, ENDINGS[i]);
    remove(path);
  }
  files_write(self->file, bytes, length);
}

/* Fails at each call in turn until all goes well; how often. */
static int try_all(desk *self, pubint_status (*call)(desk *), int64_t entries, bool adds) {
  size_t length;
  char *bytes = files_read(self->file, &length);
  int refused = 0;
  for (int64_t n = 1; n < 4096; n++) {
    put_back(self, bytes, length);
    left = n;
    pubint_status status = call(self);
    bool failed = left <= 0;
    bool told =
        self->error.code == PI_E_LEDGER_FAILS || /* SQLite's own check of the file tells it as damage */
        (self->error.code == PI_E_AUDIT_FILE && strstr(self->error.found, "unable to get the page") != NULL);
    if (status != PUBINT_OK && !told)
      fail_msg("at %lld: E%u %s %s", (long long)n, self->error.code, self->error.message, self->error.found);
    if (status != PUBINT_OK) refused++;
    close_ledger(self);
    left = -1;
    assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error), PUBINT_OK);
    desk_whole(self);
    int64_t more = desk_ask(self, "SELECT count(*) FROM audit") - entries;
    if (status == PUBINT_OK) assert_int_equal(more, adds);
    if (status != PUBINT_OK && more != 0)
      fail_msg("at %lld: refused, and done: %s", (long long)n, self->error.found);
    close_ledger(self);
    if (!failed) break;
  }
  put_back(self, bytes, length);
  free(bytes);
  return refused;
}

static void test_device_that_fails_leaves_a_ledger_whole(void **state) {
  desk *self = *state;
  char id[32];
  desk_bring(self, PI_STATE_DECIDED, id);
  desk_bring(self, PI_STATE_OPENED, id);
  int64_t entries = desk_ask(self, "SELECT count(*) FROM audit");
  close_ledger(self);
  for (int how = 0; how < 4; how++) {
    stays = (how & 1) != 0;
    reads = (how & 2) != 0;
    int written = try_all(self, take_step, entries, true), read = try_all(self, read_all, entries, false);
    assert_true(written > 3);
    if (reads) assert_true(read > 3);
    print_message("%s%s: a step was refused %d times, reading %d times\n", reads ? "reading" : "writing",
                  stays ? ", for good" : ", once", written, read);
  }
  assert_int_equal(pi_ledger_open(&self->ledger, self->file, PI_LEDGER_WRITE, &self->error), PUBINT_OK);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_device_that_fails_leaves_a_ledger_whole, plug_in, pull_out),
  };
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
