#include "page.h"

#include "columns.h"
#include "utf8.h"

/* What a page holds at most while one paragraph is laid out. */
#define SHOWN_BYTES_MAX ((size_t)4 * 1024 * 1024)

static const char *const STYLE_BEGIN[PI_STYLE_COUNT] = {
    [PI_STYLE_PLAIN] = "",          [PI_STYLE_STRONG] = "\033[1m",  [PI_STYLE_FAINT] = "\033[2m",
    [PI_STYLE_HEAD] = "\033[1m",    [PI_STYLE_GOOD] = "\033[1;32m", [PI_STYLE_BAD] = "\033[1;31m",
    [PI_STYLE_OPEN] = "\033[1;33m",
};

void pi_page_init(pi_page *page, pi_buffer *out, unsigned width, bool color) {
  unsigned raised = width < PI_PAGE_WIDTH_LEAST ? PI_PAGE_WIDTH_LEAST : width;
  *page = (pi_page){.out = out, .width = raised, .color = color, .breaks = raised < PI_PAGE_WIDTH_MIN};
  pi_buffer_init(&page->shown, SHOWN_BYTES_MAX);
}

void pi_page_dispose(pi_page *page) {
  if (page->shown.failed) page->out->failed = true;
  pi_buffer_dispose(&page->shown);
}

/* Appends the text to the scratch as it is shown; where it begins there. Only with `lines` does a newline
 * stay one: no name can begin a line of its own. */
static size_t show(pi_page *page, pi_slice text, bool lines) {
  size_t begin = page->shown.len;
  pi_utf8_show(&page->shown, text, lines);
  return begin;
}

static pi_slice shown_since(const pi_page *page, size_t begin) {
  if (page->shown.data == NULL) return (pi_slice){"", 0};
  return (pi_slice){page->shown.data + begin, page->shown.len - begin};
}

/* Empties the scratch, keeping a failure. */
static void forget(pi_page *page) {
  page->shown.len = 0;
}

/* Writes text that was shown already and holds no newline. */
static void put(pi_page *page, pi_style style, pi_slice text) {
  if (text.len == 0) return;
  bool styled = page->color && style != PI_STYLE_PLAIN;
  if (styled) pi_buffer_text(page->out, STYLE_BEGIN[style]);
  pi_buffer_slice(page->out, text);
  if (styled) pi_buffer_text(page->out, "\033[0m");
  page->column += (unsigned)pi_columns(text);
}

unsigned pi_page_columns(pi_page *page, pi_slice text) {
  size_t begin = show(page, text, false);
  unsigned columns = (unsigned)pi_columns(shown_since(page, begin));
  page->shown.len = begin;
  return columns;
}

void pi_page_text(pi_page *page, pi_style style, pi_slice text) {
  pi_utf8_show(&page->shown, text, false);
  put(page, style, shown_since(page, 0));
  forget(page);
}

pi_slice pi_page_policy(pi_slice id) {
  enum { DIGITS = 64, SHOWN = 12 }; /* the digest ends the id; a name may hold any of its marks */
  return (pi_slice){id.ptr, id.len > DIGITS ? id.len - (DIGITS - SHOWN) : id.len};
}

void pi_page_to(pi_page *page, unsigned column) {
  while (page->column < column && !page->out->failed) {
    pi_buffer_byte(page->out, ' ');
    page->column++;
  }
}

void pi_page_right(pi_page *page, unsigned end, pi_style style, pi_slice text) {
  unsigned columns = pi_page_columns(page, text);
  if (columns < end) pi_page_to(page, end - columns);
  pi_page_text(page, style, text);
}

/* --- narrow pages --- */

/* The bytes of a colour's sequence at `at`; 0 where none stands. */
static size_t style_bytes(pi_slice line, size_t at) {
  size_t end = at;
  if (line.ptr[at] != '\033') return 0;
  while (end < line.len && line.ptr[end] != 'm') end++;
  return end < line.len ? end + 1 - at : line.len - at;
}

/* Where the word, or the run of blanks, that begins at `at` ends, and the columns it takes. Colours are a
 * word's. */
