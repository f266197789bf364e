#include "script_maker.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 4, LOCALS_MAX = 20, TOKENS_MAX = 4000 };

typedef struct maker {
  fuzz_stream *stream;
  char *out;
  size_t size, length;
  unsigned depth;
  unsigned loops; /* that are open: more than two would only spend the limit */
  unsigned ids;   /* of factors and conditions so far, so that they mostly differ */
  struct {
    unsigned numbers, strings, tables, functions; /* locals in scope: n1, s1, t1, f1 … */
  } scope;
} maker;

__attribute__((format(printf, 2, 3))) static void put(maker *m, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int n = vsnprintf(m->out + m->length, m->size - m->length, format, arguments);
  va_end(arguments);
  if (n > 0) m->length += (size_t)n;
  if (m->length >= m->size) m->length = m->size - 1; /* cut: it will not load, which is fine */
}

static unsigned pick(maker *m, unsigned count) {
  return fuzz_pick(m->stream, count);
}

/* One of a list of texts. */
#define PUT_ONE(m, list) put((m), "%s", (list)[pick((m), sizeof(list) / sizeof *(list))])

static void number(maker *m);
static void string(maker *m);
static void boolean(maker *m);
static void table(maker *m);
static void block(maker *m);

/* Something of another type than was asked for. */
static void confusion(maker *m) {
  static const char *const THINGS[] = {"nil",
                                       "case",
                                       "balance",
                                       "true",
                                       "{}",
                                       "'x'",
                                       "12",
                                       "print",
                                       "case.tweet.text",
                                       "case.violation.grounds",
                                       "data 'words'",
                                       "function() end",
                                       "..."};
  PUT_ONE(m, THINGS);
}

/* ---- expressions ---- */

static void number_leaf(maker *m) {
  static const char *const NUMBERS[] = {"0",
                                        "1",
                                        "2",
                                        "3",
                                        "10",
                                        "0.5",
                                        "-1",
                                        "1e3",
                                        "0x10",
                                        "1 // 1",
                                        "2 ^ 3",
                                        "math.pi",
                                        "math.huge",
                                        "math.maxinteger",
                                        "math.mininteger",
                                        "1e308",
                                        "0.1",
                                        "case.context.public_debate",
                                        "case.context.hyperbole",
                                        "1 / 3",
                                        "100",
                                        "7 % 4",
                                        "case.account.followers_count",
                                        "case.context.offline_harm.severity"};
  if (m->scope.numbers > 0 && pick(m, 2) == 0)
    put(m, "n%u", 1 + pick(m, m->scope.numbers));
  else
    PUT_ONE(m, NUMBERS);
}

static void number_call(maker *m) {
  static const char *const ONE[] = {"math.abs", "math.floor", "math.ceil", "math.sqrt", "(tonumber)"};
  switch (pick(m, 6)) {
  case 0:
    PUT_ONE(m, ONE);
    put(m, "(");
    number(m);
    put(m, ")");
    break;
  case 1:
    put(m, pick(m, 2) ? "math.max(" : "math.min(");
    number(m);
    put(m, ", ");
    number(m);
    put(m, ")");
    break;
  case 2:
    put(m, "text.length(");
    string(m);
    put(m, ")");
    break;
  case 3:
    put(m, "text.count(");
    string(m);
    put(m, ", '\\\\w+')");
    break;
  case 4:
    put(m, "string.len(");
    string(m);
    put(m, ")");
    break;
  default:
    if (m->scope.functions == 0) {
      number_leaf(m);
    } else {
      put(m, "f%u(", 1 + pick(m, m->scope.functions));
      number(m);
      put(m, ")");
    }
  }
}

static void number(maker *m) {
  static const char *const SIGNS[] = {"+", "-", "*", "/", "//", "%", "^", "|", "&", "~", "<<"};
  if (pick(m, 60) == 59) {
    confusion(m);
  } else if (++m->depth > DEPTH_MAX || pick(m, 2) == 0) {
    number_leaf(m);
  } else if (pick(m, 2) == 0) {
    number_call(m);
  } else {
    put(m, "(");
    number(m);
    put(m, " %s ", SIGNS[pick(m, pick(m, 4) == 0 ? 11 : 4)]);
    number(m);
    put(m, ")");
  }
  m->depth--;
  if (m->depth > DEPTH_MAX) m->depth = 0; /* the confusion took none */
}

