#include "repl_line.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "repl_complete.h"
#include "repl_history.h"

#define PASTE_BYTES_MAX ((size_t)4 * 1024 * 1024)
#define LINE_BYTES_MAX  ((size_t)1024 * 1024)

enum { WATCH_MS = 300 };

struct pi_repl_line {
  pi_repl_session *session;
  EditLine *edit;
  pi_repl_history history;
  const char *prompt;
  bool interrupted;
  pi_buffer pasted; /* lines that were pasted and are still to be run */
  size_t pasted_at;
  mbstate_t reading; /* of a character that comes in several bytes */
};

/* Set by the one signal that only says that the size is another. */
static volatile sig_atomic_t resized;

static void note_size(int signal_number) {
  (void)signal_number;
  resized = 1;
}

static pi_repl_line *self_of(EditLine *edit) {
  void *self = NULL;
  el_get(edit, EL_CLIENTDATA, &self);
  return self;
}

static char *prompt_of(EditLine *edit) {
  return (char *)(uintptr_t)self_of(edit)->prompt;
}

/* --- characters --- */

/* Scripts that were edited are taken while somebody thinks: the line is put aside for what there is to say.
 */
static void look_at_scripts(pi_repl_line *self) {
  pi_repl_session *session = self->session;
  if (!session->watch.on || !pi_repl_watch_changed(&session->watch, session->directory)) return;
  fputs("\r\033[K", stdout);
  pi_repl_reload(session, false);
  pi_repl_flush(session);
  el_set(self->edit, EL_REFRESH);
}

/* Waits for a byte; false when there are none any more. */
static bool wait_for_input(pi_repl_line *self) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  for (;;) {
    int ready = poll(&input, 1, self->session->watch.on ? WATCH_MS : -1);
    if (resized) {
      resized = 0;
      el_resize(self->edit);
    }
    if (ready > 0) return true;
    if (ready == 0) look_at_scripts(self);
    if (ready < 0 && errno != EINTR) return false;
  }
}

/* Reads one character as libedit asks for it: 1, or 0 at the end. Bytes that are no UTF-8 are passed over. */
static int read_character(EditLine *edit, wchar_t *out) {
  pi_repl_line *self = self_of(edit);
  for (;;) {
    char byte;
    if (!wait_for_input(self)) return 0;
    ssize_t got = read(STDIN_FILENO, &byte, 1);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return 0;
    size_t length = mbrtowc(out, &byte, 1, &self->reading);
    if (length == (size_t)-2) continue;
    if (length != (size_t)-1) return 1;
    self->reading = (mbstate_t){0};
  }
}

/* --- keys --- */

/* Ctrl-C while a line is edited: the terminal sends no signal then. */
static unsigned char key_interrupt(EditLine *edit, int key) {
  (void)key;
  self_of(edit)->interrupted = true;
  return CC_EOF;
}

/* Ctrl-Z: the terminal is given back while the program rests. */
static unsigned char key_suspend(EditLine *edit, int key) {
  (void)key;
  el_set(edit, EL_PREP_TERM, 0);
  kill(0, SIGTSTP);
  el_set(edit, EL_PREP_TERM, 1);
  return CC_REDISPLAY;
}

static void list_candidates(pi_repl_line *self, const pi_repl_candidates *candidates) {
  unsigned width = pi_terminal_width();
  size_t widest = 0;
  for (size_t at = 0; at < candidates->names.len; at += strlen(candidates->names.data + at) + 1) {
    size_t length = strlen(candidates->names.data + at);
    if (length > widest) widest = length;
  }
  unsigned columns = (unsigned)(width / (widest + 2));
  if (columns == 0) columns = 1;
  pi_page page;
  pi_buffer shown;
  pi_buffer_init(&shown, LINE_BYTES_MAX);
  pi_page_init(&page, &shown, width, false);
  pi_buffer_byte(&shown, '\n');
  unsigned column = 0;
  for (size_t at = 0; at < candidates->names.len; at += strlen(candidates->names.data + at) + 1) {
    pi_page_to(&page, column * (unsigned)(widest + 2));
    pi_page_text(&page, PI_STYLE_PLAIN, pi_slice_of(candidates->names.data + at));
    if (++column < columns) continue;
    pi_page_end(&page);
    column = 0;
  }
  if (column > 0) pi_page_end(&page);
  (void)fwrite(shown.data, 1, shown.len, stdout);
  fflush(stdout);
  pi_page_dispose(&page);
  pi_buffer_dispose(&shown);
  (void)self;
}