static size_t run_end(pi_slice line, size_t at, bool blanks, unsigned *columns) {
  *columns = 0;
  while (at < line.len) {
    size_t bytes = style_bytes(line, at);
    if (bytes > 0 && blanks) break;
    if (bytes == 0) {
      if ((line.ptr[at] == ' ') != blanks) break;
      pi_utf8_decode(line.ptr + at, &bytes);
      *columns += (unsigned)pi_columns((pi_slice){line.ptr + at, bytes});
    }
    at += bytes;
  }
  return at;
}

static void put_blanks(pi_buffer *out, unsigned count) {
  for (; count > 0; count--) pi_buffer_byte(out, ' ');
}

/* Where a word so wide begins on a line of its own: a wide one further to the left, so that it stays whole.
 */
static unsigned indent_of(const pi_page *page, unsigned indent, unsigned columns) {
  return indent + columns > page->width && columns <= page->width ? page->width - columns : indent;
}

/* How many bytes of the word from `at` to `end` fit into so many columns; not less than one character. */
static size_t cut_bytes(pi_slice line, size_t at, size_t end, unsigned room) {
  size_t begin = at;
  unsigned column = 0;
  while (at < end) {
    size_t bytes = style_bytes(line, at);
    if (bytes == 0) {
      pi_utf8_decode(line.ptr + at, &bytes);
      column += (unsigned)pi_columns((pi_slice){line.ptr + at, bytes});
      if (column > room && at > begin) break;
    }
    at += bytes;
  }
  return at - begin;
}

/* Writes the line again, broken between words. Each of its lines begins within the left half of the page. */
static void break_line(const pi_page *page, pi_slice line) {
  unsigned blanks, columns, at_column = 0;
  size_t at = run_end(line, 0, true, &blanks);
  unsigned indent = blanks + 2 < page->width / 2 ? blanks + 2 : page->width / 2;
  run_end(line, at, false, &columns);
  if (blanks + columns > page->width) blanks = indent_of(page, blanks < indent ? blanks : indent, columns);
  for (bool first = true; at < line.len; first = false) {
    size_t end = run_end(line, at, false, &columns);
    if (!first && at_column + blanks + columns > page->width) {
      pi_buffer_byte(page->out, '\n');
      at_column = 0;
      blanks = indent_of(page, indent, columns);
    }
    put_blanks(page->out, blanks);
    at_column += blanks;
    size_t bytes = end - at;
    bool cut = at_column + columns > page->width;
    if (cut) bytes = cut_bytes(line, at, end, page->width - at_column);
    pi_buffer_append(page->out, line.ptr + at, bytes);
    at_column = cut ? page->width : at_column + columns;
    at = run_end(line, at + bytes, true, &blanks);
  }
}

/* Breaks the line that ends what was written so far. */
static void break_last(pi_page *page) {
  size_t begin = page->out->len;
  pi_buffer line;
  while (begin > 0 && page->out->data[begin - 1] != '\n') begin--;
  pi_buffer_init(&line, SHOWN_BYTES_MAX);
  pi_buffer_append(&line, page->out->data + begin, page->out->len - begin);
  if (line.failed) page->out->failed = true;
  page->out->len = begin;
  if (!line.failed) break_line(page, (pi_slice){line.data, line.len});
  pi_buffer_dispose(&line);
}

void pi_page_end(pi_page *page) {
  pi_buffer *out = page->out;
  while (out->len > 0 && out->data[out->len - 1] == ' ') out->len--;
  if (page->breaks && page->column > page->width && !out->failed) break_last(page);
  pi_buffer_byte(out, '\n');
  page->column = 0;
}

/* --- paragraphs --- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Whether the blank at `at` stands between a number and what it counts: "1 follower". */
static bool belongs_together(pi_slice text, size_t at) {
  return at > 0 && is_digit(text.ptr[at - 1]) && at + 1 < text.len && text.ptr[at + 1] != ' ' &&
         !is_digit(text.ptr[at + 1]);
}

/* How many bytes of `text` (not empty, no newline) fit into `room` columns: as many words as do, or as much
 * of a word that is wider than a whole line. 0: its first word fits on the next line but not here. */