static void string(maker *m) {
  static const char *const STRINGS[] = {"'a'",
                                        "''",
                                        "'hello world'",
                                        "'\\xc3\\xa9'",
                                        "'\\0'",
                                        "'\\u{1F600}'",
                                        "[[long]]",
                                        "'%d'",
                                        "case.tweet.text",
                                        "case.tweet.lang",
                                        "case.account.kind",
                                        "case.violation.rule",
                                        "tostring(case)",
                                        "'\\xff'",
                                        "type(balance)",
                                        "'10'"};
  static const char *const METHODS[] = {":upper()",     ":lower()", ":sub(2)",
                                        ":sub(-3, -2)", ":rep(3)",  ":rep(2, ',')"};
  unsigned how = pick(m, 40);
  if (how == 39) {
    confusion(m);
  } else if (how < 6 && m->depth < DEPTH_MAX) {
    m->depth++;
    put(m, "(");
    string(m);
    put(m, " .. ");
    if (pick(m, 2))
      string(m);
    else
      number(m);
    put(m, ")");
    m->depth--;
  } else if (how < 14 && m->depth < DEPTH_MAX) {
    m->depth++;
    put(m, "(");
    string(m);
    put(m, ")");
    PUT_ONE(m, METHODS);
    m->depth--;
  } else if (how < 17 && m->depth < DEPTH_MAX) {
    m->depth++;
    put(m, "string.format('%%s %%5.2f', ");
    string(m);
    put(m, ", ");
    number(m);
    put(m, ")");
    m->depth--;
  } else if (how < 20 && m->scope.tables > 0) {
    put(m, "table.concat(t%u, ',')", 1 + pick(m, m->scope.tables));
  } else if (m->scope.strings > 0 && pick(m, 2)) {
    put(m, "s%u", 1 + pick(m, m->scope.strings));
  } else {
    PUT_ONE(m, STRINGS);
  }
}

static void boolean(maker *m) {
  static const char *const SIGNS[] = {"<", "<=", "==", "~=", ">", ">="};
  static const char *const PATTERNS[] = {"\\\\w+",       "(a|b)*c", "(?i)HELLO",   "^.{3}",
                                         "\\\\bgo\\\\b", "(",       "\\\\p{L}{2,}"};
  switch (pick(m, 7)) {
  case 0: put(m, "true"); break;
  case 1: put(m, "case:known 'context.hyperbole'"); break;
  case 2:
    put(m, "text.matches(");
    string(m);
    put(m, ", '%s')", PATTERNS[pick(m, 7)]);
    break;
  case 3:
    put(m, "text.contains(");
    string(m);
    put(m, ", 'o')");
    break;
  case 4:
    put(m, "not (");
    number(m);
    put(m, " == ");
    number(m);
    put(m, ")");
    break;
  default:
    number(m);
    put(m, " %s ", SIGNS[pick(m, 6)]);
    number(m);
  }
}

static void table(maker *m) {
  static const char *const WHOLE[] = {"{}",
                                      "{ 3, 1, 2 }",
                                      "{ 'b', 'a' }",
                                      "{ a = 1, b = 2 }",
                                      "{ [1] = 1, [2] = 2 }",
                                      "case.violation.grounds",
                                      "case.signals",
                                      "data 'words'",
                                      "require 'counter'.kept",
                                      "{ 1, nil, 3 }",
                                      "case.context.withheld_in",
                                      "case.context"};
  if (m->scope.tables > 0 && pick(m, 2)) {
    put(m, "t%u", 1 + pick(m, m->scope.tables));
  } else if (pick(m, 3) == 0) {
    put(m, "{ ");
    for (unsigned items = pick(m, 5); items > 0; items--) {
      number(m);
      put(m, ", ");
    }
    put(m, "}");
  } else {
    PUT_ONE(m, WHOLE);
  }
}

/* ---- statements ---- */

static void declare(maker *m) {
  unsigned total = m->scope.numbers + m->scope.strings + m->scope.tables + m->scope.functions;
  switch (total < LOCALS_MAX ? pick(m, 4) : 4) {
  case 0:
    put(m, "local n%u = ", m->scope.numbers + 1);
    number(m);
    m->scope.numbers++;
    break;
  case 1:
    put(m, "local s%u = ", m->scope.strings + 1);
    string(m);
    m->scope.strings++;
    break;
  case 2:
    put(m, "local t%u = ", m->scope.tables + 1);
    table(m);
    m->scope.tables++;
    break;
  case 3:
    put(m, "local function f%u(x, ...) return ", m->scope.functions + 1);
    number(m);
    put(m, " end");
    m->scope.functions++;
    break;
  default: put(m, "global%u = ", pick(m, 3)); number(m);
  }
  put(m, "\n");
}

