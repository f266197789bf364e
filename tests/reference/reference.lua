-- A second implementation of how a case becomes an evaluation under the reference policy: written from the
-- pages, and from neither the host nor its scripts, so that agreeing with it means something. Exact where
-- the page is exact: strengths are millionths read from the decimal text, points are 64-bit integers of
-- billionths, and doubles occur only where the page says that scripts see doubles.

local expression = require "expression"
local facts = require "facts"
local judge_gates = require "gates"
local numbers = require "numbers"
local redact = require "redact"

local reference = {}

local MILLI = 1000
local NANO = 1000000000

-- An integer of billionths as the shortest decimal.
function reference.decimal(nano)
  local sign = nano < 0 and "-" or ""
  local whole, fraction = math.abs(nano) // NANO, math.abs(nano) % NANO
  if fraction == 0 then return sign .. whole end
  return ("%s%d.%s"):format(sign, whole, (("%09d"):format(fraction):gsub("0+$", "")))
end

-- Weighing ------------------------------------------------------------------------------------------

local compiled = {}

local function compile(text)
  compiled[text] = compiled[text] or expression.compile(text)
  return compiled[text]
end

-- What an expression reads; every fact it asks for is noted in `reads`.
local function reader(case, violation, reads)
  return function(name)
    if name == "violation.kind" then return facts.of(violation, "kind") end
    local path = "context." .. name
    reads[path] = true
    return facts.seen(case, path)
  end
end

local function weigh_factors(rule, read)
  local factors, sums = {}, { interest = 0, harm = 0 }
  local weights, strengths = rule.weights or {}, rule.strengths or {}
  local function put(factor, weight, strength)
    local micro = math.floor(compile(strength)(read) * 1e6 + 0.5)
    local points = micro * weight * MILLI
    factors[#factors + 1] = {
      id = factor.id, side = factor.side, from = "rule",
      strength = micro * MILLI, weight = weight * NANO, points = points,
    }
    sums[factor.side] = sums[factor.side] + points
  end
  for _, factor in ipairs(numbers.common) do
    put(factor, weights[factor.id] or factor.weight, strengths[factor.id] or factor.strength)
  end
  for _, factor in ipairs(rule.factors) do put(factor, factor.weight, factor.strength) end
  return factors, sums
end

-- Conditions ----------------------------------------------------------------------------------------

-- Threats and incitement to publish need not hold the data themselves; everything else does.
local ONLY_SPEAKS_OF_DATA = facts.set_of { "threat", "incitement" }

local function only_speaks_of_data(violation)
  return violation.rule == "private_information" and ONLY_SPEAKS_OF_DATA[facts.of(violation, "kind")] == true
end

-- The host's own conditions. They read facts themselves, and what they read no script has read.
local HOST_CONDITIONS = {
  public_concern = function(case)
    local value = facts.of(case, "context.public_concern")
    return value == nil or facts.micro(value) > 0
  end,
  data_omitted = function(_, violation)
    return only_speaks_of_data(violation) or #(facts.of(violation, "spans") or {}) > 0
  end,
}

local function judge_conditions(rule, case, violation, read)
  local conditions, all_met = {}, true
  for i, condition in ipairs(rule.conditions) do
    local met
    if condition.from == "host" then
      met = HOST_CONDITIONS[condition.id](case, violation)
    else
      met = compile(condition.met)(read)
    end
    conditions[i] = { id = condition.id, from = condition.from or "rule", met = met }
    all_met = all_met and met
  end
  return conditions, all_met
end