static unsigned char key_complete(EditLine *edit, int key) {
  (void)key;
  pi_repl_line *self = self_of(edit);
  const LineInfo *line = el_line(edit);
  pi_slice before = {line->buffer, (size_t)(line->cursor - line->buffer)};
  pi_repl_candidates candidates;
  pi_repl_candidates_init(&candidates);
  pi_repl_complete(self->session, before, &candidates);
  unsigned char result = CC_REFRESH_BEEP;
  size_t typed = before.len - candidates.begin;
  size_t common = pi_repl_candidates_common(&candidates);
  bool same = candidates.count > 0 && common >= typed &&
              memcmp(candidates.names.data, before.ptr + candidates.begin, typed) == 0;
  if (candidates.count == 1 || (candidates.count > 1 && same && common > typed)) {
    char word[1024];
    snprintf(word, sizeof word, "%.*s%s", (int)common, candidates.names.data,
             candidates.count == 1 ? candidates.after : "");
    el_deletestr(edit, (int)typed);
    el_insertstr(edit, word);
    result = CC_REFRESH;
  } else if (candidates.count > 1) {
    list_candidates(self, &candidates);
    result = CC_REDISPLAY;
  }
  pi_repl_candidates_dispose(&candidates);
  return result;
}

/* --- pasting --- */

/* Adds one character; a carriage return, which terminals send for a newline, is one. */
static void add_pasted(pi_repl_line *self, wchar_t c, bool *after_return) {
  char bytes[MB_LEN_MAX];
  mbstate_t state = {0};
  bool repeated = c == L'\n' && *after_return;
  *after_return = c == L'\r';
  if (repeated) return;
  size_t length = wcrtomb(bytes, c == L'\r' ? L'\n' : c, &state);
  if (length != (size_t)-1) pi_buffer_append(&self->pasted, bytes, length);
}

/* The terminal says that what follows is pasted: it is taken up to the end mark without any key of it having
 * a meaning. The first line goes where the cursor is, the others wait. */
static unsigned char key_paste(EditLine *edit, int key) {
  static const wchar_t END[] = L"\033[201~";
  (void)key;
  pi_repl_line *self = self_of(edit);
  size_t matched = 0;
  bool after_return = false;
  pi_buffer_reset(&self->pasted);
  self->pasted_at = 0;
  while (END[matched] != L'\0') {
    wchar_t c;
    if (el_wgetc(edit, &c) != 1) return CC_EOF;
    if (c == END[matched]) {
      matched++;
      continue;
    }
    for (size_t i = 0; i < matched; i++) add_pasted(self, END[i], &after_return);
    matched = c == END[0] ? 1 : 0;
    if (matched == 0) add_pasted(self, c, &after_return);
  }
  if (self->pasted.failed || self->pasted.len == 0) {
    pi_buffer_reset(&self->pasted);
    return CC_REFRESH_BEEP;
  }
  const char *text = self->pasted.data;
  const char *newline = memchr(text, '\n', self->pasted.len);
  size_t length = newline != NULL ? (size_t)(newline - text) : self->pasted.len;
  pi_buffer first;
  pi_buffer_init(&first, PASTE_BYTES_MAX);
  for (size_t i = 0; i < length; i++) { /* a tab is a blank here: nothing is to be completed */
    bool control = (unsigned char)text[i] < 0x20 || text[i] == 0x7f;
    pi_buffer_byte(&first, control ? ' ' : text[i]);
  }
  if (pi_buffer_end(&first) != NULL) el_insertstr(edit, first.data);
  pi_buffer_dispose(&first);
  if (newline == NULL) {
    pi_buffer_reset(&self->pasted);
    return CC_REFRESH;
  }
  self->pasted_at = length + 1;
  el_push(edit, "\n");
  return CC_REFRESH;
}

/* A pasted line is shown as if it had been typed, tabs as blanks. */
static void show_pasted(const pi_repl_line *self, pi_slice line) {
  pi_page page;
  pi_buffer shown;
  pi_buffer_init(&shown, PASTE_BYTES_MAX);
  pi_page_init(&page, &shown, PI_PAGE_WIDTH_MIN, false);
  pi_page_text(&page, PI_STYLE_PLAIN, pi_slice_of(self->prompt));
  for (size_t begin = 0, end; begin <= line.len; begin = end + 1) {
    const char *tab = memchr(line.ptr + begin, '\t', line.len - begin);
    end = tab != NULL ? (size_t)(tab - line.ptr) : line.len;
    pi_page_text(&page, PI_STYLE_PLAIN, (pi_slice){line.ptr + begin, end - begin});
    if (tab != NULL) pi_page_text(&page, PI_STYLE_PLAIN, PI_SLICE(" "));
  }
  pi_buffer_byte(&shown, '\n');
  if (shown.len > 0) (void)fwrite(shown.data, 1, shown.len, stdout);
  fflush(stdout);
  pi_page_dispose(&page);
  pi_buffer_dispose(&shown);
}

