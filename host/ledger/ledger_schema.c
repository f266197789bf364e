#include "ledger_schema.h"

#include <stddef.h>

const pi_migration PI_MIGRATIONS[] = {
    {PI_SCHEMA_1},
    {PI_SCHEMA_2},
    {PI_SCHEMA_3},
};
const int PI_MIGRATIONS_COUNT = sizeof PI_MIGRATIONS / sizeof PI_MIGRATIONS[0];

const pi_record_table PI_RECORD_TABLES[] = {
    {"cases", "SELECT id FROM cases WHERE entry = ?1"},
    {"rounds", "SELECT case_entry, number, at, who, role, reason, facts, evaluation, policy, outcome, basis, "
               "barred, margin, market, teams FROM rounds WHERE entry = ?1"},
    {"violated", "SELECT rule FROM violated WHERE entry = ?1 ORDER BY rule"},
    {"steps", "SELECT round_entry, action, at, who, role, background, team, position, reason FROM steps "
              "WHERE entry = ?1"},
    {"required", "SELECT at, who, backgrounds, reason FROM required WHERE entry = ?1"},
};
const int PI_RECORD_TABLES_COUNT = sizeof PI_RECORD_TABLES / sizeof PI_RECORD_TABLES[0];
