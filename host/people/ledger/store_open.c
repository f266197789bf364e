/* Opening a ledger: whether the file is one, who may do what with it, and which version it is of. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_error.h"
#include "ledger_schema.h"
#include "person.h"
#include "shell_word.h"
#include "store_inside.h"

enum { RETRY_MS = 5 };

/* ---- what the file is ---- */

/* What is no database shows at the first look into it. */
static pubint_status ask(pi_ledger *self, const char *sql, int64_t *out, pubint_error *error) {
  pubint_status status = pi_ledger_ask(pi_ledger_statement(self, sql), out, error);
  bool foreign = status != PUBINT_OK && sqlite3_errcode(self->db) == SQLITE_NOTADB;
  return foreign ? pi_ledger_complain(self, PI_E_NOT_A_LEDGER, NULL, error) : status;
}

/* The newest version of which the file has what it brought; 0: it has not even the tables of the first. */
static pubint_status look_for_version(pi_ledger *self, int *version, pubint_error *error) {
  *version = 0;
  for (int i = 0; i < PI_MIGRATIONS_COUNT; i++) {
    int64_t there = 0;
    pi_query *query = pi_ledger_statement(
        self, "SELECT count(*) FROM sqlite_schema WHERE name = :brought AND EXISTS (\n"
              "  SELECT 1 FROM sqlite_schema WHERE name = 'audit' AND instr(sql, ' link '))");
    pi_ledger_bind_text(query, ":brought", pi_slice_of(PI_MIGRATIONS[i].brought));
    pubint_status status = pi_ledger_ask(query, &there, error);
    if (status != PUBINT_OK) return status;
    if (there == 0) break;
    *version = i + 1;
  }
  return PUBINT_OK;
}

/* Whatever it is that is no ledger. `.dump` leaves out the two numbers by which a ledger is known. */
static pubint_status not_a_ledger(pi_ledger *self, bool marked, pubint_error *error) {
  int version = 0;
  pubint_status status = marked ? PUBINT_OK : look_for_version(self, &version, error);
  if (status != PUBINT_OK || version == 0) {
    return status != PUBINT_OK ? status : pi_ledger_complain(self, PI_E_NOT_A_LEDGER, NULL, error);
  }
  status = pi_ledger_complain(self, PI_E_NOT_A_LEDGER, NULL, error);
  if (error == NULL) return status;
  char marks[72];
  pi_buffer file;
  pi_buffer_init(&file, sizeof error->hint - sizeof marks - sizeof "sqlite3 \"\"");
  pi_shell_word_add(&file, self->file);
  snprintf(error->message, sizeof error->message,
           "the file has a ledger's tables and not its marks: it was restored from a dump");
  snprintf(error->expected, sizeof error->expected,
           "application_id %d and user_version %d, which `.dump` leaves out", PI_LEDGER_APPLICATION, version);
  snprintf(marks, sizeof marks, "PRAGMA application_id=%d; PRAGMA user_version=%d", PI_LEDGER_APPLICATION,
           version);
  const char *word = pi_buffer_end(&file);
  snprintf(error->hint, sizeof error->hint, "sqlite3 %s \"%s\"", word != NULL ? word : "FILE", marks);
  pi_buffer_dispose(&file);
  return status;
}

/* A file that is somebody else's, or newer than this program, is left as it is. */
static pubint_status check_kind(pi_ledger *self, int64_t *version, pubint_error *error) {
  int64_t application = 0, objects = 0;
  pubint_status status = ask(self, "PRAGMA application_id", &application, error);
  if (status == PUBINT_OK) status = ask(self, "PRAGMA user_version", version, error);
  if (status == PUBINT_OK) status = ask(self, "SELECT count(*) FROM sqlite_schema", &objects, error);
  if (status != PUBINT_OK) return status;
  bool fresh = application == 0 && *version == 0 && objects == 0;
  if (!fresh && (application != PI_LEDGER_APPLICATION || *version < 1)) {
    return not_a_ledger(self, application != 0 && application != PI_LEDGER_APPLICATION, error);
  }
  if (*version <= PI_MIGRATIONS_COUNT) return PUBINT_OK;
  status = pi_ledger_complain(self, PI_E_LEDGER_NEWER, NULL, error);
  if (error != NULL) {
    snprintf(error->found, sizeof error->found, "version %lld", (long long)*version);
    snprintf(error->expected, sizeof error->expected, "at most version %d", PI_MIGRATIONS_COUNT);
  }
  return status;
}

