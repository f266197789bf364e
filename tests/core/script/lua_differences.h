/* Where scripts are meant to differ from stock Lua 5.4, and why: the data of test_lua_differences.c, which
 * fails for a difference without a row, and for a row without a difference. */
#ifndef LUA_DIFFERENCES_H
#define LUA_DIFFERENCES_H

typedef enum lua_end { VALUE, ERROR, OTHER_VALUE } lua_end;

typedef struct lua_difference {
  const char *call;      /* as in the test's table of calls; "@" at its end stands for any */
  const char *arguments; /* a word for each from the first: kinds, with | between them, or * for any */
  lua_end here;          /* ERROR where stock gives a value, VALUE where it has an error, else OTHER_VALUE */
  const char *why;
} lua_difference;

#define NO_NUMBER "a text is no number"
#define FIRST_NIL "a list ends before its first nil"

static const lua_difference LUA_DIFFERENCES[] = {
    {"tostring", "list|holes|names|function", OTHER_VALUE, "no address is shown"},
    {"tonumber", "digits", OTHER_VALUE, "a text of more than 200 bytes is nil"},
    {"tonumber", "* numeral", ERROR, NO_NUMBER},
    {"select", "numeral", ERROR, NO_NUMBER},
    {"ipairs", "*", ERROR, "tables and lists only"},
    {"ipairs walk", "text|numeral|long|zeros", ERROR, "tables and lists only"},
    {"pairs", "list|holes|names", OTHER_VALUE, "one value, that walks by itself"},
    {"pairs", "*", ERROR, "tables and objects only"},

    {"string.byte", "* numeral", ERROR, NO_NUMBER},
    {"string.byte", "* * numeral", ERROR, NO_NUMBER},
    {"string.byte", "long", ERROR, "at most 200 bytes at a time"},
    {"string.sub", "* numeral", ERROR, NO_NUMBER},
    {"string.sub", "* * numeral", ERROR, NO_NUMBER},
    {"string.rep", "* numeral", ERROR, NO_NUMBER},
    {"string.rep", "* many", ERROR, "a string has 64 KiB"},
    {"string.format", "whole numeral", ERROR, NO_NUMBER},
    {"string.format", "text * numeral", ERROR, NO_NUMBER},
    {"string.format", "real numeral", ERROR, NO_NUMBER},
    {"string.format", "real nan", OTHER_VALUE, "whether nan has a sign is the processor's"},
    {"string.format", "text list|names|holes|function", OTHER_VALUE, "no address is shown"},
    {"string.format", "cut list|names|holes|function", OTHER_VALUE, "no address is shown"},
    {"string.format", "cut zeros", VALUE, "a byte of 0 is one like any other"},
    {"string.format", "other", ERROR, "%d %s %f %g %e and %% only"},

    {"table.concat", "holes", OTHER_VALUE, FIRST_NIL},
    {"table.concat", "holes", VALUE, FIRST_NIL},
    {"table.concat", "* * numeral", ERROR, NO_NUMBER},
    {"table.concat", "* * * numeral", ERROR, NO_NUMBER},
    {"table.insert", "holes", OTHER_VALUE, FIRST_NIL},
    {"table.insert", "holes", ERROR, FIRST_NIL},
    {"table.insert", "* numeral *", ERROR, NO_NUMBER},
    {"table.remove", "holes", OTHER_VALUE, FIRST_NIL},
    {"table.remove", "holes", VALUE, FIRST_NIL},
    {"table.remove", "holes", ERROR, FIRST_NIL},
    {"table.remove", "* numeral", ERROR, NO_NUMBER},
    {"table.remove all", "holes", OTHER_VALUE, FIRST_NIL},
    {"table.sort", "holes", OTHER_VALUE, FIRST_NIL},
    {"table.sort", "holes", VALUE, FIRST_NIL},
    {"table.sort", "ties", OTHER_VALUE, "equals keep their order"},
    {"table.sort", "* ties", OTHER_VALUE, "equals keep their order"},
    {"table.sort", "* disorder", OTHER_VALUE, "it never complains of an inconsistent order"},
    {"table.sort", "* disorder", VALUE, "it never complains of an inconsistent order"},
    {"table.sort", "* boolean|whole|text", ERROR,
     "the function is looked at where there is nothing to sort, too"},
    {"table.unpack", "holes", OTHER_VALUE, FIRST_NIL},
    {"table.unpack", "* many|beyond", ERROR, "at most 200 values"},
    {"table.unpack", "* * beyond", ERROR, "at most 200 values"},
    {"table.unpack", "* numeral", ERROR, NO_NUMBER},
    {"table.unpack", "* * numeral", ERROR, NO_NUMBER},
    {"table.unpack", "text|whole|nil|boolean", ERROR, "tables only"},

    {"math.abs", "numeral", ERROR, NO_NUMBER},
    {"math.ceil", "numeral", ERROR, NO_NUMBER},
    {"math.floor", "numeral", ERROR, NO_NUMBER},
    {"math.sqrt", "numeral", ERROR, NO_NUMBER},
    {"math.max", "nil|boolean|function|text|list", ERROR, "numbers only, one by itself too"},
    {"math.min", "nil|boolean|function|text|list", ERROR, "numbers only, one by itself too"},
    {"math.m@", "numeral", ERROR, NO_NUMBER},
    {"math.m@", "* numeral", ERROR, NO_NUMBER},
    {"math.m@", "* * numeral", ERROR, NO_NUMBER},

    {"a + b", "numeral", ERROR, NO_NUMBER},
    {"a + b", "* numeral", ERROR, NO_NUMBER},
    {"a - b", "numeral", ERROR, NO_NUMBER},
    {"a - b", "* numeral", ERROR, NO_NUMBER},
    {"a * b", "numeral", ERROR, NO_NUMBER},
    {"a * b", "* numeral", ERROR, NO_NUMBER},
    {"a / b", "numeral", ERROR, NO_NUMBER},
    {"a / b", "* numeral", ERROR, NO_NUMBER},
    {"a // b", "numeral", ERROR, NO_NUMBER},
    {"a // b", "* numeral", ERROR, NO_NUMBER},
    {"a % b", "numeral", ERROR, NO_NUMBER},
    {"a % b", "* numeral", ERROR, NO_NUMBER},
    {"a ^ b", "numeral", ERROR, NO_NUMBER},
    {"a ^ b", "* numeral", ERROR, NO_NUMBER},
    {"-a", "numeral", ERROR, NO_NUMBER},
    {"a.name", "text|numeral", ERROR, "a misspelt name of a method is no nil"},
};

/* Names that stock Lua has not, or not with that meaning. */
static const char *const LUA_ONLY_HERE[] = {
    "case",        "balance",      "require",     "data",      "text.contains", "text.count", "text.find",
    "text.length", "text.matches", "time.before", "time.days", "time.hours",    "time.valid", NULL};

#endif
