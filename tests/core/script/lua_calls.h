/* What test_lua_differences.c calls, and with which arguments: its data, beside lua_differences.h. */
#ifndef LUA_CALLS_H
#define LUA_CALLS_H

/* ---- arguments ---- */

typedef struct value {
  const char *kind;
  const char *text;
} value;

#define END                                                                                                  \
  { NULL, NULL }
#define TEXTS_SHORT                                                                                          \
  {"text", "''"}, {"text", "'abc'"}, {"zeros", "'a\\0b'"}, {                                                 \
    "numeral", "'12'"                                                                                        \
  }
#define TEXTS_LONG                                                                                           \
  { "long", "('xyz'):rep(100)" }
#define NUMBERS_EDGE                                                                                         \
  {"beyond", "math.maxinteger"}, {"beyond", "math.mininteger"}, {"float", "1.5"}, {                          \
    "float", "2.0"                                                                                           \
  }
#define NUMBERS_OUT                                                                                          \
  {"nan", "0/0"}, {"inf", "1/0"}, {"inf", "-1/0"}, {                                                         \
    "float", "1e100"                                                                                         \
  }
#define OTHERS                                                                                               \
  {"nil", "nil"}, {"boolean", "true"}, {                                                                     \
    "function", "function() end"                                                                             \
  }
#define LISTS                                                                                                \
  {"list", "{}"}, {"list", "{3, 1, 2}"}, {"list", "{'b', 'a', 1}"}, {"list", "{[0] = 'z'}"},                 \
      {"list", "{1.5, 2, {}}"}, {"names", "{a = 1, b = 'c'}"}, {"holes", "{1, nil, 3}"}, {                   \
    "holes", "{nil, 2}"                                                                                      \
  }

static const value ANY[] = {OTHERS,
                            {"boolean", "false"},
                            {"whole", "0"},
                            {"whole", "-7"},
                            {"float", "-0.0"},
                            NUMBERS_EDGE,
                            NUMBERS_OUT,
                            TEXTS_SHORT,
                            TEXTS_LONG,
                            {"list", "{1, 2}"},
                            {"names", "{a = 1}"},
                            {"holes", "{1, nil, 3}"},
                            END};
static const value FEW[] = {OTHERS, {"whole", "4"}, {"float", "0.5"}, {"text", "'v'"}, {"list", "{1}"}, END};
static const value SECOND[] = {{"whole", "4"}, {"numeral", "'12'"}, {"nil", "nil"}, END};
static const value TEXTS[] = {TEXTS_SHORT,     TEXTS_LONG,       {"text", "'Ab\\u{e9}Z'"},
                              {"whole", "-5"}, {"float", "0.1"}, {"nan", "0/0"},
                              {"list", "{}"},  OTHERS,           END};
static const value PLACES[] = {
    {"whole", "0"},  {"whole", "1"},  {"whole", "2"},  {"whole", "3"},     {"whole", "4"},   {"whole", "-1"},
    {"whole", "-2"}, {"whole", "-3"}, {"whole", "-4"}, {"many", "299"},    {"many", "1000"}, {"many", "-250"},
    NUMBERS_EDGE,    NUMBERS_OUT,     OTHERS,          {"numeral", "'2'"}, {"text", "'x'"},  END};
static const value TIMES[] = {{"whole", "0"},
                              {"whole", "1"},
                              {"whole", "3"},
                              {"whole", "-1"},
                              {"many", "40000"},
                              {"many", "66000"},
                              {"float", "2.0"},
                              {"float", "2.5"},
                              NUMBERS_OUT,
                              OTHERS,
                              {"numeral", "'2'"},
                              {"text", "'x'"},
                              {"beyond", "math.mininteger"},
                              END};
static const value BASES[] = {{"whole", "2"},
                              {"whole", "10"},
                              {"whole", "16"},
                              {"whole", "36"},
                              {"whole", "1"},
                              {"whole", "37"},
                              {"whole", "-3"},
                              {"float", "8.0"},
                              {"float", "8.5"},
                              NUMBERS_OUT,
                              OTHERS,
                              {"numeral", "'10'"},
                              {"text", "'x'"},
                              {"beyond", "math.maxinteger"},
                              END};
static const value NUMERALS[] = {OTHERS,
                                 TEXTS_SHORT,
                                 {"whole", "12"},
                                 {"float", "0.1"},
                                 {"list", "{}"},
                                 {"digits", "('0'):rep(300) .. '7'"},
                                 {"numeral", "'+7f'"},
                                 {"numeral", "'-7f'"},
                                 {"numeral", "' zZ '"},
                                 {"numeral", "'\\t+10\\n'"},
                                 {"text", "'+'"},
                                 {"text", "'-'"},
                                 {"text", "'+-1'"},
                                 {"text", "'- 1'"},
                                 {"text", "'1 1'"},
                                 {"numeral", "'0x1p4'"},
                                 {"numeral", "'0x'"},
                                 {"numeral", "'1e5'"},
                                 {"numeral", "'.5'"},
                                 {"numeral", "'5.'"},
                                 {"text", "'nan'"},
                                 {"text", "'inf'"},
                                 {"numeral", "'1e999'"},
                                 {"numeral", "'9223372036854775808'"},
                                 {"text", "'7\\0'"},
                                 {"numeral", "'ffffffffffffffffff'"},
                                 {"text", "'1_0'"},
                                 {"numeral", "'0b1'"},
                                 END};