/* Takes the next of the pasted lines. One that has no end yet is left to be edited. */
static bool take_pasted(pi_repl_line *self, pi_buffer *out) {
  size_t left = self->pasted.len - self->pasted_at;
  if (left == 0) return false;
  const char *at = self->pasted.data + self->pasted_at;
  const char *newline = memchr(at, '\n', left);
  if (newline == NULL) {
    char *rest = malloc(left + 1);
    for (size_t i = 0; rest != NULL && i < left; i++) rest[i] = (unsigned char)at[i] < 0x20 ? ' ' : at[i];
    if (rest != NULL) {
      rest[left] = '\0';
      el_push(self->edit, rest);
    }
    free(rest);
    self->pasted_at = self->pasted.len;
    return false;
  }
  size_t length = (size_t)(newline - at);
  pi_buffer_append(out, at, length);
  self->pasted_at += length + 1;
  show_pasted(self, (pi_slice){at, length});
  return true;
}

/* --- reading --- */

pi_repl_line_end pi_repl_line_read(pi_repl_line *self, const char *prompt, pi_buffer *out) {
  pi_buffer_reset(out);
  self->prompt = prompt;
  if (pi_repl_interrupted(NULL)) { /* what was pasted behind an interrupted line goes with it */
    pi_buffer_reset(&self->pasted);
    self->pasted_at = 0;
  }
  if (take_pasted(self, out)) {
    pi_repl_history_add(&self->history, out);
    return PI_REPL_LINE_READ;
  }
  self->interrupted = false;
  fputs("\033[?2004h", stdout); /* the terminal marks what is pasted, from now on */
  fflush(stdout);
  el_set(self->edit, EL_PREP_TERM, 1); /* before the prompt stands there, so that no key is met unprepared */
  int length;
  const char *line = el_gets(self->edit, &length);
  fputs("\033[?2004l", stdout);
  if (line == NULL || length <= 0) {
    fputs(self->interrupted ? "^C\n" : "\n", stdout);
    fflush(stdout);
    return self->interrupted ? PI_REPL_LINE_INTERRUPTED : PI_REPL_LINE_CLOSED;
  }
  fflush(stdout);
  size_t bytes = (size_t)length;
  while (bytes > 0 && (line[bytes - 1] == '\n' || line[bytes - 1] == '\r')) bytes--;
  pi_buffer_append(out, line, bytes);
  pi_repl_history_add(&self->history, out);
  return PI_REPL_LINE_READ;
}

/* --- making --- */

/* The terminal's characters are UTF-8 unless its user says otherwise in a way that we can read. */
static void set_characters(void) {
  const char *locale = setlocale(LC_CTYPE, "");
  if (locale == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static void bind_keys(EditLine *edit) {
  el_set(edit, EL_EDITOR, "emacs");
  /* Wide: libedit keeps these as they are, and copies of narrow ones for ever. */
  el_wset(edit, EL_ADDFN, L"pubint-complete", L"complete a word", key_complete);
  el_wset(edit, EL_ADDFN, L"pubint-interrupt", L"drop the line", key_interrupt);
  el_wset(edit, EL_ADDFN, L"pubint-suspend", L"rest in the background", key_suspend);
  el_wset(edit, EL_ADDFN, L"pubint-paste", L"take what is pasted", key_paste);
  el_set(edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
  el_set(edit, EL_BIND, "^W", "ed-delete-prev-word", NULL);
  el_source(edit,
            NULL); /* ~/.editrc: the user's own keys; ours hold where they are about more than editing */
  el_set(edit, EL_BIND, "^I", "pubint-complete", NULL);
  el_set(edit, EL_BIND, "^C", "pubint-interrupt", NULL);
  el_set(edit, EL_BIND, "^Z", "pubint-suspend", NULL);
  el_set(edit, EL_BIND, "\\e[200~", "pubint-paste", NULL);
  el_set(edit, EL_SETTY, "-d", "-isig", NULL); /* while a line is edited Ctrl-C and Ctrl-Z are keys */
}

pi_repl_line *pi_repl_line_new(pi_repl_session *session) {
  pi_repl_line *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->session = session;
  self->prompt = "";
  pi_buffer_init(&self->pasted, PASTE_BYTES_MAX);
  set_characters();
  struct sigaction action = {.sa_handler = note_size};
  sigemptyset(&action.sa_mask);
  sigaction(SIGWINCH, &action, NULL);
  self->edit = el_init("pubint", stdin, stdout, stderr);
  if (self->edit == NULL) {
    free(self);
    return NULL;
  }
  el_set(self->edit, EL_CLIENTDATA, self);
  el_set(self->edit, EL_PROMPT, prompt_of);
  el_set(self->edit, EL_GETCFN, read_character);
  pi_repl_history_open(&self->history, self->edit);
  bind_keys(self->edit);
  return self;
}

void pi_repl_line_free(pi_repl_line *self) {
  if (self == NULL) return;
  pi_repl_history_close(&self->history);
  el_end(self->edit);
  pi_buffer_dispose(&self->pasted);
  free(self);
}
