#include "attack.h"
#include "files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAIN_FILE "rules/abuse_harassment.lua"

enum { FILES_MAX = 600, EXPANDED_MAX = 1024 * 1024 };

static const char OPEN_MARK[] = "\xc2\xab", CLOSE_MARK[] = "\xc2\xbb", PART_MARK[] = "\n--== ";

const char *attack_outcome_name(unsigned outcome) {
  switch (outcome) {
  case ATTACK_REFUSED: return "refused-at-load";
  case ATTACK_ERROR: return "error";
  case ATTACK_INSTRUCTIONS: return "limit-instructions";
  case ATTACK_MEMORY: return "limit-memory";
  case ATTACK_TIME: return "limit-time";
  case ATTACK_RAN: return "ran";
  default: return "?";
  }
}

/* ---- the header ---- */

/* The rest of the first line that has "-- KEY: "; false where there is none. */
static bool header(const char *head, const char *key, char *out, size_t size) {
  char wanted[32];
  snprintf(wanted, sizeof wanted, "-- %s: ", key);
  const char *at = strstr(head, wanted);
  if (at == NULL) return false;
  at += strlen(wanted);
  size_t length = strcspn(at, "\n");
  assert_true(length < size);
  memcpy(out, at, length);
  out[length] = '\0';
  return true;
}

static void read_expected(attack *self, const char *words) {
  static const struct {
    const char *word;
    unsigned outcomes;
    bool deterministic;
  } WORDS[] = {
      {"refused-at-load", ATTACK_REFUSED, false},
      {"error", ATTACK_ERROR | ATTACK_REFUSED, false},
      {"limit-instructions", ATTACK_INSTRUCTIONS | ATTACK_MEMORY, false},
      {"limit-memory", ATTACK_INSTRUCTIONS | ATTACK_MEMORY, false},
      {"limit-time", ATTACK_INSTRUCTIONS | ATTACK_MEMORY | ATTACK_TIME, false},
      {"harmless", ATTACK_RAN, false},
      {"deterministic", ATTACK_RAN, true},
  };
  for (const char *p = words; *p != '\0'; p += *p == '|') {
    size_t length = strcspn(p, "|"), i = 0;
    while (i < sizeof WORDS / sizeof *WORDS &&
           (strlen(WORDS[i].word) != length || memcmp(WORDS[i].word, p, length) != 0))
      i++;
    if (i == sizeof WORDS / sizeof *WORDS) fail_msg("%s: unknown outcome in \"%s\"", self->name, words);
    self->expected |= WORDS[i].outcomes;
    self->deterministic = self->deterministic || WORDS[i].deterministic;
    p += length;
  }
}

static bool is_contribution(const char *text) {
  return text[0] != '\0' && strchr("HIR", text[0]) != NULL && text[1] == ':';
}

/* A result is prose with the contributions in it ("an error, or I:12:1:1"), joined by ; or blanks, or "no
 * contribution …". */
static void read_result(attack *self, const char *prose) {
  self->has_result = strstr(prose, "no contribution") != NULL;
  const char *p = prose;
  while (*p != '\0' && !(is_contribution(p) && (p == prose || p[-1] == ' '))) p++;
  for (size_t used = 0; is_contribution(p);) {
    size_t length = strcspn(p, " ,");
    assert_true(used + length + 1 < sizeof self->result);
    if (used > 0) self->result[used++] = ';';
    memcpy(self->result + used, p, length);
    used += length;
    self->result[used] = '\0';
    self->has_result = true;
    p += length + (p[length] == ' ');
  }
}

static void read_header(attack *self, const char *head) {
  char line[2048];
  if (!header(head, "at", line, sizeof line)) fail_msg("%s: no line \"-- at:\"", self->name);
  self->at_load = strcmp(line, "load") == 0;
  if (!header(head, "expect", line, sizeof line)) fail_msg("%s: no line \"-- expect:\"", self->name);
  read_expected(self, line);
  if (header(head, "result", line, sizeof line)) read_result(self, line);
  if (header(head, "line", line, sizeof line)) self->line = (uint32_t)strtoul(line, NULL, 10);
}

/* ---- templates ---- */

typedef struct writer {
  char *out;
  size_t length;
} writer;

static void put(writer *w, const char *bytes, size_t length) {
  assert_true(w->length + length < EXPANDED_MAX);
  memcpy(w->out + w->length, bytes, length);
  w->length += length;
}

/* «COUNT*text» */
static void put_copies(writer *w, long count, const char *text, const char *end) {
  for (long i = 1; i <= count; i++) {
    for (const char *p = text; p < end; p++) {
      char number[24];
      if (*p != '@') {
        put(w, p, 1);
        continue;
      }
      long shown = p + 1 < end && p[1] == '+' ? i + 1 : p + 1 < end && p[1] == '-' ? i - 1 : i;
      if (shown != i) p++;
      put(w, number, (size_t)snprintf(number, sizeof number, "%ld", shown));
    }
  }
}

