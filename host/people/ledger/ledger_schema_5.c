#include <stddef.h>

#include "ledger_schema.h"
#include "ledger_schema_parts.h"

/* A23: two spellings of a name are one person. SQL knows the cases of ASCII alone, so that the key by which
 * persons are compared (person.h) is on record beside the name: of each new operation as a record of its own,
 * which the log covers, and of each that was done before in a table made here from the names, once.
 *
 * The key goes before what it is of, and no entry is without one. Whether it is the name's the audit asks.
 * What version 4 forbids stays forbidden, whatever key a client writes. */
#define ONE_CHAIR(of, action, why)                                                                           \
  "  SELECT RAISE(ABORT, '" why "') FROM steps s WHERE s.round_entry = NEW.round_entry\n"                    \
  "    AND NEW.action = '" of "' AND s.action = '" action                                                    \
  "' AND " PERSON_OF("s.entry") " = " PERSON_OF("NEW.entry") ";\n"

const char *const PI_SCHEMA_5[] = {
    "CREATE TABLE persons (\n"
    "  entry INTEGER PRIMARY KEY REFERENCES audit DEFERRABLE INITIALLY DEFERRED,\n"
    "  key TEXT NOT NULL CHECK (length(key) > 0)\n"
    ") STRICT",
    "CREATE TABLE persons_before (entry INTEGER PRIMARY KEY, key TEXT NOT NULL) STRICT",
    "INSERT OR IGNORE INTO persons_before SELECT entry, person_key(who) FROM (" ALL_ACTORS ")",
    "CREATE TRIGGER persons_before_is_all BEFORE INSERT ON persons_before\n"
    "BEGIN SELECT RAISE(ABORT, 'what was done from now on is no earlier record'); END",
    APPEND_ONLY("persons"),
    APPEND_ONLY("persons_before"),
    NEVER_REPLACED("persons"),
    IN_PLACE("persons"),
    "CREATE TRIGGER persons_before_their_acts BEFORE INSERT ON persons\n"
    "WHEN EXISTS (SELECT 1 FROM (" ALL_ACTORS ") WHERE entry = NEW.entry)\n"
    "BEGIN SELECT RAISE(ABORT, 'who it is stands before what they do'); END",
    "CREATE TRIGGER audit_of_a_person BEFORE INSERT ON audit\n"
    "WHEN NEW.sequence = coalesce((SELECT max(sequence) FROM audit), 0) + 1\n"
    "  AND NOT EXISTS (SELECT 1 FROM persons WHERE entry = NEW.sequence)\n"
    "BEGIN SELECT RAISE(ABORT, 'the log has a person an entry'); END",
    "CREATE TRIGGER steps_one_chair BEFORE INSERT ON steps\n"
    "BEGIN\n" /* clang-format off */
    ONE_CHAIR("advise", "advise", "an adviser speaks once a round")
    ONE_CHAIR("advise", "recommend", "who recommended does not advise")
    ONE_CHAIR("decide", "recommend", "who recommended does not decide")
    ONE_CHAIR("decide", "advise", "who advised does not decide")
    "END", /* clang-format on */
    NULL,
};
