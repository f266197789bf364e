-- statements.lua PUBINT POLICY DECISIONS WORK: every statement of reasons exported from a ledger of 500 generated cases
-- keeps the rules of the DSA Transparency Database, which are written down here a second time, by hand; and
-- nothing that came with a case, or was typed by people, comes into one (R006, R043, R068, R069).
local pubint, policy, decisions, work = arg[1], arg[2], arg[3], arg[4]
package.path = arg[0]:match("^(.*/)") .. "../../reference/?.lua;" .. package.path
local json = require "json"

local COUNT = 500
local failures = 0

local function fail(...)
  failures = failures + 1
  if failures <= 20 then print(string.format(...)) end
end

local function run(command)
  local pipe = assert(io.popen(command .. " 2>" .. work .. "/stderr"))
  local output = pipe:read("a")
  local _, _, code = pipe:close()
  return output, code
end

local function set(words)
  local found = {}
  for word in words:gmatch("%S+") do found[word] = true end
  return found
end

local function prefixed(prefix, words) return set((words:gsub("%S+", prefix .. "%0"))) end

local EEA = set "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
local VISIBILITY = prefixed("DECISION_VISIBILITY_", [[CONTENT_REMOVED CONTENT_DISABLED CONTENT_DEMOTED
  CONTENT_AGE_RESTRICTED CONTENT_INTERACTION_RESTRICTED CONTENT_LABELLED OTHER]])
local CATEGORY = prefixed("STATEMENT_CATEGORY_", [[ANIMAL_WELFARE CONSUMER_INFORMATION CYBER_VIOLENCE
  CYBER_VIOLENCE_AGAINST_WOMEN DATA_PROTECTION_AND_PRIVACY_VIOLATIONS ILLEGAL_OR_HARMFUL_SPEECH
  INTELLECTUAL_PROPERTY_INFRINGEMENTS NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS NOT_SPECIFIED_NOTICE
  OTHER_VIOLATION_TC PROTECTION_OF_MINORS RISK_FOR_PUBLIC_SECURITY SCAMS_AND_FRAUD SELF_HARM
  UNSAFE_AND_PROHIBITED_PRODUCTS VIOLENCE]])
local CONTENT = prefixed("CONTENT_TYPE_", "APP AUDIO IMAGE PRODUCT SYNTHETIC_MEDIA TEXT VIDEO OTHER")
local SOURCE = set "SOURCE_ARTICLE_16 SOURCE_TRUSTED_FLAGGER SOURCE_TYPE_OTHER_NOTIFICATION SOURCE_VOLUNTARY"
local GROUND = set "DECISION_GROUND_ILLEGAL_CONTENT DECISION_GROUND_INCOMPATIBLE_CONTENT"
local AUTOMATED = prefixed("AUTOMATED_DECISION_", "FULLY PARTIALLY NOT_AUTOMATED")
local YES_NO = set "Yes No"

local function text(max)
  return function(value) return type(value) == "string" and #value > 0 and (utf8.len(value) or max + 1) <= max end
end
local function one_of(words) return function(value) return type(value) == "string" and words[value] end end
local function list(words)
  return function(value)
    if type(value) ~= "table" or #value == 0 then return false end
    local seen = {}
    for _, item in ipairs(value) do
      if not words[item] or seen[item] then return false end
      seen[item] = true
    end
    return true
  end
end
local function keywords(value)
  for _, item in ipairs(value) do
    if not item:find("^KEYWORD_[A-Z_]+$") then return false end
  end
  return #value > 0
end
local DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
local function date(from)
  return function(value)
    local year, month, day = tostring(value):match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
    if not year or value < from then return false end
    year, month, day = tonumber(year), tonumber(month), tonumber(day)
    local leap = month == 2 and (year % 4 == 0 and year % 100 ~= 0 or year % 400 == 0) and 1 or 0
    return DAYS[month] and day >= 1 and day <= DAYS[month] + leap
  end
end

-- Each field: whether it must stand ("yes", "maybe"), and its form.
local FIELDS = {
  decision_visibility = {"yes", list(VISIBILITY)},
  decision_visibility_other = {"maybe", text(500)},
  decision_ground = {"yes", one_of(GROUND)},
  decision_ground_reference_url = {"maybe", function(v) return text(500)(v) and v:find("^https?://%S+$") end},
  illegal_content_legal_ground = {"maybe", text(500)},
  illegal_content_explanation = {"maybe", text(2000)},
  incompatible_content_ground = {"maybe", text(500)},
  incompatible_content_explanation = {"maybe", text(2000)},
  incompatible_content_illegal = {"maybe", one_of(YES_NO)},
  category = {"yes", one_of(CATEGORY)},
  category_addition = {"maybe", list(CATEGORY)},
  category_specification = {"maybe", keywords},
  category_specification_other = {"maybe", text(500)},
  content_type = {"yes", list(CONTENT)},
  content_type_other = {"maybe", text(500)},
  content_language = {"maybe", function(v) return text(2)(v) and v:find("^%u%u$") end},
  content_date = {"yes", date "2000-01-01"},
  application_date = {"yes", date "2020-01-01"},
  territorial_scope = {"yes", list(EEA)},
  decision_facts = {"yes", text(5000)},
  source_type = {"yes", one_of(SOURCE)},
  source_identity = {"maybe", text(500)},
  automated_detection = {"yes", one_of(YES_NO)},
  automated_decision = {"yes", one_of(AUTOMATED)},
  puid = {"yes", function(v) return text(500)(v) and v:find("^[%w_-]+$") end},
}