/* Writes what a template makes of `text` to new memory. */
static char *expand(const char *text, size_t *length) {
  writer w = {malloc(EXPANDED_MAX), 0};
  assert_non_null(w.out);
  for (const char *p = text; *p != '\0';) {
    const char *open = strstr(p, OPEN_MARK);
    if (open == NULL) {
      put(&w, p, strlen(p));
      break;
    }
    put(&w, p, (size_t)(open - p));
    const char *inside = open + strlen(OPEN_MARK), *close = strstr(inside, CLOSE_MARK);
    assert_non_null(close);
    const char *star = memchr(inside, '*', (size_t)(close - inside));
    if (star != NULL) {
      put_copies(&w, strtol(inside, NULL, 10), star + 1, close);
    } else {
      for (char *next; inside < close; inside = next) {
        char byte = (char)strtoul(inside, &next, 16);
        put(&w, &byte, 1);
      }
    }
    p = close + strlen(CLOSE_MARK);
  }
  w.out[w.length] = '\0';
  *length = w.length;
  return w.out;
}

/* ---- files ---- */

/* Where `mark` begins; bytes may be anything, NUL included. NULL where it is not there. */
static const char *find_mark(const char *from, const char *end, const char *mark) {
  size_t length = strlen(mark);
  for (const char *p = from; p + length <= end; p++) {
    if (memcmp(p, mark, length) == 0) return p;
  }
  return NULL;
}

/* The part "text" is the Tweet's, and no file of the policy. */
static void take_text(attack *self) {
  const attack_part *last = &self->parts[self->parts_count - 1];
  const char *text = "Hello world, go away";
  size_t length = strlen(text);
  if (strcmp(last->file, "text") == 0) {
    text = last->bytes;
    length = last->length - (last->length > 0 && last->bytes[last->length - 1] == '\n');
    self->parts_count--;
  }
  self->text = malloc(length + 1);
  assert_non_null(self->text);
  memcpy(self->text, text, length);
  self->text[length] = '\0';
}

static void split_parts(attack *self, size_t length) {
  const char *end = self->all + length;
  const char *at = self->all;
  for (const char *next = at; next != NULL; at = next) {
    assert_true(self->parts_count < ATTACK_FILES_MAX);
    attack_part *part = &self->parts[self->parts_count++];
    next = find_mark(at, end, PART_MARK);
    if (next != NULL) next++; /* behind the newline */
    snprintf(part->file, sizeof part->file, "%s", MAIN_FILE);
    part->bytes = at;
    part->length = (size_t)((next != NULL ? next : end) - at);
    if (at == self->all) continue;
    const char *name = at + strlen(PART_MARK) - 1, *rest = memchr(name, '\n', part->length);
    assert_non_null(rest);
    snprintf(part->file, sizeof part->file, "%.*s", (int)(rest - name), name);
    part->length -= (size_t)(rest + 1 - at);
    part->bytes = rest + 1;
  }
  take_text(self);
}

static void read_attack(attack *self, const char *folder, const char *file, bool own) {
  char path[512], value[16];
  size_t length, name_length = strlen(file) - strlen(".lua");
  *self = (attack){.own = own};
  assert_true(name_length < sizeof self->name);
  memcpy(self->name, file, name_length);
  snprintf(path, sizeof path, "%s/%s", folder, file);
  self->all = files_read(path, &length);
  assert_non_null(self->all);
  /* The header may stand behind bytes that are no text (a compiled chunk's). */
  const char *head = find_mark(self->all, self->all + length, "-- attack: ");
  if (head == NULL) fail_msg("%s: no line \"-- attack:\"", path);
  read_header(self, head);
  if (own && header(head, "template", value, sizeof value)) {
    char *expanded = expand(self->all, &length);
    free(self->all);
    self->all = expanded;
  }
  split_parts(self, length);
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const attack *)a)->name, ((const attack *)b)->name);
}

void attack_list_read(attack_list *list, const char *folder, bool own) {
  *list = (attack_list){0};
  DIR *stream = opendir(folder);
  if (stream == NULL) return;
  list->attacks = calloc(FILES_MAX, sizeof *list->attacks);
  assert_non_null(list->attacks);
  for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
    size_t length = strlen(entry->d_name);
    if (length < 5 || strcmp(entry->d_name + length - 4, ".lua") != 0) continue;
    assert_true(list->count < FILES_MAX);
    read_attack(&list->attacks[list->count++], folder, entry->d_name, own);
  }
  closedir(stream);
  qsort(list->attacks, list->count, sizeof *list->attacks, by_name);
}

void attack_list_free(attack_list *list) {
  for (size_t i = 0; i < list->count; i++) {
    free(list->attacks[i].text);
    free(list->attacks[i].all);
  }
  free(list->attacks);
}

void attack_put(const attack *self, const trial *policy) {
  for (size_t i = 0; i < self->parts_count; i++) {
    trial_put(policy, self->parts[i].file, self->parts[i].bytes, self->parts[i].length);
  }
}

void attack_take_out(const attack *self, const trial *policy) {
  for (size_t i = 0; i < self->parts_count; i++) trial_restore(policy, self->parts[i].file);
}