/* Before anything of the file is run: what it is, and that its tables, views and triggers are ours. Who
 * audits comes to a ledger whose views and triggers are not. */
static pubint_status check(pi_ledger *self, pi_ledger_use use, int64_t *version, pubint_error *error) {
  pubint_status status = check_kind(self, version, error);
  if (status != PUBINT_OK || *version == 0) return status;
  bool audits = use == PI_LEDGER_AUDIT && *version == PI_MIGRATIONS_COUNT;
  return pi_ledger_check_schema(self, (int)*version, audits ? PI_SCHEMA_TABLES : PI_SCHEMA_WHOLE, error);
}

/* All of it at one moment. An empty file is made a ledger only when asked to. On failure the connection is of
 * no more use than to say why. */
static pubint_status check_begun(pi_ledger *self, pi_ledger_use use, int64_t *version, pubint_error *error) {
  pubint_status status = pi_ledger_begin(self, false, error);
  if (status == PUBINT_OK) status = check(self, use, version, error);
  if (status == PUBINT_OK) status = pi_ledger_commit(self, error);
  if (status != PUBINT_OK || *version > 0 || use == PI_LEDGER_CREATE) return status;
  return pi_ledger_complain(self, PI_E_NOT_A_LEDGER, NULL, error);
}

/* ---- its version ---- */

/* Readers and one writer at once, kept in the file. SQLite does not wait for its turn here by itself. */
static pubint_status use_wal(pi_ledger *self, pubint_error *error) {
  for (int waited = 0;; waited += RETRY_MS) {
    int result = sqlite3_exec(self->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (result == SQLITE_OK) return PUBINT_OK;
    if (result != SQLITE_BUSY || waited >= PI_LEDGER_WAIT_MS) return pi_ledger_fail_by(self, result, error);
    sqlite3_sleep(RETRY_MS);
  }
}

/* Some versions change what the file says of its tables themselves, which SQLite lets a program do and does
 * not check: this looks whether every row is still as its table wants it. It reads the whole file, once a
 * version. */
static pubint_status check_rows(pi_ledger *self, pubint_error *error) {
  int64_t faults = 0;
  pubint_status status =
      ask(self, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", &faults, error);
  if (status != PUBINT_OK || faults == 0) return status;
  return pi_ledger_complain(self, PI_E_LEDGER_FAILS, "the file is damaged", error);
}

/* Another process may have brought it up to date while this one waited for its turn. */
static pubint_status migrate(pi_ledger *self, pubint_error *error) {
  int64_t version;
  pubint_status status = pi_ledger_begin(self, true, error);
  if (status != PUBINT_OK) return status;
  status = check(self, PI_LEDGER_WRITE, &version, error);
  bool behind = version < PI_MIGRATIONS_COUNT;
  if (status == PUBINT_OK && behind)
    status = pi_ledger_run_migrations(self, (int)version, PI_MIGRATIONS_COUNT, error);
  if (status == PUBINT_OK && behind) status = check_rows(self, error);
  if (status == PUBINT_OK) {
    char marks[96];
    snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             PI_LEDGER_APPLICATION, PI_MIGRATIONS_COUNT);
    status = pi_ledger_run_text(self, marks, error);
  }
  return pi_ledger_end(self, status, error);
}

/* ---- the connection ---- */

/* What a file may make SQLite do: as much as a ledger needs, many times over. */
static const struct {
  int limit, most;
} LIMITS[] = {
    {SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024}, /* a round: facts of 4 MiB and an evaluation of 16 */
    {SQLITE_LIMIT_SQL_LENGTH, 64 * 1024},
    {SQLITE_LIMIT_COLUMN, 64},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 20},
    {SQLITE_LIMIT_VDBE_OP, 50 * 1000},
    {SQLITE_LIMIT_FUNCTION_ARG, 16},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1024},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 16},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

