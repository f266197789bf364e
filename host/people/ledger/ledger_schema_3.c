#include <stddef.h>

#include "ledger_schema.h"
#include "ledger_schema_parts.h"

/* Blanks and signs that nobody sees, or that turn text around: the same as process.c refuses. */
#define PLAIN_NAME(table)                                                                                    \
  "CREATE TRIGGER " table "_plain_name BEFORE INSERT ON " table "\n"                                         \
  "WHEN instr(NEW.who, '  ') OR NEW.who GLOB '*['\n"                                                         \
  "  || char(1) || '-' || char(31) || char(127) || '-' || char(160) || char(173) || char(847)\n"             \
  "  || char(1564) || char(4447) || char(4448) || char(5760) || char(6155) || '-' || char(6158)\n"           \
  "  || char(8192) || '-' || char(8203) || char(8206) || char(8207) || char(8232) || '-' || char(8239)\n"    \
  "  || char(8287) || '-' || char(8303) || char(10240) || char(12288) || char(12644)\n"                      \
  "  || char(65024) || '-' || char(65039) || char(65279) || char(65440) || char(65529) || '-'\n"             \
  "  || char(65531) || char(917504) || '-' || char(921599) || ']*'\n"                                        \
  "BEGIN SELECT RAISE(ABORT, 'a name has no sign in it that nobody sees'); END"

#define TIMED(table)                                                                                         \
  "CREATE TRIGGER " table "_timed BEFORE INSERT ON " table "\n"                                              \
  "WHEN NEW.at NOT BETWEEN -62167305599 AND 253402387199\n"                                                  \
  "BEGIN SELECT RAISE(ABORT, 'a time is of the years 0 to 9999'); END"

const char *const PI_SCHEMA_3[] = {
    IN_PLACE("cases"),
    IN_PLACE("rounds"),
    IN_PLACE("steps"),
    IN_PLACE("required"),
    PLAIN_NAME("rounds"),
    PLAIN_NAME("steps"),
    PLAIN_NAME("required"),

    /* R072, R112: whatever a client says of the round itself. R010: a notice names a rule. */
    "CREATE TRIGGER steps_no_notice_of_such_rules BEFORE INSERT ON steps\n"
    "WHEN NEW.action <> 'advise' AND NEW.position = 'notice'\n"
    "  AND (SELECT barred FROM rounds WHERE entry = NEW.round_entry) IS NULL\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'a rule of this case is never excepted')\n"
    "    FROM violated WHERE entry = NEW.round_entry AND rule IN ('terrorism', 'child_sexual_exploitation',\n"
    "      'non_consensual_nudity', 'sexual_violence', 'copyright');\n"
    "  SELECT RAISE(ABORT, 'a notice names a rule, and this case breaks none')\n"
    "    WHERE EXISTS (SELECT 1 FROM rounds WHERE entry = NEW.round_entry)\n"
    "      AND NOT EXISTS (SELECT 1 FROM violated WHERE entry = NEW.round_entry);\n"
    /* R095: private data that was posted, and that nobody has marked. */
    "  SELECT RAISE(ABORT, 'a notice would publish private data that nobody has marked')\n"
    "    FROM rounds r, json_tree(r.facts, '$.violations') AS broken\n"
    "    WHERE r.entry = NEW.round_entry AND broken.key = 'rule' AND broken.atom = 'private_information'\n"
    "      AND NOT EXISTS (SELECT 1 FROM json_tree(r.facts, '$.violations')\n"
    "        WHERE path = broken.path || '.spans'\n"
    "          OR path = broken.path AND key = 'kind' AND atom <> 'posted');\n"
    "END",

    /* Of the years that a time can be written in. */
    TIMED("rounds"),
    TIMED("steps"),
    TIMED("required"),

    /* The rules of a round are those of its facts, no fewer; and an act leaves one record. */
    "CREATE TRIGGER rounds_with_their_rules BEFORE INSERT ON audit\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'a round''s rules are those of its facts') FROM rounds r\n"
    "    WHERE r.entry = NEW.sequence AND\n"
    "      (SELECT group_concat(rule, char(10)) FROM\n"
    "        (SELECT rule FROM violated WHERE entry = r.entry ORDER BY rule)) IS NOT\n"
    "      (SELECT group_concat(rule, char(10)) FROM (SELECT DISTINCT atom AS rule\n"
    "        FROM json_tree(r.facts, '$.violations') WHERE key = 'rule' AND path NOT LIKE '%.%.%'\n"
    "        ORDER BY rule));\n"
    "  SELECT RAISE(ABORT, 'the log has one record an entry')\n"
    "    WHERE 1 < (SELECT count(*) FROM rounds WHERE entry = NEW.sequence)\n"
    "      + (SELECT count(*) FROM steps WHERE entry = NEW.sequence)\n"
    "      + (SELECT count(*) FROM required WHERE entry = NEW.sequence);\n"
    "END",
    NULL,
};
