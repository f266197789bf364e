#include "absent.h"

#include <string.h>

#define PATTERNS  "patterns are PCRE2's: "
#define NO_CATCH  "an error ends the script and is told with its line: test values before they are used"
#define NO_METAS  "tables have no metatables here: write a function, or a module in lib/ for require"
#define NO_OBJECT "tables are read and written as they are: t[key]"
#define NO_CODE   "no code is made while a script runs: put it into lib/ and use require"
#define NO_FILES  "a script reads no files: data \"name\" has the content of data/name.json"
#define NO_BYTES  "texts are not packed into bytes: string.format and tonumber turn numbers and texts"
#define NO_CURVES "math has what is the same on every processor: abs, ceil, floor, max, min, sqrt, and x ^ y"
#define NO_CHANCE "the same case has the same outcome: there is no chance here"
#define NO_PLACES "a script knows its case alone: there is nothing about the program or its machine"
#define BITS      "bits have operators: a & b, a | b, a ~ b, a << n, a >> n"

/* Every name that Lua 5.4 has and scripts have not; behind them those of earlier versions, and of elsewhere.
 */
const pi_absent_row PI_ABSENT[] = {
    {"", "print", "nothing is printed: balance:note(text) leaves a remark"},
    {"", "warn", "nothing is printed: balance:note(text) leaves a remark"},
    {"", "pcall", NO_CATCH},
    {"", "xpcall", NO_CATCH},
    {"", "next", "write pairs(t), which walks keys in order"},
    {"", "rawget", NO_OBJECT},
    {"", "rawset", NO_OBJECT},
    {"", "rawequal", "write a == b"},
    {"", "rawlen", "write #t"},
    {"", "setmetatable", NO_METAS},
    {"", "getmetatable", NO_METAS},
    {"", "collectgarbage", "memory is given back when the script ends"},
    {"", "load", NO_CODE},
    {"", "loadfile", NO_CODE},
    {"", "dofile", NO_CODE},
    {"", "coroutine", "write a function or a loop: one script runs at a time"},
    {"", "debug", "what a script reads and weighs is in the evaluation; pubint repl shows its values"},
    {"", "io", NO_FILES},
    {"", "os",
     "a script has no clock: case.tweet.created_at and case.account.observed_at are the case's times, and "
     "time.days(from, to) compares them"},
    {"", "package", "write require \"name\" for lib/name.lua"},
    {"", "utf8", "text.length(s) counts code points, and the patterns of text know them"},
    {"", "_G", "names need no table: what a script sets ends with the call"},
    {"", "_VERSION", "it is Lua 5.4, with what `pubint help script` lists"},
    {"string", "find", PATTERNS "text.find(s, pattern), or text.contains(s, plain) for a plain text"},
    {"string", "match", PATTERNS "text.matches(s, pattern), or text.find(s, pattern) with string.sub"},
    {"string", "gmatch",
     PATTERNS "text.count(s, pattern) counts matches; text.find(s, pattern) has the first"},
    {"string", "gsub", "nothing is replaced here: text.find(s, pattern) and string.sub take a text apart"},
    {"string", "reverse", "string.byte and string.sub have each place of a text, from its end as well"},
    {"string", "char", "write the characters in quotes, \"\\65\" or \"\\u{20AC}\""},
    {"string", "dump", NO_CODE},
    {"string", "pack", NO_BYTES},
    {"string", "packsize", NO_BYTES},
    {"string", "unpack", NO_BYTES},
    {"table", "move", "write for i = a, b do other[i] = t[i] end"},
    {"table", "pack", "write {…}; select(\"#\", …) has their number"},
    {"math", "random", NO_CHANCE},
    {"math", "randomseed", NO_CHANCE},
    {"math", "type", "math.floor(x) == x tells a whole number"},
    {"math", "tointeger", "write math.floor(x)"},
    {"math", "ult", "write a < b"},
    {"math", "fmod", "write a % b"},
    {"math", "modf", "math.floor(x) is the whole part of x, x % 1 the rest, where x is 0 or above"},
    {"math", "acos", NO_CURVES},
    {"math", "asin", NO_CURVES},
    {"math", "atan", NO_CURVES},
    {"math", "cos", NO_CURVES},
    {"math", "deg", "write x * 180 / math.pi"},
    {"math", "exp", NO_CURVES},
    {"math", "log", NO_CURVES},
    {"math", "rad", "write x * math.pi / 180"},
    {"math", "sin", NO_CURVES},
    {"math", "tan", NO_CURVES},

    {"", "loadstring", NO_CODE},
    {"", "unpack", "write table.unpack(t)"},
    {"", "module", "write return { … } at the end of lib/name.lua, and require \"name\""},
    {"", "setfenv", NO_METAS},
    {"", "getfenv", NO_METAS},
    {"", "newproxy", NO_METAS},
    {"", "arg", NO_PLACES},
    {"", "bit", BITS},
    {"", "bit32", BITS},
    {"", "json", "data \"name\" has the content of data/name.json, and case.signals what came with the case"},
    {"", "cjson",
     "data \"name\" has the content of data/name.json, and case.signals what came with the case"},
    {"", "lpeg", PATTERNS "text.matches(s, pattern)"},
    {"", "socket", NO_PLACES},
    {"", "null", "write nil"},
    {"", "case", "it is the first argument of weigh: function(case, balance)"},
    {"", "balance", "it is the second argument of weigh: function(case, balance)"},
    {"string", "gfind",
     PATTERNS "text.count(s, pattern) counts matches; text.find(s, pattern) has the first"},
    {"string", "matches", "write text.matches(s, pattern)"},
    {"string", "contains", "write text.contains(s, plain)"},
    {"string", "count", "write text.count(s, pattern)"},
    {"string", "length", "write text.length(s) for code points, #s for bytes"},
    {"table", "getn", "write #t"},
    {"table", "maxn", "write #t"},
    {"table", "foreach", "write for key, value in pairs(t) do"},
    {"table", "foreachi", "write for i, value in ipairs(t) do"},
    {"math", "pow", "write x ^ y"},
    {"math", "atan2", NO_CURVES},
    {"math", "cosh", NO_CURVES},
    {"math", "sinh", NO_CURVES},
    {"math", "tanh", NO_CURVES},
    {"math", "log10", NO_CURVES},
    {"math", "ldexp", NO_CURVES},
    {"math", "frexp", NO_CURVES},
    {"time", "now",
     "a script has no clock: time.days(from, to) compares case.tweet.created_at and other times of the case"},
    {"text", "match", "write text.matches(s, pattern), or text.find(s, pattern) for its place"},
    {"text", "gsub", "nothing is replaced here: text.find(s, pattern) and string.sub take a text apart"},
    {"text", "replace", "nothing is replaced here: text.find(s, pattern) and string.sub take a text apart"},
    {"text", "lower", "write string.lower(s), or (?i) before a pattern"},
    {"text", "upper", "write string.upper(s), or (?i) before a pattern"},
    {"text", "sub", "write string.sub(s, i, j)"},
    {"text", "len", "write text.length(s)"},
};
const size_t PI_ABSENT_COUNT = sizeof PI_ABSENT / sizeof *PI_ABSENT;

const char *pi_absent_instead(const char *owner, const char *name) {
  static const char SANDBOX[] = "the sandbox"; /* also that "of tests" */
  if (strncmp(owner, SANDBOX, sizeof SANDBOX - 1) == 0) owner = "";
  for (size_t i = 0; i < PI_ABSENT_COUNT; i++) {
    if (strcmp(PI_ABSENT[i].library, owner) == 0 && strcmp(PI_ABSENT[i].name, name) == 0)
      return PI_ABSENT[i].instead;
  }
  return NULL;
}