static void contribute(maker *m) {
  unsigned id = pick(m, 12) == 0 ? pick(m, 3) : ++m->ids;
  switch (pick(m, 8)) {
  case 0:
    put(m, "balance:condition('c%u', ", id);
    boolean(m);
    put(m, ")\n");
    break;
  case 1:
    put(m, "balance:note(");
    string(m);
    put(m, ")\n");
    break;
  case 2:
    put(m, "balance:interest('i%u', ", id);
    number(m);
    put(m, ", ");
    number(m);
    put(m, ")\n");
    break;
  default:
    put(m, "balance:%s('h%u', math.max(0, math.min(1, ", pick(m, 2) ? "harm" : "interest", id);
    number(m);
    put(m, ")), %u)\n", 1 + pick(m, 10));
  }
}

static void loop(maker *m) {
  static const char *const OPENINGS[] = {"for i = 1, 10 do\n",
                                         "for i = 10, 1, -3 do\n",
                                         "for k, v in pairs(",
                                         "for i, v in ipairs(",
                                         "for i = 1, ",
                                         "while ",
                                         "repeat\n"};
  unsigned how = pick(m, pick(m, 12) == 0 ? 7 : 4);
  if (m->loops >= 2) {
    contribute(m);
    return;
  }
  m->loops++;
  put(m, "%s", OPENINGS[how]);
  if (how == 2 || how == 3) {
    table(m);
    put(m, ") do\n");
  } else if (how == 4) {
    number(m);
    put(m, " do\n");
  } else if (how == 5) {
    boolean(m);
    put(m, " do\n");
  }
  block(m);
  if (how == 6) {
    put(m, "until ");
    boolean(m);
    put(m, "\n");
  } else {
    if (how == 5 && pick(m, 4) != 0) put(m, "break\n");
    put(m, "end\n");
  }
  m->loops--;
}

static void change_table(maker *m) {
  if (m->scope.tables == 0) {
    declare(m);
    return;
  }
  unsigned t = 1 + pick(m, m->scope.tables);
  switch (pick(m, 6)) {
  case 0: put(m, "table.sort(t%u)\n", t); break;
  case 1: put(m, "table.sort(t%u, function(a, b) return tostring(a) < tostring(b) end)\n", t); break;
  case 2:
    put(m, "table.insert(t%u, ", t);
    number(m);
    put(m, ")\n");
    break;
  case 3: put(m, "table.remove(t%u, 1)\n", t); break;
  case 4:
    put(m, "t%u[", t);
    number(m);
    put(m, "] = ");
    string(m);
    put(m, "\n");
    break;
  default: put(m, "t%u.x%u = t%u\n", t, pick(m, 3), t);
  }
}

static void statement(maker *m) {
  static const char *const RARE[] = {"error('stop')\n",
                                     "while true do end\n",
                                     "assert(false)\n",
                                     "require 'fails'\n",
                                     "goto done\n",
                                     "local x <close> = nil\n",
                                     "case.tweet = 1\n",
                                     "_ENV = {}\n",
                                     "string.upper = nil\n",
                                     "return\n",
                                     "local common = require 'common'\ncommon.weigh(case, balance)\n",
                                     "balance.harm('x', 1, 1)\n",
                                     "require('counter').next()\n"};
  switch (pick(m, 12)) {
  case 0:
  case 1:
  case 2: declare(m); break;
  case 3:
  case 4:
  case 5: contribute(m); break;
  case 6:
  case 7:
    put(m, "if ");
    boolean(m);
    put(m, " then\n");
    block(m);
    if (pick(m, 2)) {
      put(m, "else\n");
      block(m);
    }
    put(m, "end\n");
    break;
  case 8: loop(m); break;
  case 9:
  case 10: change_table(m); break;
  default:
    if (pick(m, 8) == 0) {
      unsigned rare = pick(m, sizeof RARE / sizeof *RARE);
      put(m, "do %s end\n", RARE[rare]);
    } else {
      contribute(m);
    }
  }
}

