#include <stddef.h>

#include "ledger_schema.h"
#include "ledger_schema_parts.h"

/* A correction: what somebody says of a record of a case later, and the time as of which it counts where its
 * own is wrong. It stands beside the record, which stays as it is, and what asks for the order of times asks
 * for that time. What it is of, and that the time fits between those beside it, holds when it is written: the
 * newest counts. */
#define NEWEST(action)                                                                                       \
  "(SELECT max(" TIME_OF("s") ") FROM steps s WHERE s.round_entry = r.entry AND s.action = '" action "')"

const char *const PI_SCHEMA_6[] = {
    "CREATE TABLE corrections (\n"
    "  entry INTEGER PRIMARY KEY REFERENCES audit DEFERRABLE INITIALLY DEFERRED,\n"
    "  record INTEGER NOT NULL,\n" /* the entry of a round or a step */
    "  at INTEGER NOT NULL,\n"
    "  who " WHO ",\n"
    "  time INTEGER,\n" /* NULL: its own stands */
    "  note TEXT NOT NULL CHECK (length(note) > 0)\n"
    ") STRICT",
    "CREATE INDEX corrections_record ON corrections (record, entry)",
    /* Every record of a case, and the time as of which it counts. */
    "CREATE VIEW case_times (case_entry, entry, at) AS\n"
    "  SELECT r.case_entry, r.entry, " TIME_OF(
        "r") " FROM rounds r\n"
             "  UNION ALL SELECT r.case_entry, s.entry, " TIME_OF(
                 "s") "\n"
                      "    FROM rounds r JOIN steps s ON s.round_entry = r.entry",
    APPEND_ONLY("corrections"),
    NEVER_REPLACED("corrections"),
    IN_PLACE("corrections"),
    SEEN_NAME("corrections"),
    SHOWN("corrections", "note"),
    "CREATE TRIGGER corrections_timed BEFORE INSERT ON corrections\n"
    "WHEN NEW.at NOT BETWEEN -62167305599 AND 253402387199\n"
    "  OR NEW.time NOT BETWEEN -62167305599 AND 253402387199\n"
    "BEGIN SELECT RAISE(ABORT, 'a time is of the years 0 to 9999'); END",
    "CREATE TRIGGER corrections_in_order BEFORE INSERT ON corrections\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'a correction is of a record of a case')\n"
    "    WHERE NOT EXISTS (SELECT 1 FROM case_times WHERE entry = NEW.record);\n"
    "  SELECT RAISE(ABORT, 'a record is no later than its correction') WHERE NEW.time > NEW.at;\n"
    "  SELECT RAISE(ABORT, 'a time is corrected to one between those beside it')\n"
    "    FROM case_times t WHERE t.entry = NEW.record AND (\n"
    "      NEW.time < (SELECT max(at) FROM case_times WHERE case_entry = t.case_entry AND entry < NEW.record)\n"
    "      OR NEW.time > (SELECT min(at) FROM case_times WHERE case_entry = t.case_entry AND entry > NEW.record));\n"
    "END",

    /* As in version 1, with corrections among the entries, and the times that count. */
    "DROP TRIGGER audit_in_order",
    "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'the audit log grows by one entry at its end')\n"
    "    WHERE NEW.sequence <> coalesce((SELECT max(sequence) FROM audit), 0) + 1;\n"
    "  SELECT RAISE(ABORT, 'an audit entry says what its record says') WHERE NOT EXISTS (\n"
    "    SELECT 1 FROM steps s JOIN rounds r ON r.entry = s.round_entry JOIN cases c ON c.entry = r.case_entry\n"
    "      WHERE s.entry = NEW.sequence AND s.at = NEW.at AND s.who = NEW.actor AND s.action = NEW.action\n"
    "        AND c.id = NEW.subject\n"
    "    UNION ALL SELECT 1 FROM rounds r JOIN cases c ON c.entry = r.case_entry\n"
    "      WHERE r.entry = NEW.sequence AND r.at = NEW.at AND r.who = NEW.actor AND c.id = NEW.subject\n"
    "        AND NEW.action = CASE r.number WHEN 1 THEN 'open' ELSE 'reopen' END\n"
    "        AND (r.number > 1 OR c.entry = r.entry)\n"
    "    UNION ALL SELECT 1 FROM required q\n"
    "      WHERE q.entry = NEW.sequence AND q.at = NEW.at AND q.who = NEW.actor AND NEW.subject = ''\n"
    "        AND NEW.action = 'require'\n"
    "    UNION ALL SELECT 1 FROM corrections k, cases c\n"
    "      WHERE k.entry = NEW.sequence AND k.at = NEW.at AND k.who = NEW.actor AND c.id = NEW.subject\n"
    "        AND c.entry = (SELECT case_entry FROM case_times WHERE entry = k.record)\n"
    "        AND NEW.action = 'correct');\n"
    "END",
    "DROP TRIGGER rounds_in_order",
    "CREATE TRIGGER rounds_in_order BEFORE INSERT ON rounds\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'rounds are numbered one by one')\n"
    "    WHERE NEW.number <> 1 + (SELECT count(*) FROM rounds WHERE case_entry = NEW.case_entry);\n"
    "  SELECT RAISE(ABORT, 'only a decided case is reopened')\n"
    "    WHERE NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM steps s JOIN rounds r ON r.entry = s.round_entry\n"
    "      WHERE r.case_entry = NEW.case_entry AND r.number = NEW.number - 1 AND s.action = 'decide');\n"
    "  SELECT RAISE(ABORT, 'a round is no earlier than the decision before it')\n"
    "    WHERE NEW.at < (SELECT max(" TIME_OF("s") ") FROM steps s JOIN rounds r ON r.entry = s.round_entry\n"
                                                   "      WHERE r.case_entry = NEW.case_entry);\n"
                                                   "END",
    "DROP TRIGGER steps_in_order",
    "CREATE TRIGGER steps_in_order BEFORE INSERT ON steps\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'a later round has superseded this one')\n"
    "    FROM rounds r WHERE r.entry = NEW.round_entry AND EXISTS (\n"
    "      SELECT 1 FROM rounds later WHERE later.case_entry = r.case_entry AND later.number > r.number);\n"
    "  SELECT RAISE(ABORT, 'the round is decided')\n"
    "    WHERE EXISTS (SELECT 1 FROM steps WHERE round_entry = NEW.round_entry AND action = 'decide');\n"
    "  SELECT RAISE(ABORT, 'a recommendation comes once and first')\n"
    "    WHERE (NEW.action = 'recommend')\n"
    "      = EXISTS (SELECT 1 FROM steps WHERE round_entry = NEW.round_entry AND action = 'recommend');\n"
    "  SELECT RAISE(ABORT, 'a step is no earlier than the one before it')\n"
    "    WHERE NEW.at < (SELECT " TIME_OF(
        "r") " FROM rounds r WHERE r.entry = NEW.round_entry)\n"
             "      OR NEW.at < (SELECT max(" TIME_OF(
                 "s") ") FROM steps s WHERE s.round_entry = NEW.round_entry);\n"
                      "END",

    /* As in version 3, and of corrections too. */
    "CREATE TRIGGER corrections_alone BEFORE INSERT ON audit\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'the log has one record an entry') FROM corrections WHERE entry = NEW.sequence\n"
    "    AND (EXISTS (SELECT 1 FROM rounds WHERE entry = NEW.sequence)\n"
    "      OR EXISTS (SELECT 1 FROM steps WHERE entry = NEW.sequence)\n"
    "      OR EXISTS (SELECT 1 FROM required WHERE entry = NEW.sequence));\n"
    "END",
    "DROP TRIGGER persons_before_their_acts",
    "CREATE TRIGGER persons_before_their_acts BEFORE INSERT ON persons\n"
    "WHEN EXISTS (SELECT 1 FROM (" ALL_ACTORS_6 ") WHERE entry = NEW.entry)\n"
    "BEGIN SELECT RAISE(ABORT, 'who it is stands before what they do'); END",

    /* As in versions 1 and 4, with the times that count. */
    "DROP VIEW precedents",
    "CREATE VIEW precedents AS SELECT\n"
    "  s.entry AS entry, c.id AS id, r.entry AS round_entry, r.case_entry AS case_entry, r.number AS number,\n"
    "  " TIME_OF(
        "s") " AS at, s.who AS who, s.position AS decision, s.reason AS reason,\n"
             "  (SELECT min(later.number) FROM rounds later JOIN steps d ON d.round_entry = later.entry\n"
             "    WHERE later.case_entry = r.case_entry AND later.number > r.number AND d.action = 'decide')\n"
             "    AS superseded_by\n"
             "FROM steps s JOIN rounds r ON r.entry = s.round_entry JOIN cases c ON c.entry = r.case_entry\n"
             "WHERE s.action = 'decide'",
    "DROP VIEW queue_now",
    "CREATE VIEW queue_now AS SELECT\n"
    "  c.entry AS case_entry, c.id AS id, r.entry AS round_entry, r.number AS number, r.market AS market,\n"
    "  abs(r.margin) AS closeness,\n"
    "  coalesce((SELECT 'decided' FROM steps WHERE round_entry = r.entry AND action = 'decide'),\n"
    "    (SELECT 'informed' FROM steps WHERE round_entry = r.entry AND action = 'inform' AND entry >\n"
    "      (SELECT max(entry) FROM steps WHERE round_entry = r.entry AND action = 'advise')),\n"
    "    (SELECT 'recommended' FROM steps WHERE round_entry = r.entry AND action = 'recommend'),\n"
    "    'opened') AS state,\n"
    "  coalesce(" NEWEST(
        "decide") ",\n"
                  "    (SELECT max(" TIME_OF(
                      "s") ") FROM steps s WHERE s.round_entry = r.entry AND s.action = 'inform' AND s.entry >\n"
                           "      (SELECT max(entry) FROM steps WHERE round_entry = r.entry AND action = 'advise')),\n"
                           "    " NEWEST(
                               "recommend") ",\n"
                                            "    " TIME_OF(
                                                "r") ") AS since,\n"
                                                     "  " NEWEST(
                                                         "advise") " AS heard_at,\n"
                                                                   "  (SELECT count(DISTINCT background) FROM steps\n"
                                                                   "    WHERE round_entry = r.entry AND action = 'advise' AND background <> 'market') AS backgrounds,\n"
                                                                   "  EXISTS (SELECT 1 FROM steps\n"
                                                                   "    WHERE round_entry = r.entry AND action = 'advise' AND background = 'market') AS market_heard,\n"
                                                                   "  (SELECT position FROM steps WHERE round_entry = r.entry AND action = 'decide') AS decision\n"
                                                                   "FROM cases c JOIN rounds r ON r.case_entry = c.entry\n"
                                                                   "WHERE r.number = (SELECT max(number) FROM rounds WHERE case_entry = c.entry)",
    "CREATE TRIGGER corrections_to_queue AFTER INSERT ON corrections WHEN NEW.time IS NOT NULL\n"
    "BEGIN\n"
    "  UPDATE queue SET since = now.since, heard_at = now.heard_at\n"
    "    FROM queue_now AS now WHERE now.case_entry = queue.case_entry AND queue.case_entry =\n"
    "      (SELECT case_entry FROM case_times WHERE entry = NEW.record)\n"
    "      AND now.case_entry = (SELECT case_entry FROM case_times WHERE entry = NEW.record);\n"
    "END",
    NULL,
};
