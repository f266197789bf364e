#include <stddef.h>

#include "ledger_schema.h"
#include "ledger_schema_parts.h"

/* R003, R039, R045, A23: a finding where a notice is recommended or decided, who was informed, a team of
 * every adviser, one chair a person. And an end to words in CHECKs.
 *
 * An append-only table cannot alter its CHECKs, and the earlier ones list the words that a record may hold.
 * Copying such a table would write every record anew; new tables beside the old ones would split the record
 * in two for ever. So the text of these CHECKs is taken out of sqlite_schema, which SQLite describes as safe
 * for constraints that are dropped ("Making Other Kinds Of Table Schema Changes"): no page of a record is
 * touched, and what a tampered file says otherwise is not found, stays, and is told by the audit. From now on
 * the words stand in views, which triggers ask: a later version drops a view and makes it anew with a row
 * more.
 *
 * The rules are asked of what is written from now on. What was written before stays as it was. */
#define WITHOUT(table, text, instead)                                                                        \
  "UPDATE sqlite_schema SET sql = replace(sql, '" text "', '" instead "')\n"                                 \
  "WHERE type = 'table' AND name = '" table "'"

#define SAME_PERSON(a, b) JOINED_NAME(a) " = " JOINED_NAME(b) " COLLATE NOCASE"

/* The newest step of that kind in the round at hand, 0 where there is none. */
#define NEWEST(action)                                                                                       \
  "coalesce((SELECT max(entry) FROM steps\n"                                                                 \
  "      WHERE round_entry = NEW.round_entry AND action = '" action "'), 0)"

#define ADVICE_INCOMPLETE(why)                                                                               \
  "  SELECT RAISE(ABORT, '" why "')\n"                                                                       \
  "    FROM (SELECT count(DISTINCT iif(background <> 'market', background, NULL)) AS backgrounds,\n"         \
  "        count(iif(background = 'market', 1, NULL)) AS market\n"                                           \
  "      FROM steps WHERE round_entry = NEW.round_entry AND action = 'advise')\n"                            \
  "    WHERE backgrounds < " REQUIRED " OR market = 0;\n"

/* What belongs to a step is written with it, before its entry in the log. */
#define WITH_ITS_STEP(table, condition, why)                                                                 \
  "CREATE TRIGGER " table "_with_its_step BEFORE INSERT ON " table "\n"                                      \
  "WHEN EXISTS (SELECT 1 FROM audit WHERE sequence >= NEW.entry)\n"                                          \
  "  OR NOT EXISTS (SELECT 1 FROM steps s WHERE s.entry = NEW.entry AND " condition ")\n"                    \
  "BEGIN SELECT RAISE(ABORT, '" why "'); END"