static size_t fitting(pi_slice text, unsigned room, unsigned whole_line) {
  size_t words = 0; /* bytes up to the last word that fits */
  unsigned columns = 0;
  size_t at = 0;
  while (at < text.len) {
    size_t bytes;
    pi_utf8_decode(text.ptr + at, &bytes);
    if (text.ptr[at] == ' ' && !belongs_together(text, at)) words = at;
    columns += (unsigned)pi_columns((pi_slice){text.ptr + at, bytes});
    if (columns > room) break;
    at += bytes;
  }
  if (at == text.len) return at;
  if (words > 0 || text.ptr[0] == ' ') return words > 0 ? words : 1;
  size_t end = at;
  while (end < text.len && text.ptr[end] != ' ') end++;
  bool wider = pi_columns((pi_slice){text.ptr, end}) > whole_line;
  return wider || room >= whole_line ? at : 0;
}

/* Takes the next line of at most `room` columns off `rest`; *broken says that a newline ended it. */
static pi_slice take_line(pi_slice *rest, unsigned room, unsigned whole_line, bool *broken) {
  const char *newline = rest->len > 0 ? memchr(rest->ptr, '\n', rest->len) : NULL;
  pi_slice line = {rest->ptr, newline != NULL ? (size_t)(newline - rest->ptr) : rest->len};
  *broken = false;
  size_t bytes = line.len > 0 ? fitting(line, room, whole_line) : 0;
  if (line.len > 0 && bytes == 0 && room < whole_line) return (pi_slice){rest->ptr, 0};
  if (bytes == 0 && line.len > 0) pi_utf8_decode(line.ptr, &bytes); /* a wide character in a narrow cell */
  size_t used = bytes;
  if (bytes == line.len && newline != NULL) {
    used = line.len + 1;
    *broken = true;
  } else {
    while (used < line.len && line.ptr[used] == ' ') used++; /* the blank at which the line was broken */
  }
  *rest = (pi_slice){rest->ptr + used, rest->len - used};
  return (pi_slice){line.ptr, bytes};
}

/* Takes the next word where it is too wide for the paragraph but not for the page, as a line of its own. */
static bool put_wide_word(pi_page *page, unsigned indent, pi_style style, pi_slice *rest) {
  unsigned columns, blanks;
  size_t end = run_end(*rest, 0, false, &columns);
  if (end == 0 || page->column + columns <= page->width) return false;
  if (indent + columns <= page->width || columns > page->width) return false;
  if (page->column > 0) pi_page_end(page);
  pi_page_to(page, indent_of(page, indent, columns));
  put(page, style, (pi_slice){rest->ptr, end});
  pi_page_end(page);
  size_t next = run_end(*rest, end, true, &blanks);
  *rest = (pi_slice){rest->ptr + next, rest->len - next};
  return true;
}

/* Where a paragraph at `indent` begins: where that leaves too little room on a page that breaks lines, on a
 * line of its own further to the left. */
static unsigned room_for(pi_page *page, unsigned indent) {
  enum { ROOM_LEAST = 24, INDENT = 4 };
  if (!page->breaks || page->width >= indent + ROOM_LEAST) return indent;
  if (page->column > INDENT) {
    pi_page_end(page);
    pi_page_to(page, INDENT);
  }
  return INDENT;
}

/* Lays out `rest`, which was shown already. */
static void lay_out(pi_page *page, unsigned indent, pi_slice mark, pi_style style, pi_slice rest) {
  if (rest.len > 0 && page->column + pi_columns(rest) > page->width) indent = room_for(page, indent);
  unsigned mark_columns = (unsigned)pi_columns(mark);
  unsigned begin = indent + mark_columns;
  unsigned whole_line = page->width > begin + 8 ? page->width - begin : 8;
  bool broken = false;
  bool first = true;
  while ((rest.len > 0 || broken || first) && !page->out->failed) {
    if (mark.len == 0 && page->breaks && put_wide_word(page, indent, style, &rest)) {
      first = false;
      continue;
    }
    if (!first || mark.len > 0) pi_page_to(page, indent);
    put(page, PI_STYLE_FAINT, mark);
    unsigned room = page->width > page->column ? page->width - page->column : 0;
    if (!first && room < whole_line) room = whole_line;
    first = false;
    pi_slice line = take_line(&rest, room, whole_line, &broken);
    put(page, style, line);
    pi_page_end(page);
  }
  forget(page);
}

