/* The limits that messages quote: each number once, with the way it is written, so that neither changes
 * alone. The layer that keeps a limit takes it from here; a limit that no message of another layer quotes
 * stays with it. */
#ifndef PI_QUOTED_LIMITS_H
#define PI_QUOTED_LIMITS_H

/* A number as a piece of a string literal: "64"; "25,000" of one that is given by its groups, as 25, 000. */
#define PI_SPELL(...)                         PI_SPELL_COUNTED(__VA_ARGS__, 3, 2, 1, 0)
#define PI_SPELL_COUNTED(a, b, c, count, ...) PI_SPELL_##count(a, b, c)
#define PI_SPELL_1(a, b, c)                   #a
#define PI_SPELL_2(a, b, c)                   #a "," #b
#define PI_SPELL_3(a, b, c)                   #a "," #b "," #c

/* The number itself: 25000. */
#define PI_NUMBER(...)                 PI_NUMBER_PASTED(__VA_ARGS__, , , )
#define PI_NUMBER_PASTED(a, b, c, ...) a##b##c

/* Of a case. */
#define PI_CASE_MIB          1
#define PI_CASE_BYTES        1, 048, 576
#define PI_CASE_DEPTH_MAX    24
#define PI_VIOLATIONS_MAX    16
#define PI_SPANS_MAX         64
#define PI_TEXT_POINTS       25, 000
#define PI_ID_BYTES_MAX      64 /* of a case, a Tweet, an account */
#define PI_STRING_BYTES_MAX  256
#define PI_SIGNALS_KIB       16
#define PI_SIGNALS_DEPTH_MAX 16
#define PI_COUNT_MAX         9007199254740991 /* 2^53 - 1: what a double holds exactly */
#define PI_ID_LENGTH_MAX     48               /* of a rule, kind, factor or condition */
#define PI_FOLLOWERS_NEEDED  100, 000         /* more than so many (R024) */

/* Of what is imported. */
#define PI_IMPORT_VALUE_MIB   64
#define PI_IMPORT_VALUE_BYTES 67, 108, 864

/* Of a policy, and of a call of its scripts. */
#define PI_DATA_FILE_MIB        1
#define PI_DATA_DEPTH_MAX       32
#define PI_SCRIPT_SOURCE_KIB    64
#define PI_SCRIPT_CONSTANTS_MAX 200 /* of a function; Lua 5.4.4 miscompiles beyond 256 */
#define PI_SCRIPT_INSTRUCTIONS  1, 000, 000
#define PI_SCRIPT_MEMORY_MIB    16
#define PI_SCRIPT_STRING_KIB    64
#define PI_SCRIPT_BLOCK_KIB     128
#define PI_SCRIPT_STACK_KIB     384
#define PI_BAR_POINTS_MAX       100
#define PI_WEIGHT_POINTS_MAX    10
#define PI_MARKET_SWAY_POINTS   3

/* Of a search for what turns a case. */
#define PI_FLIPS_WANTED 8

/* Of what people write into a ledger. */
#define PI_WHO_BYTES_MAX        128
#define PI_LEDGER_AHEAD_MINUTES 5
#define PI_TEAM_BYTES_MAX       512
#define PI_REASON_BYTES_MAX     4000

#endif
