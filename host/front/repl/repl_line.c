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

#include "columns.h"
#include "interrupt.h"
#include "repl_complete.h"
#include "repl_history.h"
#include "repl_paste.h"
#include "utf8.h"

#define LINE_BYTES_MAX  ((size_t)1024 * 1024)
#define AHEAD_BYTES_MAX ((size_t)64 * 1024)

enum {
  WATCH_MS = 300,
  ESCAPE_MS = 100, /* what belongs to an escape comes with it */
  KEY_INTERRUPT = 0x03,
  KEY_PASTE = 0x1e, /* nobody types it: stands for the mark that begins a paste */
  KEY_ESCAPE = 0x1b,
};

struct pi_repl_line {
  pi_repl_session *session;
  EditLine *edit;
  pi_repl_history history;
  const char *prompt;
  pi_slice begun; /* on the lines before, of the same piece of Lua */
  bool interrupted;
  bool marks_pastes; /* the terminal is asked to */
  bool pasting;      /* between the marks */
  pi_repl_paste paste;
  pi_buffer ahead; /* what was typed while a line ended, and is still to be read */
  size_t ahead_at;
  bool ahead_is_newer; /* than the interrupt that was noted last */
  mbstate_t reading;   /* of a character that comes in several bytes */
};

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
  if (!session->policy.watch.on || !pi_repl_watch_changed(&session->policy.watch, session->policy.directory))
    return;
  fputs("\r\033[K", stdout);
  pi_repl_reload(session, false);
  pi_repl_flush(&session->terminal);
  el_set(self->edit, EL_REFRESH);
}

/* The next byte, an interrupt as its key; false when there are none any more. */
static bool next_byte(pi_repl_line *self, char *out) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  if (self->ahead_at < self->ahead.len) {
    *out = self->ahead.data[self->ahead_at++];
    return true;
  }
  for (;;) {
    int ready = pi_interrupt_poll(&input, self->session->policy.watch.on ? WATCH_MS : -1);
    if (pi_interrupt_ended()) return false;
    if (pi_interrupt_take_size()) el_resize(self->edit);
    if (pi_interrupt_take()) {
      self->reading = (mbstate_t){0};
      *out = KEY_INTERRUPT;
      return true;
    }
    if (ready == 0) look_at_scripts(self);
    if (ready < 0 && errno != EINTR) return false;
    if (ready <= 0) continue;
    ssize_t got = read(STDIN_FILENO, out, 1);
    if (got > 0) return true;
    if (got == 0 || (errno != EINTR && errno != EAGAIN)) return false;
  }
}

/* Adds what the terminal has, or comes to have within the time, to what was typed ahead; false for nothing.
 */
static bool read_ahead(pi_repl_line *self, int patience_ms) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  char text[4096];
  if (self->ahead_at > 0) {
    self->ahead.len -= self->ahead_at;
    memmove(self->ahead.data, self->ahead.data + self->ahead_at, self->ahead.len);
    self->ahead_at = 0;
  }
  size_t room = AHEAD_BYTES_MAX - self->ahead.len;
  if (room == 0 || poll(&input, 1, patience_ms) <= 0) return false;
  ssize_t got = read(STDIN_FILENO, text, room < sizeof text ? room : sizeof text);
  if (got > 0) pi_buffer_append(&self->ahead, text, (size_t)got);
  return got > 0;
}

/* Whether the mark that begins a paste follows an escape, and takes it. It is looked for here, since as the
 * beginning of a longer key an escape could be none by itself, which vi cannot do without. */
static bool take_paste_mark(pi_repl_line *self) {
  static const char MARK[] = "[200~";
  size_t length = sizeof MARK - 1;
  for (;;) {
    size_t there = self->ahead.len - self->ahead_at;
    size_t common = there < length ? there : length;
    if (common > 0 && memcmp(self->ahead.data + self->ahead_at, MARK, common) != 0) return false;
    if (common == length) break;
    if (!read_ahead(self, ESCAPE_MS)) return false;
  }
  self->ahead_at += length;
  return true;
}