void pi_page_wrap(pi_page *page, unsigned indent, pi_style style, pi_slice text) {
  lay_out(page, indent, (pi_slice){"", 0}, style, shown_since(page, show(page, text, false)));
}

void pi_page_quote(pi_page *page, unsigned indent, pi_slice mark, pi_style style, pi_slice text) {
  lay_out(page, indent, mark, style, shown_since(page, show(page, text, true)));
}

/* --- rows --- */

/* Takes columns from the widest cells until the last ends on the page. */
static void squeeze(const pi_page *page, pi_cell *cells, size_t count) {
  enum { LEAST = 4 };
  const pi_cell *last = &cells[count - 1];
  while (last->column + last->width > page->width) {
    size_t widest = count;
    for (size_t i = 0; i < count; i++) {
      bool wider = widest == count || cells[i].width > cells[widest].width;
      if (!cells[i].right && cells[i].width > LEAST && wider) widest = i;
    }
    if (widest == count) return;
    cells[widest].width--;
    for (size_t i = widest + 1; i < count; i++) cells[i].column--;
  }
}

/* Whether each word of the text fits into that many columns. */
static bool words_fit(pi_slice text, unsigned width) {
  unsigned columns;
  for (size_t at = 0; at < text.len;) {
    at = run_end(text, at, false, &columns);
    if (columns > width) return false;
    at = run_end(text, at, true, &columns);
  }
  return true;
}

/* The cells one behind the other. */
static void put_as_line(pi_page *page, const pi_cell *cells, const pi_slice *texts, size_t count) {
  pi_page_to(page, cells[0].column);
  bool first = true;
  for (size_t i = 0; i < count; i++) {
    if (texts[i].len == 0) continue;
    if (!first) pi_page_to(page, page->column + 2);
    put(page, cells[i].style, texts[i]);
    first = false;
  }
  pi_page_end(page);
}

static void put_row(pi_page *page, const pi_cell *cells, pi_slice *rests, size_t count) {
  bool more = true;
  while (more && !page->out->failed) {
    more = false;
    for (size_t i = 0; i < count; i++) {
      if (rests[i].len == 0) continue;
      bool broken;
      unsigned width = cells[i].width > 0 ? cells[i].width : 1;
      pi_slice line = cells[i].right ? rests[i] : take_line(&rests[i], width, width, &broken);
      unsigned columns = (unsigned)pi_columns(line);
      unsigned indent = cells[i].right && columns < width ? width - columns : 0;
      pi_page_to(page, cells[i].column + indent);
      put(page, cells[i].style, line);
      if (cells[i].right) rests[i].len = 0;
      if (rests[i].len > 0) more = true;
    }
    pi_page_end(page);
  }
}

void pi_page_row(pi_page *page, const pi_cell *given, size_t count) {
  size_t begins[PI_PAGE_CELLS_MAX + 1];
  pi_slice rests[PI_PAGE_CELLS_MAX];
  pi_cell cells[PI_PAGE_CELLS_MAX];
  if (count > PI_PAGE_CELLS_MAX) count = PI_PAGE_CELLS_MAX;
  if (count == 0) return;
  for (size_t i = 0; i < count; i++) cells[i] = given[i];
  for (size_t i = 0; i < count; i++) begins[i] = show(page, cells[i].text, false);
  begins[count] = page->shown.len;
  for (size_t i = 0; i < count; i++) {
    rests[i] = begins[count] > 0 ? (pi_slice){page->shown.data + begins[i], begins[i + 1] - begins[i]}
                                 : (pi_slice){"", 0};
  }
  bool fits = true;
  if (page->width < PI_PAGE_WIDTH_MIN) {
    squeeze(page, cells, count);
    for (size_t i = 0; i < count; i++) fits = fits && words_fit(rests[i], cells[i].width);
    fits = fits && cells[count - 1].column + cells[count - 1].width <= page->width;
  }
  if (fits)
    put_row(page, cells, rests, count);
  else
    put_as_line(page, cells, rests, count);
  forget(page);
}