static const value TABLES[] = {LISTS,          {"text", "'abc'"},   {"whole", "3"},
                               {"nil", "nil"}, {"boolean", "true"}, END};
static const value SEPARATORS[] = {{"text", "', '"},
                                   {"whole", "3"},
                                   {"float", "0.5"},
                                   {"nil", "nil"},
                                   {"boolean", "true"},
                                   {"list", "{}"},
                                   END};
static const value ENDS[] = {{"whole", "0"},
                             {"whole", "1"},
                             {"whole", "2"},
                             {"whole", "3"},
                             {"whole", "-1"},
                             {"beyond", "math.maxinteger"},
                             {"beyond", "math.mininteger"},
                             {"float", "2.0"},
                             {"float", "1.5"},
                             {"nil", "nil"},
                             {"numeral", "'2'"},
                             END};
static const value SORTED[] = {LISTS,
                               {"list", "{'b', '', 'a', 'B', '\\0', 'a'}"},
                               {"list", "{2, -1.5, 1/0, -1/0, 0}"},
                               {"list", "{9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1}"},
                               {"list", "{5, 4, 3, 3, 3, 2, 1}"},
                               {"ties", "{1, 1.0, 2, 2.0, 1, 0, 0.0}"},
                               {"list", "{true, false}"},
                               {"nil", "nil"},
                               {"text", "'ba'"},
                               END};
static const value ORDERS[] = {{"nil", "nil"},
                               {"order", "function(a, b) return a < b end"},
                               {"order", "function(a, b) return a > b end"},
                               {"disorder", "function() return true end"},
                               {"disorder", "function(a, b) return a <= b end"},
                               {"ties", "function() end"},
                               {"ties", "function() return false end"},
                               {"fails", "function(a) return a.x.y end"},
                               {"boolean", "true"},
                               {"whole", "1"},
                               {"text", "'x'"},
                               END};
static const value NUMBERS[] = {{"whole", "0"},
                                {"whole", "4"},
                                {"whole", "-3"},
                                {"float", "-0.0"},
                                {"float", "-2.5"},
                                {"float", "1e15"},
                                {"float", "9007199254740993.0"},
                                {"float", "-1e19"},
                                NUMBERS_EDGE,
                                NUMBERS_OUT,
                                OTHERS,
                                {"numeral", "'4'"},
                                {"text", "'x'"},
                                {"list", "{}"},
                                END};
static const value OPERANDS[] = {
    {"whole", "0"},     {"whole", "7"},        {"whole", "-3"},      NUMBERS_EDGE,    NUMBERS_OUT,    OTHERS,
    {"numeral", "'4'"}, {"numeral", "'0x10'"}, {"numeral", "'1.5'"}, {"text", "'x'"}, {"list", "{}"}, END};
static const value FORMS[] = {
    {"whole", "'%d'"},     {"whole", "'[%5d]'"}, {"whole", "'[%-5d]'"},  {"whole", "'%05d'"},
    {"whole", "'%+d'"},    {"whole", "'% d'"},   {"whole", "'%.3d'"},    {"whole", "'%#d'"},
    {"real", "'%f'"},      {"real", "'%.3f'"},   {"real", "'[%10.2f]'"}, {"real", "'[%-10.2f]'"},
    {"real", "'%+.0f'"},   {"real", "'%#.0f'"},  {"real", "'%010.1f'"},  {"real", "'% f'"},
    {"real", "'%g'"},      {"real", "'%.17g'"},  {"real", "'%#g'"},      {"real", "'%e'"},
    {"real", "'%.0e'"},    {"text", "'%s'"},     {"cut", "'[%5s]'"},     {"cut", "'[%-5s]'"},
    {"cut", "'%.2s'"},     {"cut", "'[%5.1s]'"}, {"cut", "'%05s'"},      {"cut", "'%+s'"},
    {"cut", "'%#s'"},      {"cut", "'% s'"},     {"cut", "'%-05s'"},     {"plain", "'100%%'"},
    {"wrong", "'%'"},      {"wrong", "'%y'"},    {"wrong", "'%5%'"},     {"wrong", "'%100d'"},
    {"wrong", "'%.100f'"}, {"other", "'%i'"},    {"other", "'%x'"},      {"other", "'%q'"},
    {"other", "'%c'"},     {"other", "'%a'"},    {"other", "'%p'"},      {"other", "'%u'"},
    {"other", "'%G'"},     {"text", "'%s %d'"},  {"plain", "''"},        {"plain", "'a\\0b'"},
    {"number", "12"},      {"nil", "nil"},       {"list", "{}"},         END};

