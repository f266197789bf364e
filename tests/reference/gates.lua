-- The four gates, each pass, fail or unknown, with what it looked at and which facts would decide it.

local json = require "json"
local facts = require "facts"
local numbers = require "numbers"

local function gate_rule_violation(case)
  local count = #case.violations
  return count >= 1 and "pass" or "fail", { fact = json.number(tostring(count)), limit = json.number "1" }
end

local function gate_verified(case)
  local verified, kind = facts.of(case, "account.verified"), facts.of(case, "account.verified_type")
  local shown = { fact = verified, type = kind }
  if verified == nil then return "unknown", shown, { "account.verified" } end
  if not verified then return "fail", shown end
  if kind == "blue" or kind == "none" then return "unknown", shown, { "account.verified_type" } end
  return "pass", shown
end

local function gate_followers(case)
  local limit = numbers.followers_limit_exclusive
  local shown = { limit = json.number(tostring(limit)) }
  local count = facts.of(case, "account.followers_count")
  if count == nil then return "unknown", shown, { "account.followers_count" } end
  count = math.tointeger(tonumber(count.text))
  shown.fact, shown.distance = json.number(tostring(count)), json.number(tostring(count - (limit + 1)))
  return count > limit and "pass" or "fail", shown
end

local POLITICAL = facts.set_of { "executive", "legislative" }
local BRANCH = { "account.office.branch" }

-- Somebody on the way to an office: it must be a political one.
local function judge_candidate(office)
  local branch = facts.of(office, "branch")
  if branch == "other" then return "fail" end
  if POLITICAL[branch] then return "pass" end
  return "unknown", nil, BRANCH
end

local function judge_holder(office)
  local branch = facts.of(office, "branch")
  local selection, leadership = facts.of(office, "selection"), facts.of(office, "leadership")
  if branch == "other" then return "fail" end
  if not POLITICAL[branch] then return "unknown", nil, BRANCH end
  if selection == "elected" or leadership == true then return "pass" end
  if selection == "appointed" and leadership == false then return "fail" end
  local lacks = {} -- either alone could decide it
  if selection == nil then lacks[#lacks + 1] = "account.office.selection" end
  if leadership == nil then lacks[#lacks + 1] = "account.office.leadership" end
  return "unknown", nil, lacks
end

local function gate_office(case)
  local office = facts.of(case, "account.office") or {}
  local kind, status = facts.of(case, "account.kind"), facts.of(office, "status")
  if facts.of(case, "account.authentic") == false then return "fail" end
  if kind == "party" or kind == "media" then return "fail" end
  if status == "former" or status == "none" then return "fail" end
  if status == nil then return "unknown", nil, { "account.office.status" } end
  if status == "candidate" or status == "nominee" then return judge_candidate(office) end
  return judge_holder(office)
end

local GATES = {
  { "rule_violation", gate_rule_violation },
  { "verified", gate_verified },
  { "followers", gate_followers },
  { "office", gate_office },
}

-- Returns the gates, which results occur among them, and the facts missing where one is unknown.
return function(case)
  local gates, missing, seen = {}, {}, {}
  for _, row in ipairs(GATES) do
    local result, shown, lacks = row[2](case)
    gates[#gates + 1] = { gate = row[1], result = result, shown = shown }
    seen[result] = true
    for _, fact in ipairs(lacks or {}) do missing[fact] = true end
  end
  return gates, seen, seen.unknown and facts.in_order(missing) or nil
end
