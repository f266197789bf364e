#include <stddef.h>

#include "ledger_schema.h"
#include "ledger_schema_parts.h"

const char *const PI_SCHEMA_1[] = {
    /* One row an operation, chained (audit.h). It is written last: its link covers the record rows. */
    "CREATE TABLE audit (\n"
    "  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),\n"
    "  at INTEGER NOT NULL,\n"
    "  actor TEXT NOT NULL,\n"
    "  action TEXT NOT NULL CHECK (action IN ('open','recommend','advise','decide','reopen','require')),\n"
    "  subject TEXT NOT NULL,\n" /* the case's id, '' for require */
    "  link TEXT NOT NULL CHECK (length(link) = 64)\n"
    ") STRICT",

    "CREATE TABLE cases (\n"
    "  entry INTEGER PRIMARY KEY REFERENCES audit DEFERRABLE INITIALLY DEFERRED,\n"
    "  id TEXT NOT NULL UNIQUE CHECK (length(id) > 0)\n"
    ") STRICT",

    /* One run through the four steps: the first by open, each later one by reopen. */
    "CREATE TABLE rounds (\n"
    "  entry INTEGER PRIMARY KEY REFERENCES audit DEFERRABLE INITIALLY DEFERRED,\n"
    "  case_entry INTEGER NOT NULL REFERENCES cases,\n"
    "  number INTEGER NOT NULL CHECK (number > 0),\n"
    "  at INTEGER NOT NULL,\n"
    "  who " WHO ",\n"
    "  role TEXT NOT NULL CHECK (role = CASE number WHEN 1 THEN 'enforcement' ELSE 'senior' END),\n"
    "  reason " REASON ",\n"
    "  facts TEXT NOT NULL,\n"      /* the case as JSON */
    "  evaluation TEXT NOT NULL,\n" /* as JSON */
    "  policy TEXT NOT NULL,\n"     /* name@version+sha256:… */
    "  outcome TEXT NOT NULL CHECK (outcome IN ('remove','notice','review')),\n"
    "  basis TEXT NOT NULL,\n"
    "  barred TEXT CHECK (barred IN ('never_excepted','not_eligible','private_data')),\n" /* why no notice */
    "  margin INTEGER,\n" /* the lowest of its rules, in billionths; NULL: none was weighed */
    "  market TEXT,\n"
    "  teams TEXT NOT NULL,\n" /* of the market, a JSON list */
    "  UNIQUE (case_entry, number),\n"
    "  CHECK (number = 1 OR reason IS NOT NULL),\n"
    "  CHECK (number > 1 OR barred IS NULL OR barred = 'private_data'),\n"
    "  CHECK (CASE WHEN basis IN ('never_excepted','not_eligible') THEN barred IS basis\n"
    "         ELSE basis IN ('weighed','rule_error','no_script','unassessed_harm') END),\n"
    "  CHECK (outcome <> 'notice' OR barred IS NULL)\n"
    ") STRICT",

    /* The rules of a round, each once. */
    "CREATE TABLE violated (\n"
    "  entry INTEGER NOT NULL REFERENCES rounds,\n"
    "  rule TEXT NOT NULL CHECK (length(rule) > 0),\n"
    "  PRIMARY KEY (entry, rule)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE INDEX violated_rule ON violated (rule, entry)",

    "CREATE TABLE steps (\n"
    "  entry INTEGER PRIMARY KEY REFERENCES audit DEFERRABLE INITIALLY DEFERRED,\n"
    "  round_entry INTEGER NOT NULL REFERENCES rounds,\n"
    "  action TEXT NOT NULL CHECK (action IN ('recommend','advise','decide')),\n"
    "  at INTEGER NOT NULL,\n"
    "  who " WHO ",\n"
    "  role TEXT NOT NULL CHECK (role = CASE action WHEN 'recommend' THEN 'trust_safety'\n"
    "    WHEN 'advise' THEN 'adviser' ELSE 'senior' END),\n"
    "  background TEXT CHECK (background IN\n"
    "    ('government','human_rights','journalism','news','technology','law','market')),\n"
    "  team TEXT CHECK (length(team) > 0),\n"
    "  position TEXT CHECK (position IN ('notice','remove')),\n" /* NULL: advice without one */
    "  reason " REASON ",\n"
    "  CHECK ((action = 'advise') = (background IS NOT NULL)),\n"
    "  CHECK (team IS NULL OR background IS 'market'),\n"
    "  CHECK (position IS NOT NULL OR action = 'advise' AND reason IS NOT NULL)\n"
    ") STRICT",
    "CREATE INDEX steps_round ON steps (round_entry, action, entry)",

    "CREATE TABLE required (\n"
    "  entry INTEGER PRIMARY KEY REFERENCES audit DEFERRABLE INITIALLY DEFERRED,\n"
    "  at INTEGER NOT NULL,\n"
    "  who " WHO ",\n"
    "  backgrounds INTEGER NOT NULL CHECK (backgrounds BETWEEN 3 AND 6),\n"
    "  reason " REASON "\n"
    ") STRICT",

    /* ---- nothing is ever rewritten ---- */
    APPEND_ONLY("audit"),
    APPEND_ONLY("cases"),
    APPEND_ONLY("rounds"),
    APPEND_ONLY("violated"),
    APPEND_ONLY("steps"),
    APPEND_ONLY("required"),
    NEVER_REPLACED("rounds"),
    NEVER_REPLACED("steps"),
    NEVER_REPLACED("required"),
    "CREATE TRIGGER cases_never_replaced BEFORE INSERT ON cases\n"
    "WHEN EXISTS (SELECT 1 FROM cases WHERE entry = NEW.entry OR id = NEW.id)\n"
    "BEGIN SELECT RAISE(ABORT, 'the case is in the ledger already'); END",
    "CREATE TRIGGER violated_with_its_round BEFORE INSERT ON violated\n"
    "WHEN EXISTS (SELECT 1 FROM audit WHERE sequence >= NEW.entry)\n"
    "  OR EXISTS (SELECT 1 FROM violated WHERE entry = NEW.entry AND rule = NEW.rule)\n"
    "BEGIN SELECT RAISE(ABORT, 'a round''s rules are written with it'); END",

    /* The log grows by one, and says what the records say. */
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
    "        AND NEW.action = 'require');\n"
    "END",

    /* ---- the order of the process (process.c has it in full) ---- */
    "CREATE TRIGGER rounds_in_order BEFORE INSERT ON rounds\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'rounds are numbered one by one')\n"
    "    WHERE NEW.number <> 1 + (SELECT count(*) FROM rounds WHERE case_entry = NEW.case_entry);\n"
    "  SELECT RAISE(ABORT, 'only a decided case is reopened')\n"
    "    WHERE NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM steps s JOIN rounds r ON r.entry = s.round_entry\n"
    "      WHERE r.case_entry = NEW.case_entry AND r.number = NEW.number - 1 AND s.action = 'decide');\n"
    "  SELECT RAISE(ABORT, 'a round is no earlier than the decision before it')\n"
    "    WHERE NEW.at < (SELECT max(s.at) FROM steps s JOIN rounds r ON r.entry = s.round_entry\n"
    "      WHERE r.case_entry = NEW.case_entry);\n"
    "END",
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
    "    WHERE NEW.at < (SELECT at FROM rounds WHERE entry = NEW.round_entry)\n"
    "      OR NEW.at < (SELECT max(at) FROM steps WHERE round_entry = NEW.round_entry);\n"
    "END",
    "CREATE TRIGGER steps_no_notice_where_barred BEFORE INSERT ON steps\n"
    "WHEN NEW.action <> 'advise' AND NEW.position = 'notice'\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'this case can never stand behind a notice')\n"
    "    FROM rounds WHERE entry = NEW.round_entry AND barred IS NOT NULL;\n"
    "END",
    "CREATE TRIGGER steps_recommend_with_reason BEFORE INSERT ON steps\n"
    "WHEN NEW.action = 'recommend' AND NEW.reason IS NULL\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'a recommendation against the evaluation needs a reason')\n"
    "    FROM rounds WHERE entry = NEW.round_entry AND outcome <> NEW.position;\n"
    "END",
    "CREATE TRIGGER steps_advise_once BEFORE INSERT ON steps WHEN NEW.action = 'advise'\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'an adviser speaks once a round')\n"
    "    WHERE EXISTS (SELECT 1 FROM steps\n"
    "      WHERE round_entry = NEW.round_entry AND action = 'advise' AND who = NEW.who);\n"
    "  SELECT RAISE(ABORT, 'the market speaks through its own teams')\n"
    "    FROM rounds r WHERE r.entry = NEW.round_entry AND NEW.background = 'market' AND r.teams <> '[]'\n"
    "      AND NOT EXISTS (SELECT 1 FROM json_each(r.teams) WHERE value = NEW.team);\n"
    "END",
    /* Of several triggers SQLite may run any first: what a step is refused for first stands in one. */
    "CREATE TRIGGER steps_decide_last BEFORE INSERT ON steps WHEN NEW.action = 'decide'\n"
    "  AND EXISTS (SELECT 1 FROM steps WHERE round_entry = NEW.round_entry AND action = 'recommend')\n"
    "BEGIN\n"
    "  SELECT RAISE(ABORT, 'who recommended does not decide')\n"
    "    FROM steps WHERE round_entry = NEW.round_entry AND action = 'recommend' AND who = NEW.who;\n"
    "  SELECT RAISE(ABORT, 'a decision needs advice from more backgrounds, and from the market')\n"
    "    FROM (SELECT count(DISTINCT iif(background <> 'market', background, NULL)) AS backgrounds,\n"
    "        count(iif(background = 'market', 1, NULL)) AS market\n"
    "      FROM steps WHERE round_entry = NEW.round_entry AND action = 'advise')\n"
    "    WHERE backgrounds < " REQUIRED " OR market = 0;\n"
    "  SELECT RAISE(ABORT, 'a decision against the recommendation or the majority needs a reason')\n"
    "    FROM (SELECT max(iif(action = 'recommend', position, NULL)) AS recommended,\n"
    "        count(iif(action = 'advise' AND position = NEW.position, 1, NULL)) AS with_it,\n"
    "        count(iif(action = 'advise' AND position <> NEW.position, 1, NULL)) AS against_it\n"
    "      FROM steps WHERE round_entry = NEW.round_entry)\n"
    "    WHERE NEW.reason IS NULL AND (recommended <> NEW.position OR against_it > with_it);\n"
    "END",
    "CREATE TRIGGER required_only_rises BEFORE INSERT ON required WHEN NEW.backgrounds <= " REQUIRED "\n"
    "BEGIN SELECT RAISE(ABORT, 'what a decision needs is only ever raised'); END",

    /* ---- where each case stands ---- */
    "CREATE VIEW queue_now AS SELECT\n"
    "  c.entry AS case_entry, c.id AS id, r.entry AS round_entry, r.number AS number, r.market AS market,\n"
    "  abs(r.margin) AS closeness,\n"
    "  coalesce((SELECT 'decided' FROM steps WHERE round_entry = r.entry AND action = 'decide'),\n"
    "    (SELECT 'recommended' FROM steps WHERE round_entry = r.entry AND action = 'recommend'),\n"
    "    'opened') AS state,\n"
    "  coalesce((SELECT max(at) FROM steps WHERE round_entry = r.entry AND action = 'decide'),\n"
    "    (SELECT max(at) FROM steps WHERE round_entry = r.entry AND action = 'recommend'),\n"
    "    r.at) AS since,\n" /* when it came to that state */
    "  (SELECT max(at) FROM steps WHERE round_entry = r.entry AND action = 'advise') AS heard_at,\n"
    "  (SELECT count(DISTINCT background) FROM steps\n"
    "    WHERE round_entry = r.entry AND action = 'advise' AND background <> 'market') AS backgrounds,\n"
    "  EXISTS (SELECT 1 FROM steps\n"
    "    WHERE round_entry = r.entry AND action = 'advise' AND background = 'market') AS market_heard,\n"
    "  (SELECT position FROM steps WHERE round_entry = r.entry AND action = 'decide') AS decision\n"
    "FROM cases c JOIN rounds r ON r.case_entry = c.entry\n"
    "WHERE r.number = (SELECT max(number) FROM rounds WHERE case_entry = c.entry)",
    "CREATE TABLE queue (\n"
    "  case_entry INTEGER PRIMARY KEY REFERENCES cases,\n"
    "  id TEXT NOT NULL, round_entry INTEGER NOT NULL, number INTEGER NOT NULL, market TEXT,\n"
    "  closeness INTEGER, state TEXT NOT NULL, since INTEGER NOT NULL, heard_at INTEGER,\n"
    "  backgrounds INTEGER NOT NULL, market_heard INTEGER NOT NULL, decision TEXT\n"
    ") STRICT",
    "CREATE INDEX queue_waiting ON queue (state, closeness, since) WHERE state <> 'decided'",
    "CREATE INDEX queue_market ON queue (market, state)",
    "CREATE TRIGGER rounds_to_queue AFTER INSERT ON rounds\n"
    "BEGIN\n"
    "  INSERT INTO queue SELECT * FROM queue_now WHERE case_entry = NEW.case_entry\n"
    "    ON CONFLICT DO UPDATE SET round_entry = excluded.round_entry, number = excluded.number,\n"
    "      market = excluded.market, closeness = excluded.closeness, state = excluded.state,\n"
    "      since = excluded.since, heard_at = excluded.heard_at, backgrounds = excluded.backgrounds,\n"
    "      market_heard = excluded.market_heard, decision = excluded.decision;\n"
    "END",
    "CREATE TRIGGER steps_to_queue AFTER INSERT ON steps\n"
    "BEGIN\n"
    "  UPDATE queue SET state = now.state, since = now.since, heard_at = now.heard_at,\n"
    "      backgrounds = now.backgrounds, market_heard = now.market_heard, decision = now.decision\n"
    "    FROM queue_now AS now WHERE now.case_entry = queue.case_entry AND queue.case_entry =\n"
    "      (SELECT case_entry FROM rounds WHERE entry = NEW.round_entry)\n"
    "      AND now.case_entry = (SELECT case_entry FROM rounds WHERE entry = NEW.round_entry);\n"
    "END",
    "CREATE TRIGGER queue_says_what_records_say AFTER UPDATE ON queue\n"
    "WHEN NOT EXISTS (SELECT * FROM queue WHERE case_entry = NEW.case_entry\n"
    "  INTERSECT SELECT * FROM queue_now WHERE case_entry = NEW.case_entry)\n"
    "BEGIN SELECT RAISE(ABORT, 'the queue is what the records say'); END",
    "CREATE TRIGGER queue_holds_cases AFTER INSERT ON queue\n"
    "WHEN NOT EXISTS (SELECT * FROM queue WHERE case_entry = NEW.case_entry\n"
    "  INTERSECT SELECT * FROM queue_now WHERE case_entry = NEW.case_entry)\n"
    "BEGIN SELECT RAISE(ABORT, 'the queue is what the records say'); END",
    "CREATE TRIGGER queue_keeps_cases BEFORE DELETE ON queue\n"
    "BEGIN SELECT RAISE(ABORT, 'the queue is what the records say'); END",

    /* ---- precedents ---- R061: every decision is one, a removal as well as a notice. It stands until a
     * later round is decided. */
    "CREATE VIEW precedents AS SELECT\n"
    "  s.entry AS entry, c.id AS id, r.entry AS round_entry, r.case_entry AS case_entry, r.number AS number,\n"
    "  s.at AS at, s.who AS who, s.position AS decision, s.reason AS reason,\n"
    "  (SELECT min(later.number) FROM rounds later JOIN steps d ON d.round_entry = later.entry\n"
    "    WHERE later.case_entry = r.case_entry AND later.number > r.number AND d.action = 'decide')\n"
    "    AS superseded_by\n"
    "FROM steps s JOIN rounds r ON r.entry = s.round_entry JOIN cases c ON c.entry = r.case_entry\n"
    "WHERE s.action = 'decide'",
    "CREATE INDEX steps_decided ON steps (at, position) WHERE action = 'decide'",
    NULL,
};