/* Statements with locals of their own. */
static void block(maker *m) {
  unsigned statements = m->depth > DEPTH_MAX ? 1 : 1 + pick(m, 4);
  maker before = *m;
  for (m->depth += 2; statements > 0 && m->stream->p < m->stream->end; statements--) statement(m);
  m->depth = before.depth;
  m->scope = before.scope;
}

size_t script_make(fuzz_stream *stream, char *out, size_t size) {
  static const char *const CLASSES[] = {"possible", "rare", "unlikely", "very_unlikely", "certain"};
  static const char *const BARS[] = {"1", "0", "2.5", "100", "0.001", "-1", "1 / 3"};
  maker m = {.stream = stream, .out = out, .size = size};
  out[0] = '\0';
  for (unsigned i = pick(&m, 3); i > 0; i--) declare(&m);
  put(&m, "return { rule = 'hateful_conduct', class = '%s', bar = %s, weigh = function(case, balance)\n",
      CLASSES[pick(&m, pick(&m, 16) == 0 ? 5 : 4)], BARS[pick(&m, pick(&m, 16) == 0 ? 7 : 5)]);
  unsigned statements = 3 + pick(&m, 24);
  for (; statements > 0 && stream->p < stream->end; statements--) {
    m.depth = 0;
    statement(&m);
  }
  put(&m, "end }\n");
  return m.length;
}

/* ---- words of a script, moved ---- */

typedef struct token {
  const char *p;
  size_t length;
} token;

static int is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Words, texts in quotes, and single signs and blanks; a comment is one token. */
static size_t split(const char *source, size_t length, token *tokens) {
  size_t count = 0;
  for (const char *p = source, *end = source + length; p < end && count < TOKENS_MAX;) {
    const char *from = p++;
    if (is_word(*from)) {
      while (p < end && is_word(*p)) p++;
    } else if (*from == '"' || *from == '\'') {
      while (p < end && *p != *from && *p != '\n') p++;
      p += p < end;
    } else if (*from == '-' && p < end && *p == '-') {
      while (p < end && *p != '\n') p++;
    }
    tokens[count++] = (token){from, (size_t)(p - from)};
  }
  return count;
}

static void change(fuzz_stream *stream, token *tokens, size_t count) {
  static const char *const POOL[] = {"nil",
                                     "0",
                                     "1",
                                     "-1",
                                     "0.5",
                                     "1e308",
                                     "case",
                                     "balance",
                                     "end",
                                     "(",
                                     ")",
                                     "{}",
                                     "..",
                                     "==",
                                     "and",
                                     "or",
                                     "not",
                                     "function",
                                     "return",
                                     "local",
                                     "while",
                                     "do",
                                     "then",
                                     "for",
                                     "in",
                                     "pairs",
                                     "math.huge",
                                     "''",
                                     "case.tweet.text",
                                     ",",
                                     "=",
                                     "if",
                                     "#",
                                     "goto",
                                     "break"};
  size_t at = (fuzz_byte(stream) * 256u + fuzz_byte(stream)) % count;
  size_t other = (fuzz_byte(stream) * 256u + fuzz_byte(stream)) % count;
  switch (fuzz_pick(stream, 6)) {
  case 0: tokens[at].length = 0; break;
  case 1: tokens[at] = tokens[other]; break;
  case 2: {
    token moved = tokens[at];
    tokens[at] = tokens[other];
    tokens[other] = moved;
    break;
  }
  default: {
    const char *text = POOL[fuzz_pick(stream, sizeof POOL / sizeof *POOL)];
    if (fuzz_pick(stream, 2) != 0) { /* of one kind only, so that it may well load */
      while (at < count && !(tokens[at].p[0] >= '0' && tokens[at].p[0] <= '9')) at++;
      text = POOL[1 + fuzz_pick(stream, 5)];
    }
    if (at < count) tokens[at] = (token){text, strlen(text)};
  }
  }
}

size_t script_shuffle(fuzz_stream *stream, const char *source, size_t length, char *out, size_t size) {
  static token tokens[TOKENS_MAX];
  size_t count = split(source, length, tokens), used = 0;
  for (unsigned changes = 1 + fuzz_pick(stream, 8); changes > 0 && count > 0 && stream->p < stream->end;
       changes--)
    change(stream, tokens, count);
  for (size_t i = 0; i < count && used + tokens[i].length < size; i++) {
    memcpy(out + used, tokens[i].p, tokens[i].length);
    used += tokens[i].length;
  }
  out[used] = '\0';
  return used;
}
