-- A second implementation of how a case becomes an evaluation under the reference policy: written from the
-- pages, and from neither the host nor its scripts, so that agreeing with it means something. Exact where
-- the page is exact: strengths are millionths read from the decimal text, points are 64-bit integers of
-- billionths, and doubles occur only where the page says that scripts see doubles.

local json = require "json"
local expression = require "expression"
local numbers = require "numbers"

local reference = {}

local MICRO = 1000000
local MILLI = 1000
local NANO = 1000000000

-- Facts in the order of the page's table; `unknown`, `missing` and `unassessed` list them in it.
local FACTS_IN_ORDER = {
  "account.verified", "account.office.leadership", "account.verified_type", "account.followers_count",
  "account.office.status", "account.office.selection", "account.office.branch", "context.target.kind",
  "context.target.political_context", "context.public_debate", "context.call_to_protest",
  "context.office_relevance", "context.geopolitical_clarity", "context.record_value", "context.sole_source",
  "context.hyperbole", "context.political_statement", "context.heated_debate", "context.historical_event",
  "context.call_to_action", "context.rights_interference", "context.violence_link",
  "context.misleads_voters", "context.facilitates_transaction", "context.offline_harm.likelihood",
  "context.offline_harm.severity", "context.signals",
}

local function set_of(list)
  local set = {}
  for _, item in ipairs(list) do set[item] = true end
  return set
end

local HARM_FACTS = set_of {
  "context.target.kind", "context.call_to_action", "context.rights_interference", "context.violence_link",
  "context.misleads_voters", "context.facilitates_transaction", "context.offline_harm.likelihood",
  "context.offline_harm.severity",
}
local ALWAYS_ASSESSED = {
  "context.call_to_action", "context.rights_interference", "context.offline_harm.likelihood",
  "context.offline_harm.severity",
}
local NOT_STRENGTHS = set_of { "context.target.kind", "context.signals" }