/* ---- calls ---- */

enum { ARGUMENTS_MAX = 4 };

/* A call with up to as many arguments as it has pools; at least `least`. In the form {*} stands for all, {1}
 * and {2} for one, {+} for those behind the first, each after a comma. */
typedef struct call {
  const char *name; /* of the allow-list, up to a blank; or what Lua has beside its names */
  const char *form;
  unsigned least;
  const value *pools[ARGUMENTS_MAX];
} call;

#define PLAIN(name) name, "return " name "({*})"
#define KEPT(name)  name, "local t = {1} return t, " name "(t{+})"
#define OPERATOR(sign)                                                                                       \
  "a " sign " b", "return {1} " sign " {2}", 2, {                                                            \
    OPERANDS, OPERANDS                                                                                       \
  }

static const call CALLS[] = {
    {PLAIN("type"), 0, {ANY, FEW}},
    {PLAIN("tostring"), 0, {ANY, FEW}},
    {PLAIN("tonumber"), 0, {NUMERALS, BASES}},
    {PLAIN("assert"), 0, {ANY, ANY, FEW}},
    {PLAIN("error"), 0, {ANY, FEW}},
    {PLAIN("select"), 0, {PLACES, FEW, FEW}},
    {"select #", "return select('#'{+})", 0, {FEW, ANY, FEW}},
    {PLAIN("ipairs"), 0, {ANY}},
    {"ipairs walk",
     "local r = {} for k, v in ipairs({1}) do r[#r + 1] = k r[#r + 1] = v end return r",
     1,
     {ANY}},
    {PLAIN("pairs"), 0, {ANY}},
    {"pairs walk", "local r = {} for k, v in pairs({1}) do r[k] = v end return r", 1, {TABLES}},

    {PLAIN("string.byte"), 0, {TEXTS, PLACES, ENDS}},
    {PLAIN("string.format"), 0, {FORMS, ANY, SECOND}},
    {PLAIN("string.len"), 0, {TEXTS}},
    {PLAIN("string.lower"), 0, {TEXTS}},
    {PLAIN("string.rep"), 0, {TEXTS, TIMES, TEXTS}},
    {PLAIN("string.sub"), 0, {TEXTS, PLACES, ENDS}},
    {PLAIN("string.upper"), 0, {TEXTS}},

    {PLAIN("table.concat"), 0, {TABLES, SEPARATORS, ENDS, ENDS}},
    {KEPT("table.insert"), 1, {TABLES, PLACES, FEW}},
    {KEPT("table.remove"), 1, {TABLES, PLACES}},
    {"table.remove all",
     "local t, n = {1}, 0 while table.remove(t) do n = n + 1 end return t, n",
     1,
     {TABLES}},
    {KEPT("table.sort"), 1, {SORTED, ORDERS}},
    {PLAIN("table.unpack"), 0, {TABLES, PLACES, ENDS}},

    {PLAIN("math.abs"), 0, {NUMBERS, FEW}},
    {PLAIN("math.ceil"), 0, {NUMBERS, FEW}},
    {PLAIN("math.floor"), 0, {NUMBERS, FEW}},
    {PLAIN("math.max"), 0, {NUMBERS, NUMBERS, SECOND}},
    {PLAIN("math.min"), 0, {NUMBERS, NUMBERS, SECOND}},
    {PLAIN("math.sqrt"), 0, {NUMBERS, FEW}},
    {"math.huge", "return math.huge", 0, {NULL}},
    {"math.pi", "return math.pi", 0, {NULL}},
    {"math.maxinteger", "return math.maxinteger", 0, {NULL}},
    {"math.mininteger", "return math.mininteger", 0, {NULL}},

    {OPERATOR("+")},
    {OPERATOR("-")},
    {OPERATOR("*")},
    {OPERATOR("/")},
    {OPERATOR("//")},
    {OPERATOR("%")},
    {OPERATOR("^")},
    {OPERATOR("..")},
    {OPERATOR("==")},
    {OPERATOR("<")},
    {OPERATOR("<=")},
    {OPERATOR("&")},
    {OPERATOR("|")},
    {OPERATOR("~")},
    {OPERATOR("<<")},
    {OPERATOR(">>")},
    {"-a", "return -{1}", 1, {OPERANDS}},
    {"~a", "return ~{1}", 1, {OPERANDS}},
    {"#a", "return #{1}", 1, {TABLES}},
    {"a.name", "local a = {1} return a.name", 1, {OPERANDS}},
};
enum { CALLS_COUNT = sizeof CALLS / sizeof *CALLS };

#endif
