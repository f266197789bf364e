-- Holds one evaluation of the program against the reference's: every difference becomes a line of text.

local json = require "json"
local reference = require "reference"

local Differ = {}
Differ.__index = Differ

-- Amounts and strengths (integers of billionths here) are compared as text, which also proves that output
-- is the shortest decimal; words and texts are told from numbers and booleans.
local function shown(value)
  if value == nil then return "absent" end
  if json.is_number(value) then return value.text end
  if math.type(value) == "integer" then return reference.decimal(value) end
  if type(value) == "string" then return '"' .. value .. '"' end
  return tostring(value)
end

function Differ:same(place, wanted, found)
  self.compared = self.compared + 1
  if shown(wanted) == shown(found) then return true end
  self.lines[#self.lines + 1] =
    ("%s %s: reference %s, program %s"):format(self.id, place, shown(wanted), shown(found))
  return false
end

local function joined(list)
  if list == nil then return "" end
  local texts = {}
  for i, item in ipairs(list) do texts[i] = tostring(item) end
  return table.concat(texts, " ")
end

function Differ:same_count(place, wanted, found)
  return self:same(place, ("%d of them"):format(#(wanted or {})), ("%d of them"):format(#(found or {})))
end

function Differ:same_list(place, wanted, found) return self:same(place, joined(wanted), joined(found)) end

local OFFICE_GATE_FACTS = { "status", "selection", "leadership", "branch" }

function Differ:gates(case, wanted, found)
  if not self:same_count("gates", wanted, found) then return end
  for i, gate in ipairs(wanted) do
    local place, other = "gates/" .. gate.gate, found[i]
    self:same(place .. " gate", gate.gate, other.gate)
    self:same(place .. " result", gate.result, other.result)
    if gate.gate == "office" then
      local office, fact = case.account and case.account.office or {}, other.fact or {}
      for _, key in ipairs(OFFICE_GATE_FACTS) do
        local value = office[key]
        if value == json.null then value = nil end
        self:same(place .. " " .. key, value, fact[key])
      end
    else
      for _, key in ipairs { "fact", "type", "limit", "distance" } do
        self:same(place .. " " .. key, gate.shown[key], other[key])
      end
    end
  end
end

-- The program's items of `list` that a market did not put there; those that it did are counted.
function Differ:without_market(list)
  local kept = {}
  for _, item in ipairs(list or {}) do
    if item.from == "market" then
      self.market_items = self.market_items + 1
    else
      kept[#kept + 1] = item
    end
  end
  return kept
end

function Differ:factors(place, wanted, found)
  found = self:without_market(found)
  if not self:same_count(place .. " factors", wanted, found) then return end
  for i, factor in ipairs(wanted) do
    local at = place .. "/" .. factor.id
    self.factor_count = self.factor_count + 1
    for _, key in ipairs { "id", "side", "from", "strength", "weight", "points" } do
      self:same(at .. " " .. key, factor[key], found[i][key])
    end
  end
end

function Differ:conditions(place, wanted, found)
  found = self:without_market(found)
  if not self:same_count(place .. " conditions", wanted, found) then return end
  for i, condition in ipairs(wanted) do
    self.condition_count = self.condition_count + 1
    for _, key in ipairs { "id", "from", "met" } do
      self:same(place .. "/" .. condition.id .. " " .. key, condition[key], found[i][key])
    end
  end
end

-- `market_runs`: the case's market has a script.
function Differ:entry(place, wanted, found, market_runs)
  for _, key in ipairs { "rule", "kind", "verdict", "basis", "class", "interest", "harm", "bar" } do
    self:same(place .. " " .. key, wanted[key], found[key])
  end
  -- The shipped markets act on signals of their own, which no case here carries: they must count nothing.
  local market = found.market
  self:same(place .. " market ran", market_runs and wanted.margin ~= nil, market ~= nil)
  if market then self:same(place .. " market counted", 0, market.counted) end
  self:same(place .. " margin", wanted.margin, found.margin)
  self:factors(place, wanted.factors, found.factors)
  self:conditions(place, wanted.conditions, found.conditions)
  self:same_list(place .. " unassessed", wanted.unassessed, found.unassessed)
end

local EFFECTS = {
  { "click_through", true }, { "like", false }, { "retweet", false }, { "reply", false },
  { "share", false }, { "recommend", false }, { "quote", true },
}

function Differ:effects(wanted, found, learn_more)
  self:same("effects", wanted.outcome == "notice", found.effects ~= nil)
  if not found.effects then return end
  for _, row in ipairs(EFFECTS) do self:same("effects " .. row[1], row[2], found.effects[row[1]]) end
  self:same_list("effects rules_named", wanted.rules_named, found.effects.rules_named)
  self:same("effects learn_more", learn_more, found.effects.learn_more)
end

-- Compares the evaluation `found` of `case` with the reference's `wanted`. `policy` tells what only its
-- folder can: { learn_more, has_market(id) }.
function Differ:evaluation(case, wanted, found, policy)
  self.id = case.id
  self.case_count = self.case_count + 1
  if found.error then
    self.lines[#self.lines + 1] = ("%s was refused: %s"):format(case.id, shown(found.error.code))
    return
  end
  for _, key in ipairs { "id", "outcome", "basis", "final" } do self:same(key, wanted[key], found[key]) end
  self:gates(case, wanted.gates, found.gates)
  self:same_list("missing", wanted.missing, found.missing)
  local market_runs = wanted.market ~= nil and policy.has_market(wanted.market)
  if self:same_count("weighed rules", wanted.rules, found.rules) then
    for i, entry in ipairs(wanted.rules or {}) do
      self:entry("rules/" .. i - 1, entry, found.rules[i], market_runs)
    end
  end
  self:same("market", wanted.market, found.market and found.market.id)
  if found.market then self:same("market script", market_runs, found.market.script) end
  self:effects(wanted, found, policy.learn_more)
  self:same("redacted_text", wanted.redacted_text, found.redacted_text)
  self:same_list("withheld_in", wanted.withheld_in, found.withheld_in)
  self:same_list("unknown", wanted.unknown, found.unknown)
end

return function()
  return setmetatable({
    lines = {}, compared = 0, case_count = 0, factor_count = 0, condition_count = 0, market_items = 0,
  }, Differ)
end