local function in_order(set)
  local list = {}
  for _, fact in ipairs(FACTS_IN_ORDER) do
    if set[fact] then list[#list + 1] = fact end
  end
  return list
end

-- The facts -----------------------------------------------------------------------------------------

-- A fact by its dotted path; nil when absent or null.
local function fact_of(case, path)
  local value = case
  for key in path:gmatch "[^.]+" do
    if value == nil or value == json.null then return nil end
    value = value[key]
  end
  if value == json.null then return nil end
  return value
end

local WORDS = { none = 0, low = 250000, medium = 500000, high = 750000, severe = 1000000 }

-- The decimal text of a number 0..1 in millionths, half up; digit by digit, so nothing is ever binary.
function reference.micro(text)
  local sign, whole, rest = text:match "^(-?)(%d+)(.*)$"
  local fraction = rest:match "^%.(%d+)" or ""
  local exponent = math.tointeger(tonumber(rest:match "[eE]([+-]?%d+)$" or "0"))
  local digits = whole .. fraction
  local kept = #whole + exponent + 6 -- how many of the digits stand before the millionths' end
  if digits:find "^0*$" then return 0 end
  assert(sign == "", "a strength is not negative")
  local cut
  if kept < 0 then
    cut, digits = "0", "0"
  elseif kept >= #digits then
    cut, digits = "0", digits .. ("0"):rep(math.min(kept - #digits, 20))
  else
    cut, digits = digits:sub(kept + 1), digits:sub(1, kept)
  end
  digits = digits:gsub("^0+", "")
  assert(#digits <= 7, "a strength is at most 1")
  local micro = math.tointeger(tonumber(digits == "" and "0" or digits))
  assert(micro < MICRO or micro == MICRO and cut:find "^0*$", "a strength is at most 1")
  if cut:byte(1) >= ("5"):byte() then micro = micro + 1 end
  return micro
end

local function strength_micro(value)
  if value == nil or value == false then return 0 end
  if value == true then return MICRO end
  if json.is_number(value) then return reference.micro(value.text) end
  return assert(WORDS[value], "a word of a strength")
end

-- An integer of billionths as the shortest decimal.
function reference.decimal(nano)
  local sign = nano < 0 and "-" or ""
  local whole, fraction = math.abs(nano) // NANO, math.abs(nano) % NANO
  if fraction == 0 then return sign .. whole end
  return ("%s%d.%s"):format(sign, whole, (("%09d"):format(fraction):gsub("0+$", "")))
end

-- The gates -----------------------------------------------------------------------------------------

local function gate_rule_violation(case)
  local count = #case.violations
  return count >= 1 and "pass" or "fail", { fact = json.number(tostring(count)), limit = json.number "1" }
end

local function gate_verified(case)
  local verified, kind = fact_of(case, "account.verified"), fact_of(case, "account.verified_type")
  local shown = { fact = verified, type = kind }
  if verified == nil then return "unknown", shown, { "account.verified" } end
  if not verified then return "fail", shown end
  if kind == "blue" or kind == "none" then return "unknown", shown, { "account.verified_type" } end
  return "pass", shown
end

local function gate_followers(case)
  local limit = numbers.followers_limit_exclusive
  local shown = { limit = json.number(tostring(limit)) }
  local count = fact_of(case, "account.followers_count")
  if count == nil then return "unknown", shown, { "account.followers_count" } end
  count = math.tointeger(tonumber(count.text))
  shown.fact, shown.distance = json.number(tostring(count)), json.number(tostring(count - (limit + 1)))
  return count > limit and "pass" or "fail", shown
end

local JUDGES_AND_OFFICERS = set_of { "judicial", "military" }

local function gate_office(case)
  local office = fact_of(case, "account.office") or {}
  local function of(key) return fact_of(office, key) end
  local kind, status, branch = fact_of(case, "account.kind"), of "status", of "branch"
  local selection, leadership = of "selection", of "leadership"
  if fact_of(case, "account.authentic") == false then return "fail" end
  if kind == "party" or kind == "media" then return "fail" end
  if status == "former" or status == "none" then return "fail" end
  if status == nil then return "unknown", nil, { "account.office.status" } end
  if status == "candidate" or status == "nominee" then return "pass" end
  if branch == nil or JUDGES_AND_OFFICERS[branch] then return "unknown", nil, { "account.office.branch" } end
  if branch == "other" then return "fail" end
  if selection == "elected" or leadership == true then return "pass" end
  if selection == "appointed" and leadership == false then return "fail" end
  local lacks = {} -- either alone could decide it
  if selection == nil then lacks[#lacks + 1] = "account.office.selection" end
  if leadership == nil then lacks[#lacks + 1] = "account.office.leadership" end
  return "unknown", nil, lacks
end

local GATES = {
  { "rule_violation", gate_rule_violation },
  { "verified", gate_verified },
  { "followers", gate_followers },
  { "office", gate_office },
}

local function judge_gates(case)
  local gates, missing, seen = {}, {}, {}
  for _, row in ipairs(GATES) do
    local result, shown, lacks = row[2](case)
    gates[#gates + 1] = { gate = row[1], result = result, shown = shown }
    seen[result] = true
    for _, fact in ipairs(lacks or {}) do missing[fact] = true end
  end
  return gates, seen, seen.unknown and in_order(missing) or nil
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
    if name == "violation.kind" then return fact_of(violation, "kind") end
    if name == "violation.has_spans" then return #(fact_of(violation, "spans") or {}) > 0 end
    local path = "context." .. name
    reads[path] = true
    local value = fact_of(case, path)
    if NOT_STRENGTHS[path] then return value end
    return strength_micro(value) / MICRO
  end
end

local function weigh_factors(rule, read)
  local factors, sums = {}, { interest = 0, harm = 0 }
  local function put(factor, text)
    local micro = math.floor(compile(text)(read) * 1e6 + 0.5)
    local milli = factor.weight * MILLI
    factors[#factors + 1] = {
      id = factor.id, side = factor.side, from = "rule",
      strength = micro * MILLI, weight = factor.weight * NANO, points = micro * milli,
    }
    sums[factor.side] = sums[factor.side] + micro * milli
  end
  for _, factor in ipairs(numbers.common) do
    put(factor, rule.instead and rule.instead[factor.id] or factor.strength)
  end
  for _, factor in ipairs(rule.factors) do put(factor, factor.strength) end
  return factors, sums
end

local function unassessed_of(case, reads)
  local set = {}
  for fact in pairs(reads) do
    if HARM_FACTS[fact] and fact_of(case, fact) == nil then set[fact] = true end
  end
  for _, fact in ipairs(ALWAYS_ASSESSED) do
    if fact_of(case, fact) == nil then set[fact] = true end
  end
  return in_order(set)
end

-- One entry of `rules`. `market_reads` are the facts that the market's script reads whatever the case is;
-- a market that counts nothing still reads.
local function weigh(case, violation, market_reads, reads)
  local entry = { rule = violation.rule, kind = fact_of(violation, "kind"), conditions = {}, factors = {} }
  local rule = numbers.rules[violation.rule]
  if not rule then
    entry.verdict, entry.basis, entry.unassessed = "review", "no_script", unassessed_of(case, {})
    return entry
  end
  for _, fact in ipairs(market_reads) do reads[fact] = true end
  local read = reader(case, violation, reads)
  local sums, met = nil, true
  entry.factors, sums = weigh_factors(rule, read)
  for _, condition in ipairs(rule.conditions) do
    local holds = compile(condition.met)(read)
    table.insert(entry.conditions, { id = condition.id, from = condition.from or "rule", met = holds })
    met = met and holds
  end
  entry.class, entry.interest, entry.harm, entry.bar = rule.class, sums.interest, sums.harm, rule.bar * NANO
  entry.margin = entry.interest - entry.harm - entry.bar
  entry.unassessed = unassessed_of(case, reads)
  if not met or entry.margin < 0 then
    entry.verdict, entry.basis = "remove", "weighed"
  elseif #entry.unassessed > 0 then
    entry.verdict, entry.basis = "review", "unassessed_harm"
  else
    entry.verdict, entry.basis = "notice", "weighed"
  end
  return entry
end

local function weigh_all(case, market_reads)
  local entries, unknown = {}, {}
  local bases, verdicts = {}, {}
  for i, violation in ipairs(case.violations) do
    local reads = {}
    local entry = weigh(case, violation, market_reads, reads)
    entries[i] = entry
    verdicts[entry.verdict], bases[entry.basis] = true, true
    for fact in pairs(reads) do
      if fact_of(case, fact) == nil then unknown[fact] = true end
    end
  end
  local outcome, basis = "notice", "weighed"
  if verdicts.remove then
    outcome = "remove"
  elseif verdicts.review then
    outcome, basis = "review", bases.no_script and "no_script" or "unassessed_harm"
  end
  return entries, outcome, basis, in_order(unknown)
end

-- The evaluation ------------------------------------------------------------------------------------

-- The text with the spans of every violation blotted out; overlapping spans make one blot, touching two.
local function redact(case)
  local text = fact_of(case, "tweet.text")
  if text == nil then return nil end
  local spans = {}
  for _, violation in ipairs(case.violations) do
    for _, span in ipairs(fact_of(violation, "spans") or {}) do
      spans[#spans + 1] = { tonumber(span.start.text), tonumber(span["end"].text) }
    end
  end
  table.sort(spans, function(a, b) return a[1] < b[1] end)
  local pieces, at = {}, 0 -- `at` counts the code points already given or blotted
  for _, span in ipairs(spans) do
    if span[1] >= at then
      local kept = text:sub(utf8.offset(text, at + 1), utf8.offset(text, span[1] + 1) - 1)
      pieces[#pieces + 1] = kept .. "█████"
      at = span[2]
    else
      at = math.max(at, span[2])
    end
  end
  return table.concat(pieces) .. text:sub(utf8.offset(text, at + 1))
end

local function rules_named(case)
  local names, seen = {}, {}
  for _, violation in ipairs(case.violations) do
    if not seen[violation.rule] then names[#names + 1] = violation.rule end
    seen[violation.rule] = true
  end
  return names
end

local NEVER = set_of(numbers.never_excepted)
local FINAL = set_of { "no_violation", "never_excepted", "not_eligible" }

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
  out.withheld_in = fact_of(case, "context.withheld_in")
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
    out.market = fact_of(case, "context.market")
  end
  out.final = FINAL[out.basis] == true
  if out.outcome == "notice" then out.rules_named = rules_named(case) end
  if out.outcome == "notice" or out.outcome == "review" then out.redacted_text = redact(case) end
  return out
end

return reference
