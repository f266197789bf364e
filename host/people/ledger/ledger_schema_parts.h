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

/* What GLOB takes for a set: signs that nobody sees (process.c), and with them the blanks that a text may
 * have. GLOB ends at a NUL, which is looked for apart. */
#define UNSEEN                                                                                               \
  "char(1) || '-' || char(31) || char(127) || '-' || char(160) || char(173) || char(847) || char(1564)\n"    \
  "  || char(4447) || char(4448) || char(5760) || char(6068) || char(6069) || char(6155) || '-'\n"           \
  "  || char(6159) || char(8192) || '-' || char(8203) || char(8206) || char(8207) || char(8232) || '-'\n"    \
  "  || char(8239) || char(8287) || '-' || char(8303) || char(10240) || char(12288) || char(12644)\n"        \
  "  || char(65024) || '-' || char(65039) || char(65279) || char(65440) || char(65520) || '-'\n"             \
  "  || char(65531) || char(78896) || '-' || char(78911) || char(94180) || char(113824) || '-'\n"            \
  "  || char(113827) || char(119129) || char(119155) || '-' || char(119162) || char(917504) || '-'\n"        \
  "  || char(921599)"
#define SHOWS(text) text " GLOB '*[^ ' || char(8204) || char(8205) || " UNSEEN " || ']*'"
#define CONTROLS(text)                                                                                       \
  "instr(" text ", char(0)) OR " text " GLOB '*[' || char(1) || '-' || char(8) || char(11) || '-'\n"         \
  "  || char(31) || char(127) || '-' || char(159) || ']*'"

#define SEEN_NAME(table)                                                                                     \
  "DROP TRIGGER IF EXISTS " table "_plain_name",                                                             \
      "CREATE TRIGGER " table "_plain_name BEFORE INSERT ON " table "\n"                                     \
      "WHEN instr(NEW.who, char(0)) OR instr(NEW.who, '  ') OR NEW.who GLOB '*[' || " UNSEEN " || ']*'\n"    \
      "  OR NEW.who <> '' AND NOT " SHOWS(                                                                   \
          "NEW.who") "\n"                                                                                    \
                     "BEGIN SELECT RAISE(ABORT, 'a name has no sign in it that nobody sees'); END"
#define SHOWN(table, column)                                                                                 \
  "CREATE TRIGGER " table "_shown_" column " BEFORE INSERT ON " table "\n"                                   \
  "WHEN " CONTROLS("NEW." column) " OR NOT " SHOWS(                                                          \
      "NEW." column) "\n"                                                                                    \
                     "BEGIN SELECT RAISE(ABORT, 'what people write is seen'); END"

/* How many of the six backgrounds a decision needs now. */
#define REQUIRED "coalesce((SELECT max(backgrounds) FROM required), 3)"

/* Who did each operation, by name; and the key of that person (version 5). */
#define ALL_ACTORS                                                                                           \
  "SELECT entry, who FROM rounds UNION ALL SELECT entry, who FROM steps\n"                                   \
  "  UNION ALL SELECT entry, who FROM required"
#define ALL_ACTORS_6 ALL_ACTORS "\n  UNION ALL SELECT entry, who FROM corrections"
#define PERSON_OF(entry)                                                                                     \
  "coalesce((SELECT p.key FROM persons p WHERE p.entry = " entry "),\n"                                      \
  "      (SELECT b.key FROM persons_before b WHERE b.entry = " entry "))"

/* The time as of which a round or a step counts: its own, or that of its newest correction (version 6). */
#define TIME_OF(row)                                                                                         \
  "coalesce((SELECT k.time FROM corrections k WHERE k.record = " row ".entry AND k.time IS NOT NULL\n"       \
  "    ORDER BY k.entry DESC LIMIT 1), " row ".at)"

#endif
