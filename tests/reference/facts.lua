-- The facts of a case as the page's table has them: their order, which of them tell of harm, and how a
-- strength is read from its decimal text.

local json = require "json"

local facts = {}

local MICRO = 1000000

-- The facts that `unknown`, `missing` and `unassessed` can list, in the order of the page's table.
local IN_ORDER = {
  "account.verified", "account.office.leadership", "account.verified_type", "account.followers_count",
  "account.office.status", "account.office.selection", "account.office.branch", "context.target.kind",
  "context.target.political_context", "context.public_concern", "context.public_debate",
  "context.call_to_protest", "context.office_relevance", "context.geopolitical_clarity",
  "context.record_value", "context.sole_source", "context.hyperbole", "context.political_statement",
  "context.heated_debate", "context.historical_event", "context.official_conduct",
  "context.call_to_action", "context.rights_interference", "context.violence_link",
  "context.misleads_voters", "context.facilitates_transaction", "context.service_harm",
  "context.offline_harm.likelihood", "context.offline_harm.severity", "context.signals",
}

function facts.set_of(list)
  local set = {}
  for _, item in ipairs(list) do set[item] = true end
  return set
end

facts.of_harm = facts.set_of {
  "context.target.kind", "context.call_to_action", "context.rights_interference", "context.violence_link",
  "context.misleads_voters", "context.facilitates_transaction", "context.service_harm",
  "context.offline_harm.likelihood", "context.offline_harm.severity",
}

-- Nobody is excepted while one of these is unknown, whether a script reads it or not.
facts.always_assessed = {
  "context.public_concern", "context.call_to_action", "context.rights_interference",
  "context.offline_harm.likelihood", "context.offline_harm.severity",
}

local NOT_STRENGTHS = facts.set_of { "context.target.kind", "context.signals" }

-- A set of paths as a list.
function facts.in_order(set)
  local list = {}
  for _, path in ipairs(IN_ORDER) do
    if set[path] then list[#list + 1] = path end
  end
  return list
end

-- A fact by its dotted path; nil when absent or null.
function facts.of(case, path)
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
local function micro_of(text)
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

-- A strength in millionths, an unknown one as 0.
function facts.micro(value)
  if value == nil or value == false then return 0 end
  if value == true then return MICRO end
  if json.is_number(value) then return micro_of(value.text) end
  return assert(WORDS[value], "a word of a strength")
end

-- A fact as a script sees it: a strength as the double nearest to its millionths, another as it is.
function facts.seen(case, path)
  local value = facts.of(case, path)
  if NOT_STRENGTHS[path] then return value end
  return facts.micro(value) / MICRO
end

return facts