local function has(items, wanted)
  for _, item in ipairs(items or {}) do
    if item == wanted then return true end
  end
  return false
end

local function needs(statement, field, wanted)
  if (statement[field] ~= nil) ~= wanted then
    fail("%s: %s %s stand", statement.puid, field, wanted and "must" or "must not")
  end
end

local puids = {}

local function check(statement)
  for key, value in pairs(statement) do
    local field = FIELDS[key]
    if not field then
      fail("%s: no such field: %s", statement.puid, key)
    elseif not field[2](value) then
      fail("%s: %s is not right: %s", statement.puid, key, tostring(value))
    end
  end
  for key, field in pairs(FIELDS) do
    if field[1] == "yes" and statement[key] == nil then fail("%s: %s is missing", statement.puid, key) end
  end
  local illegal = statement.decision_ground == "DECISION_GROUND_ILLEGAL_CONTENT"
  needs(statement, "illegal_content_legal_ground", illegal)
  needs(statement, "illegal_content_explanation", illegal)
  needs(statement, "incompatible_content_ground", not illegal)
  needs(statement, "incompatible_content_explanation", not illegal)
  needs(statement, "decision_visibility_other", has(statement.decision_visibility, "DECISION_VISIBILITY_OTHER"))
  needs(statement, "content_type_other", has(statement.content_type, "CONTENT_TYPE_OTHER"))
  needs(statement, "category_specification_other", has(statement.category_specification, "KEYWORD_OTHER"))
  if statement.source_type == "SOURCE_VOLUNTARY" then needs(statement, "source_identity", false) end
  if has(statement.category_addition, statement.category) then fail("%s: its category twice", statement.puid) end
  if statement.automated_decision == "AUTOMATED_DECISION_FULLY" then fail("%s: nobody decided", statement.puid) end
  if puids[tostring(statement.puid)] then fail("%s: a puid twice", statement.puid) end
  puids[tostring(statement.puid)] = true
end

local function lines(name, output)
  local found = {}
  for line in output:gmatch("[^\n]+") do
    local ok, value = pcall(json.decode, line)
    if ok then found[#found + 1] = value else fail("%s: a line is no JSON: %s", name, value) end
  end
  return found
end

-- Which statements there must be: of each record the decision in force, and what is withheld in the EEA.
local function expected(records)
  local decisions, withheld = 0, 0
  for _, record in ipairs(records) do
    local round = record.rounds[#record.rounds]
    local case, inside = round.case, 0
    for _, country in ipairs(case.context.withheld_in or {}) do
      if EEA[country] then inside = inside + 1 end
    end
    decisions = decisions + 1
    if inside > 0 then withheld = withheld + 1 end
  end
  return decisions, withheld
end

local ledger = work .. "/statements.db"
os.remove(ledger); os.remove(ledger .. "-wal"); os.remove(ledger .. "-shm")
assert(os.execute(("'%s' '%s' '%s' %d 7 leaky"):format(decisions, policy, ledger, COUNT)), "the ledger is not filled")
local options = (" -p '%s' --ledger '%s'"):format(policy, ledger)
local output, code = run(("'%s' ledger export dsa" .. options):format(pubint))
if code ~= 0 then fail("export ends with %d", code) end
if output:lower():find("leak", 1, true) then fail("something of a case is in a statement") end
local statements = lines("dsa", output)
local counts = {notice = 0, remove = 0, withheld = 0}
for _, statement in ipairs(statements) do
  check(statement)
  local shown = statement.decision_visibility
  local kind = has(shown, "DECISION_VISIBILITY_CONTENT_LABELLED") and "notice"
    or has(shown, "DECISION_VISIBILITY_CONTENT_REMOVED") and "remove" or "withheld"
  counts[kind] = counts[kind] + 1
end

-- Every decided case has its statement, and so has every withholding in the EEA.
local records = lines("jsonl", (run(("'%s' ledger export jsonl" .. options):format(pubint))))
local decisions, withheld = expected(records)
if counts.notice + counts.remove ~= decisions then
  fail("%d statements on %d decisions", counts.notice + counts.remove, decisions)
end
if counts.withheld ~= withheld then fail("%d statements on %d withholdings", counts.withheld, withheld) end
for kind, count in pairs(counts) do
  if count < 20 then fail("only %d statements on %s: the ledger proves little", count, kind) end
end

-- In batches they are the same, at most a hundred a line.
local batched = {}
for _, batch in ipairs(lines("batch", (run(("'%s' ledger export dsa --batch" .. options):format(pubint))))) do
  if #batch.statements > 100 then fail("a batch of %d", #batch.statements) end
  for _, statement in ipairs(batch.statements) do batched[#batched + 1] = statement.puid end
end
for i, statement in ipairs(statements) do
  if batched[i] ~= statement.puid then fail("batches differ at %d", i) break end
end

-- The validator itself notices when any one field is not right.
local before, said, fields, noticed = failures, print, 0, 0
print = function() end
for key in pairs(FIELDS) do
  local changed = {}
  for k, v in pairs(statements[1]) do changed[k] = v end
  changed.puid = "changed-" .. key
  changed[key] = {}
  local at = failures
  check(changed)
  fields = fields + 1
  if failures > at then noticed = noticed + 1 end
end
failures, print = before, said
if noticed < fields then fail("the validator notices only %d of %d changed fields", noticed, fields) end
print(("%d statements: %d notices, %d removals, %d withheld; %d fields checked"):format(#statements, counts.notice,
  counts.remove, counts.withheld, fields))
os.exit(failures == 0 and 0 or 1)