-- What nobody assessed, though an exception would rest on it.
local function unassessed_of(case, violation, reads)
  local set = {}
  for fact in pairs(reads) do
    if facts.of_harm[fact] and facts.of(case, fact) == nil then set[fact] = true end
  end
  for _, fact in ipairs(facts.always_assessed) do
    if facts.of(case, fact) == nil then set[fact] = true end
  end
  local list = facts.in_order(set)
  -- An empty list of spans is an assessment: the text holds no private data.
  if only_speaks_of_data(violation) and facts.of(violation, "spans") == nil then
    list[#list + 1] = "violations.spans"
  end
  return list
end

-- Verdicts ------------------------------------------------------------------------------------------

-- One entry of `rules`. `market_reads` are the facts that the market's script reads whatever the case is;
-- a market that counts nothing still reads.
local function weigh(case, violation, market_reads, reads)
  local entry = { rule = violation.rule, kind = facts.of(violation, "kind"), conditions = {}, factors = {} }
  local rule = numbers.rules[violation.rule]
  if not rule then
    entry.verdict, entry.basis, entry.unassessed = "review", "no_script", unassessed_of(case, violation, {})
    return entry
  end
  for _, fact in ipairs(market_reads) do reads[fact] = true end
  local read = reader(case, violation, reads)
  local sums, met
  entry.factors, sums = weigh_factors(rule, read)
  entry.conditions, met = judge_conditions(rule, case, violation, read)
  entry.class, entry.interest, entry.harm = rule.class, sums.interest, sums.harm
  entry.bar = math.tointeger(rule.bar * NANO)
  entry.margin = entry.interest - entry.harm - entry.bar
  entry.unassessed = unassessed_of(case, violation, reads)
  if not met or entry.margin < 0 then
    entry.verdict, entry.basis = "remove", "weighed"
  elseif #entry.unassessed > 0 then
    entry.verdict, entry.basis = "review", "unassessed"
  else
    entry.verdict, entry.basis = "notice", "weighed"
  end
  return entry
end

-- The most restrictive verdict wins; a review tells the gravest of its reasons.
local function together(verdicts, bases)
  if verdicts.remove then return "remove", "weighed" end
  if verdicts.review then return "review", bases.no_script and "no_script" or "unassessed" end
  return "notice", "weighed"
end

local function weigh_all(case, market_reads)
  local entries, unknown, bases, verdicts = {}, {}, {}, {}
  for i, violation in ipairs(case.violations) do
    local reads = {}
    local entry = weigh(case, violation, market_reads, reads)
    entries[i] = entry
    verdicts[entry.verdict], bases[entry.basis] = true, true
    for fact in pairs(reads) do
      if facts.of(case, fact) == nil then unknown[fact] = true end
    end
  end
  local outcome, basis = together(verdicts, bases)
  return entries, outcome, basis, facts.in_order(unknown)
end

-- The evaluation ------------------------------------------------------------------------------------

local function rules_named(case)
  local names, seen = {}, {}
  for _, violation in ipairs(case.violations) do
    if not seen[violation.rule] then names[#names + 1] = violation.rule end
    seen[violation.rule] = true
  end
  return names
end

local NEVER = facts.set_of(numbers.never_excepted)
local FINAL = facts.set_of { "no_violation", "never_excepted", "not_eligible" }

local function any_never_excepted(case)
  for _, violation in ipairs(case.violations) do
    if NEVER[violation.rule] then return true end
  end
  return false
end

-- Evaluates a decoded case. Amounts are integers of billionths, strengths and weights too.
function reference.evaluate(case, market_reads)
  local gates, results, missing = judge_gates(case)
  local out = { id = case.id, gates = gates, missing = missing }
  out.withheld_in = facts.of(case, "context.withheld_in")
  if #case.violations == 0 then
    out.outcome, out.basis = "no_action", "no_violation"
  elseif any_never_excepted(case) then
    out.outcome, out.basis = "remove", "never_excepted"
  elseif results.fail then
    out.outcome, out.basis = "remove", "not_eligible"
  elseif results.unknown then
    out.outcome, out.basis = "review", "incomplete"
  else
    out.rules, out.outcome, out.basis, out.unknown = weigh_all(case, market_reads or {})
    out.market = facts.of(case, "context.market")
  end
  out.final = FINAL[out.basis] == true
  if out.outcome == "notice" then out.rules_named = rules_named(case) end
  if out.outcome == "notice" or out.outcome == "review" then out.redacted_text = redact(case) end
  return out
end

return reference