/* Before the first look into the file. */
static pubint_status harden(pi_ledger *self, pubint_error *error) {
  static const struct {
    int setting, on;
  } SETTINGS[] = {
      {SQLITE_DBCONFIG_DEFENSIVE, 1},
      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      {SQLITE_DBCONFIG_DQS_DDL, 0},
      {SQLITE_DBCONFIG_DQS_DML, 0},
  };
  for (size_t i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0]; i++) {
    sqlite3_db_config(self->db, SETTINGS[i].setting, SETTINGS[i].on, NULL);
  }
  for (size_t i = 0; i < sizeof LIMITS / sizeof LIMITS[0]; i++) {
    sqlite3_limit(self->db, LIMITS[i].limit, LIMITS[i].most);
  }
  return pi_ledger_run_text(self, "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON", error);
}

/* Takes `db`, which SQLite may have opened or not. */
static pubint_status connect(pi_ledger *self, sqlite3 *db, int result, pubint_error *error) {
  self->db = db;
  if (db == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  if (result != SQLITE_OK) return pi_ledger_fail_by(self, result, error);
  sqlite3_busy_timeout(db, PI_LEDGER_WAIT_MS);
  pi_ledger_bound(self);
  if (!pi_person_register(db)) return pi_error_set(error, PI_E_NO_MEMORY);
  return harden(self, error);
}

static pubint_status connect_to(pi_ledger *self, const char *file, int flags, pubint_error *error) {
  sqlite3 *db = NULL;
  int result = sqlite3_open_v2(file, &db, flags | SQLITE_OPEN_NOMUTEX, NULL);
  return connect(self, db, result, error);
}

static pubint_status set_up(pi_ledger *self, pubint_error *error) {
  return pi_ledger_run_text(
      self,
      "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON;"
      "PRAGMA cache_size = -65536", /* KiB, taken as they are needed */
      error);
}

bool pi_ledger_reads_only(const pi_ledger *self) {
  return sqlite3_db_readonly(self->db, "main") == 1;
}

pubint_status pi_ledger_set_aside(pi_ledger *self, pubint_error *error) {
  assert(self->depth == 0);
  sqlite3 *copy = NULL;
  int result =
      sqlite3_open_v2("", &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (result == SQLITE_OK) {
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", self->db, "main");
    if (backup != NULL) {
      sqlite3_backup_step(backup, -1);
      sqlite3_backup_finish(backup);
    }
    result = sqlite3_errcode(copy);
  }
  pi_ledger_disconnect(self);
  pubint_status status = connect(self, copy, result, error);
  return status == PUBINT_OK ? set_up(self, error) : status;
}

/* ---- who may do what with it ---- */

/* Whether SQLite's last word was that it does not get at the file, or at what it keeps beside it. */
static bool is_kept_out(const pi_ledger *self) {
  switch (sqlite3_errcode(self->db) & 0xff) {
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_IOERR: return true;
  default: return false;
  }
}

/* The folder in which SQLite keeps what belongs to the file: where the file is, not a link to it. */
static void folder_of(const char *file, char out[PATH_MAX]) {
  char path[PATH_MAX];
  if (realpath(file, path) == NULL) snprintf(path, sizeof path, "%s", file);
  snprintf(out, PATH_MAX, "%s", dirname(path));
}

/* SQLite's own words name no reason: the system's stands beside them, wherever it can be had. */
static pubint_status explain_kept_out(const pi_ledger *self, bool writes, pubint_error *error) {
  char folder[PATH_MAX];
  bool beside = false;
  int reason = sqlite3_system_errno(self->db);
  if (access(self->file, writes ? R_OK | W_OK : R_OK) != 0) {
    reason = errno;
  } else {
    folder_of(self->file, folder);
    beside = access(folder, W_OK | X_OK) != 0;
    if (beside) reason = errno;
  }
  if (reason == 0) return pi_ledger_complain(self, PI_E_LEDGER_FAILS, sqlite3_errmsg(self->db), error);
  pubint_status status = pi_file_error(error, PI_E_LEDGER_FAILS, self->file, reason);
  if (error == NULL) return status;
  const char *hint = "";
  if (beside) {
    hint = "its folder must be one that you may write: SQLite keeps files of its own beside the ledger";
  } else if (access(self->file, R_OK) == 0) {
    if (writes) hint = "who may only read it can list, show, export and audit it: see `pubint help ledger`";
  } else if (reason == EACCES) {
    hint = "a new ledger is its owner's alone: they let others read it with `chmod g+r` or `a+r`";
  }
  snprintf(error->hint, sizeof error->hint, "%s", hint);
  return status;
}

/* Whether something belongs to the file that stands beside it and not in it yet. */
static bool has_more_beside(const char *file) {
  static const char *const ENDINGS[] = {"-wal", "-journal"};
  char real[PATH_MAX], path[PATH_MAX + 16];
  for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
    struct stat beside;
    snprintf(path, sizeof path, "%s%s", realpath(file, real) != NULL ? real : file, ENDINGS[i]);
    if (stat(path, &beside) == 0 && beside.st_size > 0) return true;
  }
  return false;
}

/* Neither it nor its folder can be written, so nothing that SQLite would keep beside it can be made. */
static bool is_sealed(const char *file) {
  char folder[PATH_MAX];
  folder_of(file, folder);
  return access(file, R_OK) == 0 && access(file, W_OK) != 0 && access(folder, W_OK) != 0;
}

/* Told that nobody writes the file, SQLite needs nothing beside it; what stands there it would pass over. */
static pubint_status connect_to_sealed(pi_ledger *self, pubint_error *error) {
  static const char HEX[] = "0123456789abcdef";
  if (has_more_beside(self->file)) {
    pubint_status status = explain_kept_out(self, false, error);
    if (error != NULL) {
      snprintf(error->hint, sizeof error->hint,
               "its newest entries are in the -wal or -journal beside it: copy both to a folder that you may "
               "write");
    }
    return status;
  }
  size_t size = 3 * strlen(self->file) + sizeof "file:?immutable=1", at = 0;
  char *name = malloc(size);
  if (name == NULL) return pi_error_set(error, PI_E_NO_MEMORY);
  at = (size_t)snprintf(name, size, "file:");
  for (const unsigned char *p = (const unsigned char *)self->file; *p != '\0'; p++) {
    name[at++] = '%';
    name[at++] = HEX[*p >> 4];
    name[at++] = HEX[*p & 15];
  }
  snprintf(name + at, size - at, "?immutable=1");
  pi_ledger_disconnect(self);
  pubint_status status = connect_to(self, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
  free(name);
  return status;
}

/* ---- opening ---- */

static pubint_status open_to_read(pi_ledger *self, pi_ledger_use use, pubint_error *error) {
  int64_t version = 0;
  pubint_status status = connect_to(self, self->file, SQLITE_OPEN_READONLY, error);
  if (status == PUBINT_OK) status = check_begun(self, use, &version, error);
  if (status == PUBINT_E_SYSTEM && self->db != NULL && is_kept_out(self) && is_sealed(self->file)) {
    status = connect_to_sealed(self, error);
    if (status == PUBINT_OK) status = check_begun(self, use, &version, error);
  }
  if (status == PUBINT_OK) status = set_up(self, error);
  if (status != PUBINT_OK || version == PI_MIGRATIONS_COUNT) return status;
  /* Who reads brings nothing up to date: that is done to a copy, which is gone when it is closed. */
  status = pi_ledger_set_aside(self, error);
  return status == PUBINT_OK ? migrate(self, error) : status;
}

static pubint_status open_to_write(pi_ledger *self, pi_ledger_use use, pubint_error *error) {
  int64_t version = 0;
  pubint_status status = connect_to(self, self->file, SQLITE_OPEN_READWRITE, error);
  if (status == PUBINT_OK) status = check_begun(self, use, &version, error);
  /* SQLite opens what may not be written to be read. */
  if (status == PUBINT_OK && pi_ledger_reads_only(self)) return explain_kept_out(self, true, error);
  if (status == PUBINT_OK) status = use_wal(self, error);
  if (status == PUBINT_OK) status = set_up(self, error);
  return status == PUBINT_OK && version < PI_MIGRATIONS_COUNT ? migrate(self, error) : status;
}

/* SQLite keeps some names to itself, of databases that are gone when they are closed: ":memory:", and what
 * begins as a URI. Written as a path they are files like any other; NULL where memory runs out. */
static char *path_of(const char *file) {
  bool kept = file[0] == ':' || strncmp(file, "file:", strlen("file:")) == 0;
  size_t size = strlen(file) + sizeof "./";
  char *path = malloc(size);
  if (path != NULL) snprintf(path, size, "%s%s", kept ? "./" : "", file);
  return path;
}

/* Takes `file`, which is the ledger's name as well; NULL where memory ran out. */
static pubint_status open_database(pi_ledger **out, char *file, pi_ledger_use use, pubint_error *error) {
  *out = NULL;
  pi_ledger *self = calloc(1, sizeof *self);
  if (self == NULL || file == NULL) {
    free(self);
    free(file);
    return pi_error_set(error, PI_E_NO_MEMORY);
  }
  self->file = file;
  bool writes = use == PI_LEDGER_WRITE || use == PI_LEDGER_CREATE;
  pubint_status status = writes ? open_to_write(self, use, error) : open_to_read(self, use, error);
  if (status == PUBINT_OK) {
    *out = self;
    return PUBINT_OK;
  }
  if (status == PUBINT_E_SYSTEM && self->db != NULL && is_kept_out(self) &&
      (error == NULL || (error->code == PI_E_LEDGER_FAILS && error->hint[0] == '\0'))) {
    status = explain_kept_out(self, writes, error);
  }
  pi_ledger_close(self);
  return status;
}

/* What people wrote about people is nobody else's to read, until its owner says otherwise. */
static pubint_status make_private(const char *path, pubint_error *error) {
  int made = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0) return errno == EEXIST ? PUBINT_OK : pi_file_error(error, PI_E_LEDGER_FAILS, path, errno);
  close(made);
  return PUBINT_OK;
}

static pubint_status refuse_name(pi_code code, const char *file, const char *hint, pubint_error *error) {
  pubint_status status = pi_error_set(error, code);
  if (error == NULL) return status;
  pi_error_field(error->file, sizeof error->file, file, strlen(file));
  snprintf(error->hint, sizeof error->hint, "%s", hint);
  return status;
}

pubint_status pi_ledger_open(pi_ledger **out, const char *file, pi_ledger_use use, pubint_error *error) {
  *out = NULL;
  if (file[0] == '\0') {
    return refuse_name(PI_E_NO_LEDGER, file, "--ledger FILE names it, or PUBINT_LEDGER", error);
  }
  if (use != PI_LEDGER_CREATE && access(file, F_OK) != 0 && errno == ENOENT) {
    return refuse_name(PI_E_LEDGER_MISSING, file, "`pubint ledger open` makes it", error);
  }
  char *path = path_of(file);
  pubint_status status = use == PI_LEDGER_CREATE && path != NULL ? make_private(path, error) : PUBINT_OK;
  if (status == PUBINT_OK) return open_database(out, path, use, error);
  free(path);
  return status;
}

pubint_status pi_ledger_open_new(pi_ledger **out, pubint_error *error) {
  return open_database(out, strdup(":memory:"), PI_LEDGER_CREATE, error);
}

void pi_ledger_close(pi_ledger *self) {
  if (self == NULL) return;
  if (self->db != NULL) pi_ledger_rollback(self);
  pi_ledger_disconnect(self);
  free(self->file);
  free(self);
}
