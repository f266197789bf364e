/* Pieces of SQL that several versions of the schema are made of. What a released version says is never
 * changed, so neither is what stands here: add beside it. */
#ifndef PI_LEDGER_SCHEMA_PARTS_H
#define PI_LEDGER_SCHEMA_PARTS_H

/* Statements that keep a table append-only. REPLACE deletes without asking the triggers of DELETE, so a row
 * in the way refuses the new one before it can. */
#define APPEND_ONLY(table)                                                                                   \
  "CREATE TRIGGER " table "_never_changed BEFORE UPDATE ON " table "\n"                                      \
  "BEGIN SELECT RAISE(ABORT, 'a record is never changed: reopen the case'); END",                            \
      "CREATE TRIGGER " table "_never_deleted BEFORE DELETE ON " table "\n"                                  \
      "BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END"
#define NEVER_REPLACED(table)                                                                                \
  "CREATE TRIGGER " table "_never_replaced BEFORE INSERT ON " table "\n"                                     \
  "WHEN EXISTS (SELECT 1 FROM " table " WHERE entry = NEW.entry)\n"                                          \
  "BEGIN SELECT RAISE(ABORT, 'a record is never replaced'); END"

/* The place of a record is that of the audit entry which comes to cover it: a client that keeps no foreign
 * keys could otherwise put one where no entry is looked for. */
#define IN_PLACE(table)                                                                                      \
  "CREATE TRIGGER " table "_in_place BEFORE INSERT ON " table "\n"                                           \
  "WHEN NEW.entry IS NOT coalesce((SELECT max(sequence) FROM audit), 0) + 1\n"                               \
  "BEGIN SELECT RAISE(ABORT, 'a record stands where the audit log grows next'); END"

/* Who it was and why: what people write is never empty, and is compared without case, so that nobody is
 * two by a capital letter. */
#define WHO    "TEXT NOT NULL COLLATE NOCASE CHECK (length(who) > 0 AND who = trim(who))"
#define REASON "TEXT CHECK (length(reason) > 0)"

/* One text for the names of a person that version 4 took for one, to be compared COLLATE NOCASE: joiners are
 * passed over. */
#define JOINED_NAME(name) "replace(replace(" name ", char(8204), ''), char(8205), '')"

/* How many of the six backgrounds a decision needs now. */
#define REQUIRED "coalesce((SELECT max(backgrounds) FROM required), 3)"

/* Who did each operation, by name; and the key of that person (version 5). */
#define ALL_ACTORS                                                                                           \
  "SELECT entry, who FROM rounds UNION ALL SELECT entry, who FROM steps\n"                                   \
  "  UNION ALL SELECT entry, who FROM required"
#define PERSON_OF(entry)                                                                                     \
  "coalesce((SELECT p.key FROM persons p WHERE p.entry = " entry "),\n"                                      \
  "      (SELECT b.key FROM persons_before b WHERE b.entry = " entry "))"

#endif