/* Reads one character as libedit asks for it: 1, or 0 at the end. Bytes that are no UTF-8 are passed over. */
static int read_character(EditLine *edit, wchar_t *out) {
  pi_repl_line *self = self_of(edit);
  char byte;
  while (next_byte(self, &byte)) {
    if (byte == KEY_ESCAPE && !self->pasting && take_paste_mark(self)) {
      self->pasting = true;
      *out = KEY_PASTE;
      return 1;
    }
    size_t length = mbrtowc(out, &byte, 1, &self->reading);
    if (length == (size_t)-2) continue;
    if (length != (size_t)-1) return 1;
    self->reading = (mbstate_t){0};
  }
  return 0;
}

/* While a line is edited Ctrl-C is a key. One that was typed right behind the line's end, before the terminal
 * took it for a signal again, lies in the terminal's queue: it is looked for, or it would wait until after
 * the evaluation that it is to end. What else was typed is kept. */
static void take_ahead(pi_repl_line *self) {
  (void)read_ahead(self, 0);
  for (size_t i = self->ahead_at; i < self->ahead.len; i++) {
    if (self->ahead.data[i] != KEY_INTERRUPT) continue;
    self->ahead_at = i + 1; /* as the terminal does: what stands before it is dropped */
    self->ahead_is_newer = true;
    pi_interrupt_note();
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

static void list_candidates(const pi_repl_candidates *candidates) {
  unsigned width = pi_terminal_width();
  size_t widest = 0;
  for (size_t at = 0; at < candidates->names.len; at += strlen(candidates->names.data + at) + 1) {
    size_t length = pi_columns(pi_slice_of(candidates->names.data + at));
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
  if (candidates->partial) {
    pi_page_text(&page, PI_STYLE_PLAIN, PI_SLICE("and perhaps more"));
    pi_page_end(&page);
  }
  (void)fwrite(shown.data, 1, shown.len, stdout);
  fflush(stdout);
  pi_page_dispose(&page);
  pi_buffer_dispose(&shown);
}

/* Puts `text` in the place of the last `typed` bytes before the cursor. */
static void replace_typed(EditLine *edit, pi_slice typed, pi_slice text, const char *after) {
  pi_buffer word;
  pi_buffer_init(&word, LINE_BYTES_MAX);
  pi_buffer_slice(&word, text);
  pi_buffer_text(&word, after);
  if (pi_buffer_end(&word) != NULL) {
    el_deletestr(edit, (int)pi_utf8_count(typed)); /* it counts characters */
    el_insertstr(edit, word.data);
  }
  pi_buffer_dispose(&word);
}

static unsigned char key_complete(EditLine *edit, int key) {
  (void)key;
  pi_repl_line *self = self_of(edit);
  const LineInfo *line = el_line(edit);
  pi_slice before = {line->buffer, (size_t)(line->cursor - line->buffer)};
  pi_repl_candidates candidates;
  pi_repl_candidates_init(&candidates);
  pi_repl_complete(self->session, self->begun, before, &candidates);
  unsigned char result = CC_REFRESH_BEEP;
  pi_slice typed = {before.ptr + candidates.begin, before.len - candidates.begin};
  if (candidates.insert > 0) {
    replace_typed(edit, typed, (pi_slice){candidates.names.data, candidates.insert},
                  candidates.count == 1 ? candidates.after : "");
    result = CC_REFRESH;
  } else if (candidates.count > 0) {
    list_candidates(&candidates);
    result = CC_REDISPLAY;
  }
  pi_repl_candidates_dispose(&candidates);
  return result;
}

/* --- pasting --- */

/* Takes what is pasted up to the end mark; false when Ctrl-C or the end of all input comes before that. */
static bool read_pasted(pi_repl_line *self) {
  static const wchar_t END[] = L"\033[201~";
  size_t matched = 0;
  pi_repl_paste_forget(&self->paste);
  while (END[matched] != L'\0') {
    wchar_t c;
    if (el_wgetc(self->edit, &c) != 1) return false;
    if (c == KEY_INTERRUPT) {
      self->interrupted = true;
      return false;
    }
    if (c == END[matched]) {
      matched++;
      continue;
    }
    for (size_t i = 0; i < matched; i++) pi_repl_paste_add(&self->paste, END[i]);
    matched = c == END[0] ? 1 : 0;
    if (matched == 0) pi_repl_paste_add(&self->paste, c);
  }
  return true;
}

/* The terminal says that what follows is pasted: no key of it has a meaning but Ctrl-C, which terminals do
 * not paste. The first line goes where the cursor is, the others wait. */
static unsigned char key_paste(EditLine *edit, int key) {
  (void)key;
  pi_repl_line *self = self_of(edit);
  if (!self->pasting) return CC_ERROR;
  bool whole = read_pasted(self);
  self->pasting = false;
  if (!whole) {
    pi_repl_paste_forget(&self->paste);
    return CC_EOF;
  }
  pi_buffer first;
  bool ended;
  pi_buffer_init(&first, PI_REPL_PASTE_BYTES_MAX);
  bool any = pi_repl_paste_take(&self->paste, &first, &ended);
  if (any && first.len > 0) el_insertstr(edit, first.data);
  if (any && ended) el_push(edit, "\n");
  pi_buffer_dispose(&first);
  return any ? CC_REFRESH : CC_REFRESH_BEEP;
}

/* Takes the next of the pasted lines, shown as if it had been typed. One that has no end yet is left to be
 * edited. */
static bool take_pasted(pi_repl_line *self, pi_buffer *out) {
  bool ended;
  if (!pi_repl_paste_take(&self->paste, out, &ended)) return false;
  if (!ended) {
    el_push(self->edit, out->data);
    pi_buffer_reset(out);
    return false;
  }
  pi_page page;
  pi_buffer shown;
  pi_buffer_init(&shown, 8 * PI_REPL_PASTE_BYTES_MAX);
  pi_page_init(&page, &shown, PI_PAGE_WIDTH_MIN, false);
  pi_page_text(&page, PI_STYLE_PLAIN, pi_slice_of(self->prompt));
  pi_page_text(&page, PI_STYLE_PLAIN, (pi_slice){out->data, out->len});
  pi_buffer_byte(&shown, '\n');
  if (!shown.failed) (void)fwrite(shown.data, 1, shown.len, stdout);
  fflush(stdout);
  pi_page_dispose(&page);
  pi_buffer_dispose(&shown);
  return true;
}

/* --- reading --- */

bool pi_repl_line_waits(const pi_repl_line *self) {
  return pi_repl_paste_waits(&self->paste);
}

pi_repl_line_end pi_repl_line_read(pi_repl_line *self, const char *prompt, pi_slice begun, pi_buffer *out) {
  pi_buffer_reset(out);
  self->prompt = prompt;
  self->begun = begun;
  if (pi_interrupt_came()) { /* what was pasted or typed behind an interrupted line goes with it */
    pi_repl_paste_forget(&self->paste);
    if (!self->ahead_is_newer) self->ahead_at = self->ahead.len;
  }
  self->ahead_is_newer = false;
  if (take_pasted(self, out)) {
    pi_repl_history_add(&self->history, out);
    return PI_REPL_LINE_READ;
  }
  self->interrupted = false;
  if (self->marks_pastes) fputs("\033[?2004h", stdout); /* the terminal marks what is pasted, from now on */
  fflush(stdout);
  el_set(self->edit, EL_PREP_TERM, 1); /* before the prompt stands there, so that no key is met unprepared */
  (void)pi_interrupt_take();           /* from here on Ctrl-C is a key: what it was to end has ended */
  int length;
  const char *line = el_gets(self->edit, &length);
  take_ahead(self);
  if (self->marks_pastes) fputs("\033[?2004l", stdout);
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
  static const char *const OURS[][2] = {{"^I", "pubint-complete"},
                                        {"^C", "pubint-interrupt"},
                                        {"^Z", "pubint-suspend"},
                                        {"\\036", "pubint-paste"}};
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
  for (size_t i = 0; i < sizeof OURS / sizeof OURS[0]; i++) {
    el_set(edit, EL_BIND, OURS[i][0], OURS[i][1], NULL);
    el_set(edit, EL_BIND, "-a", OURS[i][0], OURS[i][1], NULL); /* vi has keys of its own for commands */
  }
  el_set(edit, EL_SETTY, "-d", "-isig", NULL); /* while a line is edited Ctrl-C and Ctrl-Z are keys */
}

pi_repl_line *pi_repl_line_new(pi_repl_session *session) {
  pi_repl_line *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->session = session;
  self->prompt = "";
  const char *terminal = getenv("TERM");
  self->marks_pastes = terminal != NULL && strcmp(terminal, "dumb") != 0;
  pi_repl_paste_init(&self->paste);
  pi_buffer_init(&self->ahead, AHEAD_BYTES_MAX);
  set_characters();
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
  pi_repl_paste_dispose(&self->paste);
  pi_buffer_dispose(&self->ahead);
  free(self);
}
