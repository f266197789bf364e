#include "ledger_schema.h"

#include <stddef.h>

const pi_migration PI_MIGRATIONS[] = {
#define SCHEMA(n, brings, digest) {PI_SCHEMA_##n, brings, digest},
#include "ledger_schemas.def"
#undef SCHEMA
};
const int PI_MIGRATIONS_COUNT = sizeof PI_MIGRATIONS / sizeof PI_MIGRATIONS[0];

const pi_record_table PI_RECORD_TABLES[] = {
    {"cases", false, "SELECT id FROM cases WHERE entry = :entry"},
    {"rounds", false,
     "SELECT case_entry, number, at, who, role, reason, facts, evaluation, policy, outcome, basis, "
     "barred, margin, market, teams FROM rounds WHERE entry = :entry"},
    {"violated", false, "SELECT rule FROM violated WHERE entry = :entry ORDER BY rule"},
    {"steps", false,
     "SELECT round_entry, action, at, who, role, background, team, position, reason FROM steps "
     "WHERE entry = :entry"},
    {"required", false, "SELECT at, who, backgrounds, reason FROM required WHERE entry = :entry"},
    {"findings", true, "SELECT finding FROM findings WHERE entry = :entry"},
    {"informed", true, "SELECT who FROM informed WHERE entry = :entry ORDER BY who"},
    {"persons", true, "SELECT key FROM persons WHERE entry = :entry"},
    {"corrections", true, "SELECT record, at, who, time, note FROM corrections WHERE entry = :entry"},
};
const int PI_RECORD_TABLES_COUNT = sizeof PI_RECORD_TABLES / sizeof PI_RECORD_TABLES[0];
