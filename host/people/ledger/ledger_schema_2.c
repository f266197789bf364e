#include <stddef.h>

#include "ledger_schema.h"

const char *const PI_SCHEMA_2[] = {
    /* What precedents are found by (precedents.c): the profile of each case's latest decision, once under
     * every rule that it breaks. Derived from the records, and brought up to them in order of `entry`. */
    "CREATE TABLE profiles (\n"
    "  rule TEXT NOT NULL CHECK (length(rule) > 0),\n"
    "  case_entry INTEGER NOT NULL REFERENCES cases,\n"
    "  id TEXT NOT NULL,\n"
    "  entry INTEGER NOT NULL REFERENCES steps,\n" /* the decision */
    "  profile BLOB NOT NULL,\n"
    "  PRIMARY KEY (rule, case_entry)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX profiles_case ON profiles (case_entry)",
    "CREATE INDEX profiles_entry ON profiles (entry)",
    "CREATE TRIGGER profiles_of_decisions BEFORE INSERT ON profiles\n"
    "WHEN NOT EXISTS (SELECT 1 FROM precedents\n"
    "  WHERE entry = NEW.entry AND case_entry = NEW.case_entry AND id = NEW.id AND superseded_by IS NULL)\n"
    "BEGIN SELECT RAISE(ABORT, 'a precedent is a case''s latest decision'); END",
    NULL,
};
