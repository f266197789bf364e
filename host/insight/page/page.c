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
  *page =
      (pi_page){.out = out, .width = width < PI_PAGE_WIDTH_MIN ? PI_PAGE_WIDTH_MIN : width, .color = color};
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

void pi_page_end(pi_page *page) {
  pi_buffer *out = page->out;
  while (out->len > 0 && out->data[out->len - 1] == ' ') out->len--;
  pi_buffer_byte(out, '\n');
  page->column = 0;
}

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

/* Lays out `rest`, which was shown already. */
static void lay_out(pi_page *page, unsigned indent, pi_slice mark, pi_style style, pi_slice rest) {
  unsigned mark_columns = (unsigned)pi_columns(mark);
  unsigned begin = indent + mark_columns;
  unsigned whole_line = page->width > begin + 8 ? page->width - begin : 8;
  bool broken = false;
  bool first = true;
  while ((rest.len > 0 || broken || first) && !page->out->failed) {
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

void pi_page_row(pi_page *page, const pi_cell *cells, size_t count) {
  size_t begins[PI_PAGE_CELLS_MAX + 1];
  pi_slice rests[PI_PAGE_CELLS_MAX];
  if (count > PI_PAGE_CELLS_MAX) count = PI_PAGE_CELLS_MAX;
  for (size_t i = 0; i < count; i++) begins[i] = show(page, cells[i].text, false);
  begins[count] = page->shown.len;
  for (size_t i = 0; i < count; i++) {
    rests[i] = begins[count] > 0 ? (pi_slice){page->shown.data + begins[i], begins[i + 1] - begins[i]}
                                 : (pi_slice){"", 0};
  }
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
  forget(page);
}