const char *const PI_SCHEMA_4[] = {
    "PRAGMA writable_schema = ON",
    WITHOUT("audit",
            " CHECK (action IN (''open'',''recommend'',''advise'',''decide'',''reopen'',''require''))",
            ""), /* audit_in_order says it: an entry does what its record did */
    WITHOUT("rounds", "basis IN (''weighed'',''rule_error'',''no_script'',''unassessed_harm'')", "TRUE"),
    WITHOUT("rounds", " CHECK (barred IN (''never_excepted'',''not_eligible'',''private_data''))", ""),
    WITHOUT("rounds", ",\n  CHECK (number > 1 OR barred IS NULL OR barred = ''private_data'')", ""),
    WITHOUT("steps", " CHECK (action IN (''recommend'',''advise'',''decide''))", ""),
    WITHOUT("steps",
            " CHECK (role = CASE action WHEN ''recommend'' THEN ''trust_safety''\n"
            "    WHEN ''advise'' THEN ''adviser'' ELSE ''senior'' END)",
            ""),
    WITHOUT("steps", "CHECK (team IS NULL OR background IS ''market'')",
            "CHECK (team IS NULL OR background IS NOT NULL)"),
    WITHOUT("steps", ",\n  CHECK (position IS NOT NULL OR action = ''advise'' AND reason IS NOT NULL)", ""),
    "PRAGMA writable_schema = RESET",

    /* ---- the words ---- */
    "CREATE VIEW step_actions (action, role, position) AS VALUES\n"
    "  ('recommend', 'trust_safety', 'always'), ('advise', 'adviser', 'or a reason'),\n"
    "  ('inform', 'secretary', 'never'), ('decide', 'senior', 'always')",
    /* unassessed_harm was written before version 2 of the reference policy. */
    "CREATE VIEW round_bases (basis) AS VALUES ('never_excepted'), ('not_eligible'), ('weighed'),\n"
    "  ('rule_error'), ('no_script'), ('unassessed_harm'), ('unassessed')",
    /* Why no notice is possible, and whether a case is opened all the same (bar.h). */
    "CREATE VIEW round_bars (bar, opened) AS VALUES ('never_excepted', FALSE), ('not_eligible', FALSE),\n"
    "  ('private_data', TRUE), ('no_public_concern', TRUE)",
    "CREATE VIEW never_excepted (rule) AS VALUES ('terrorism'), ('child_sexual_exploitation'),\n"
    "  ('non_consensual_nudity'), ('sexual_violence'), ('copyright')",
    "CREATE TRIGGER rounds_of_known_bases BEFORE INSERT ON rounds\n"
    "WHEN NEW.basis NOT IN (SELECT basis FROM round_bases)\n"
    "  OR NEW.barred NOT IN (SELECT bar FROM round_bars WHERE opened OR NEW.number > 1)\n"
    "BEGIN SELECT RAISE(ABORT, 'no such case is put before people'); END",
    "CREATE TRIGGER steps_of_known_actions BEFORE INSERT ON steps\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'there is no such step')\n"
    "    WHERE NEW.action NOT IN (SELECT action FROM step_actions);\n"
    "  SELECT RAISE(ABORT, 'a step is taken in the role that is its own')\n"
    "    FROM step_actions WHERE action = NEW.action AND role IS NOT NEW.role;\n"
    "  SELECT RAISE(ABORT, 'a step takes a position where one belongs to it')\n"
    "    FROM step_actions WHERE action = NEW.action AND CASE position\n"
    "      WHEN 'always' THEN NEW.position IS NULL WHEN 'never' THEN NEW.position IS NOT NULL\n"
    "      ELSE NEW.position IS NULL AND NEW.reason IS NULL END;\n"
    "END",

    /* ---- what belongs to a step ---- */
    /* R003: how the Tweet contributes directly to understanding of, or dialogue about, a matter of public
     * concern. */
    "CREATE TABLE findings (\n"
    "  entry INTEGER PRIMARY KEY REFERENCES steps,\n"
    "  finding TEXT NOT NULL CHECK (length(finding) > 0)\n"
    ") STRICT",
    /* R039: those who were told of the recommendation and of the feedback. */
    "CREATE TABLE informed (\n"
    "  entry INTEGER NOT NULL REFERENCES steps,\n"
    "  who " WHO ",\n"
    "  PRIMARY KEY (entry, who)\n"
    ") STRICT, WITHOUT ROWID",
    APPEND_ONLY("findings"),
    APPEND_ONLY("informed"),
    NEVER_REPLACED("findings"),
    WITH_ITS_STEP(
        "findings",
        "s.position = 'notice' AND (s.action = 'recommend' OR s.action = 'decide' AND NOT EXISTS (\n"
        "    SELECT 1 FROM findings f JOIN steps o ON o.entry = f.entry\n"
        "    WHERE o.round_entry = s.round_entry))",
        "a finding goes with the recommendation of a notice, or a decision for one that has none"),
    WITH_ITS_STEP("informed",
                  "s.action = 'inform' AND EXISTS (SELECT 1 FROM steps a\n"
                  "    WHERE a.round_entry = s.round_entry AND a.action = 'advise' AND a.who = NEW.who)",
                  "who advised is informed"),
    "CREATE TRIGGER steps_with_what_belongs BEFORE INSERT ON audit\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'a notice is recommended with a finding') FROM steps s\n"
    "    WHERE s.entry = NEW.sequence AND s.action = 'recommend' AND s.position = 'notice'\n"
    "      AND NOT EXISTS (SELECT 1 FROM findings WHERE entry = s.entry);\n"
    "  SELECT RAISE(ABORT, 'a notice is decided with a finding') FROM steps s\n"
    "    WHERE s.entry = NEW.sequence AND s.action = 'decide' AND s.position = 'notice' AND NOT EXISTS (\n"
    "      SELECT 1 FROM findings f JOIN steps o ON o.entry = f.entry WHERE o.round_entry = s.round_entry);\n"
    "  SELECT RAISE(ABORT, 'everybody who advised is informed')\n"
    "    FROM steps s JOIN steps a ON a.round_entry = s.round_entry AND a.action = 'advise'\n"
    "    WHERE s.entry = NEW.sequence AND s.action = 'inform'\n"
    "      AND NOT EXISTS (SELECT 1 FROM informed WHERE entry = s.entry AND who = a.who);\n"
    "END",

    /* ---- what people write ---- as in version 3, with more signs, and of texts as of names */
    SEEN_NAME("rounds"),
    SEEN_NAME("steps"),
    SEEN_NAME("required"),
    SHOWN("rounds", "reason"),
    SHOWN("steps", "reason"),
    SHOWN("steps", "team"),
    SHOWN("required", "reason"),
    SHOWN("findings", "finding"),
    "CREATE TRIGGER steps_team_is_a_line BEFORE INSERT ON steps\n"
    "WHEN NEW.team GLOB '*[' || char(9) || char(10) || ']*'\n"
    "BEGIN SELECT RAISE(ABORT, 'what people write is seen'); END",

    /* ---- the order ---- */
    "DROP TRIGGER IF EXISTS steps_advise_once",
    "CREATE TRIGGER steps_advise_once BEFORE INSERT ON steps WHEN NEW.action = 'advise'\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'an adviser speaks once a round') FROM steps\n"
    "    WHERE round_entry = NEW.round_entry AND action = 'advise' AND " SAME_PERSON(
        "who",
        "NEW.who") ";\n"
                   "  SELECT RAISE(ABORT, 'who recommended does not advise') FROM steps\n"
                   "    WHERE round_entry = NEW.round_entry AND action = 'recommend' AND " SAME_PERSON(
                       "who",
                       "NEW.who") ";\n"
                                  "  SELECT RAISE(ABORT, 'an adviser is of an internal team') WHERE NEW.team IS NULL;\n"
                                  "  SELECT RAISE(ABORT, 'the market speaks through its own teams')\n"
                                  "    FROM rounds r WHERE r.entry = NEW.round_entry AND NEW.background = 'market' AND r.teams <> '[]'\n"
                                  "      AND NOT EXISTS (SELECT 1 FROM json_each(r.teams) WHERE value = NEW.team);\n"
                                  "END",
    "CREATE TRIGGER steps_inform_once BEFORE INSERT ON steps WHEN NEW.action = 'inform'\n"
    "  AND EXISTS (SELECT 1 FROM steps WHERE round_entry = NEW.round_entry AND action = 'recommend')\n"
    "  AND NOT EXISTS (SELECT 1 FROM steps WHERE round_entry = NEW.round_entry AND action = 'decide')\n"
    "BEGIN\n" ADVICE_INCOMPLETE(
        "nobody is informed of advice that is not complete") "  SELECT RAISE(ABORT, 'who advised is informed already')\n"
                                                             "    WHERE " NEWEST("inform") " > " NEWEST(
                                                                 "advise") ";\n"
                                                                           "END",
    "DROP TRIGGER IF EXISTS steps_decide_last",
    "CREATE TRIGGER steps_decide_last BEFORE INSERT ON steps WHEN NEW.action = 'decide'\n"
    "  AND EXISTS (SELECT 1 FROM steps WHERE round_entry = NEW.round_entry AND action = 'recommend')\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'who recommended does not decide') FROM steps\n"
    "    WHERE round_entry = NEW.round_entry AND action = 'recommend' AND " SAME_PERSON(
        "who",
        "NEW.who") ";\n"
                   "  SELECT RAISE(ABORT, 'who advised does not decide') FROM steps\n"
                   "    WHERE round_entry = NEW.round_entry AND action = 'advise' AND " SAME_PERSON("who", "NEW.who") ";\n" ADVICE_INCOMPLETE(
                       "a decision needs advice from more backgrounds, and from the market") "  SELECT RAISE(ABORT, 'a decision comes after those who advised are informed')\n"
                                                                                             "    WHERE " NEWEST("inform") " < " NEWEST(
                                                                                                 "advise") ";\n"
                                                                                                           "  SELECT RAISE(ABORT, 'a decision against the recommendation or the majority needs a reason')\n"
                                                                                                           "    FROM (SELECT max(iif(action = 'recommend', position, NULL)) AS recommended,\n"
                                                                                                           "        count(iif(action = 'advise' AND position = NEW.position, 1, NULL)) AS with_it,\n"
                                                                                                           "        count(iif(action = 'advise' AND position <> NEW.position, 1, NULL)) AS against_it\n"
                                                                                                           "      FROM steps WHERE round_entry = NEW.round_entry)\n"
                                                                                                           "    WHERE NEW.reason IS NULL AND (recommended <> NEW.position OR against_it > with_it);\n"
                                                                                                           "END",
    /* As in version 3, but that the rules stand in the view, that data is marked whatever the kind, and that
     * there is a public concern where one was assessed (bar.c). A strength may be written as a number, a
     * truth or a word. */
    "DROP TRIGGER IF EXISTS steps_no_notice_of_such_rules",
    "CREATE TRIGGER steps_no_notice_of_such_rules BEFORE INSERT ON steps\n"
    "WHEN NEW.action <> 'advise' AND NEW.position = 'notice'\n"
    "  AND (SELECT barred FROM rounds WHERE entry = NEW.round_entry) IS NULL\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'a rule of this case is never excepted')\n"
    "    FROM violated WHERE entry = NEW.round_entry AND rule IN (SELECT rule FROM never_excepted);\n"
    "  SELECT RAISE(ABORT, 'a notice names a rule, and this case breaks none')\n"
    "    WHERE EXISTS (SELECT 1 FROM rounds WHERE entry = NEW.round_entry)\n"
    "      AND NOT EXISTS (SELECT 1 FROM violated WHERE entry = NEW.round_entry);\n"
    "  SELECT RAISE(ABORT, 'a notice would publish private data that nobody has marked')\n"
    "    FROM rounds r, json_tree(r.facts, '$.violations') AS broken\n"
    "    WHERE r.entry = NEW.round_entry AND broken.key = 'rule' AND broken.atom = 'private_information'\n"
    "      AND NOT EXISTS (SELECT 1 FROM json_tree(r.facts, '$.violations') AS said\n"
    "        WHERE said.path = broken.path || '.spans' AND typeof(said.key) = 'integer'\n"
    "          OR said.path = broken.path AND said.key = 'spans' AND said.type = 'array'\n"
    "            AND EXISTS (SELECT 1 FROM json_tree(r.facts, '$.violations') AS kind\n"
    "              WHERE kind.path = broken.path AND kind.key = 'kind'\n"
    "                AND kind.atom IN ('threat', 'incitement')));\n"
    "  SELECT RAISE(ABORT, 'a notice is of a matter of public concern')\n"
    "    FROM rounds r, json_each(r.facts, '$.context') AS fact\n"
    "    WHERE r.entry = NEW.round_entry AND fact.key = 'public_concern'\n"
    "      AND (fact.atom < 0.0000005 OR fact.atom = 'none');\n"
    "END",

    /* ---- where each case stands: as in version 1, and informed once nobody has advised since ---- */
    "DROP VIEW IF EXISTS queue_now",
    "CREATE VIEW queue_now AS SELECT\n"
    "  c.entry AS case_entry, c.id AS id, r.entry AS round_entry, r.number AS number, r.market AS market,\n"
    "  abs(r.margin) AS closeness,\n"
    "  coalesce((SELECT 'decided' FROM steps WHERE round_entry = r.entry AND action = 'decide'),\n"
    "    (SELECT 'informed' FROM steps WHERE round_entry = r.entry AND action = 'inform' AND entry >\n"
    "      (SELECT max(entry) FROM steps WHERE round_entry = r.entry AND action = 'advise')),\n"
    "    (SELECT 'recommended' FROM steps WHERE round_entry = r.entry AND action = 'recommend'),\n"
    "    'opened') AS state,\n"
    "  coalesce((SELECT max(at) FROM steps WHERE round_entry = r.entry AND action = 'decide'),\n"
    "    (SELECT max(at) FROM steps WHERE round_entry = r.entry AND action = 'inform' AND entry >\n"
    "      (SELECT max(entry) FROM steps WHERE round_entry = r.entry AND action = 'advise')),\n"
    "    (SELECT max(at) FROM steps WHERE round_entry = r.entry AND action = 'recommend'),\n"
    "    r.at) AS since,\n"
    "  (SELECT max(at) FROM steps WHERE round_entry = r.entry AND action = 'advise') AS heard_at,\n"
    "  (SELECT count(DISTINCT background) FROM steps\n"
    "    WHERE round_entry = r.entry AND action = 'advise' AND background <> 'market') AS backgrounds,\n"
    "  EXISTS (SELECT 1 FROM steps\n"
    "    WHERE round_entry = r.entry AND action = 'advise' AND background = 'market') AS market_heard,\n"
    "  (SELECT position FROM steps WHERE round_entry = r.entry AND action = 'decide') AS decision\n"
    "FROM cases c JOIN rounds r ON r.case_entry = c.entry\n"
    "WHERE r.number = (SELECT max(number) FROM rounds WHERE case_entry = c.entry)",
    NULL,
};
