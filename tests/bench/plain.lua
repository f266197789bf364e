-- The reference policy as a plain LuaJIT script with lua-cjson: what a team would write without pubint. Cases
-- in, evaluations out, the same members with the same values; no checking of the input, no sandbox, no market
-- scripts.
--   luajit plain.lua CASES >EVALUATIONS
local cjson = require "cjson"
local null, quote, decode = cjson.null, cjson.encode, cjson.decode
local floor, max, concat = math.floor, math.max, table.concat

local WORDS = { none = 0, low = 0.25, medium = 0.5, high = 0.75, severe = 1 }
local NEVER = { terrorism = true, child_sexual_exploitation = true, non_consensual_nudity = true,
  sexual_violence = true, copyright = true }
local FACTS = { "target.kind", "target.political_context", "public_concern", "public_debate", "call_to_protest",
  "office_relevance", "geopolitical_clarity", "record_value", "sole_source", "hyperbole",
  "political_statement", "heated_debate", "historical_event", "official_conduct", "call_to_action",
  "rights_interference", "violence_link", "misleads_voters", "facilitates_transaction", "service_harm",
  "offline_harm.likelihood", "offline_harm.severity" }
local HARMS = { ["target.kind"] = true, call_to_action = true, rights_interference = true, violence_link = true,
  misleads_voters = true, facilitates_transaction = true, service_harm = true,
  ["offline_harm.likelihood"] = true, ["offline_harm.severity"] = true }
local ASSESSED = { "public_concern", "call_to_action", "rights_interference", "offline_harm.likelihood",
  "offline_harm.severity" }
local OUTER, INNER = {}, {}
for _, fact in ipairs(FACTS) do
  OUTER[fact], INNER[fact] = fact:match "^(.-)%.(.+)$"
end

local function given(value)
  if value == null then return nil end
  return value
end

local function value_of(context, name)
  if not OUTER[name] then return given(context[name]) end
  local inner = given(context[OUTER[name]])
  return inner and given(inner[INNER[name]])
end

local function word(facts, name)
  local value = value_of(facts.context, name)
  if value == nil then facts.unknown[name] = true end
  return value
end

local function strength(facts, name)
  local value = value_of(facts.context, name)
  if value == nil then
    facts.unknown[name] = true
    return 0
  end
  if type(value) == "number" then return floor(value * 1e6 + 0.5) / 1e6 end
  if type(value) == "boolean" then return value and 1 or 0 end
  return WORDS[value]
end

-- A number as JSON; whole ones without a fraction.
local function number(value)
  return (value % 1 == 0 and "%.0f" or "%.14g"):format(value)
end

local function put(balance, side, id, value, weight)
  local micro = floor(value * 1e6 + 0.5)
  local points = micro * (weight * 1000)
  balance[side] = balance[side] + points
  balance.factors[#balance.factors + 1] = '{"id":"' .. id .. '","side":"' .. side .. '","from":"rule","strength":'
    .. number(micro / 1e6) .. ',"weight":' .. weight .. ',"points":' .. number(points / 1e9) .. "}"
end

local function interest(balance, id, value, weight)
  put(balance, "interest", id, value, weight)
end

local function harm(balance, id, value, weight)
  put(balance, "harm", id, value, weight)
end

local function condition(balance, id, met, from)
  balance.met = balance.met and met
  balance.conditions[#balance.conditions + 1] =
    '{"id":"' .. id .. '","from":"' .. (from or "rule") .. '","met":' .. tostring(met) .. "}"
end

local function common(facts, balance, presumed, probable)
  local target = word(facts, "target.kind")
  local debated = target == "official" or target == "institution"
  interest(balance, "public_concern", strength(facts, "public_concern"), 3)
  interest(balance, "debate",
    debated and max(strength(facts, "public_debate"), strength(facts, "call_to_protest")) or 0, 3)
  interest(balance, "office_relevance", strength(facts, "office_relevance"), 2)
  interest(balance, "geopolitical_clarity", strength(facts, "geopolitical_clarity"), 2)
  interest(balance, "record", strength(facts, "record_value"), 2)
  harm(balance, "call_to_action", strength(facts, "call_to_action"), 6)
  harm(balance, "rights_interference", max(strength(facts, "rights_interference"), presumed or 0), 5)
  local likelihood, severity = strength(facts, "offline_harm.likelihood"), strength(facts, "offline_harm.severity")
  harm(balance, "offline_harm", likelihood * severity, 5)
  harm(balance, "probable_harm", severity * max(0, 2 * likelihood - 1), probable or 10)
  harm(balance, "service_harm", strength(facts, "service_harm"), 4)
  harm(balance, "private_target",
    target == "private_person" and 1 - strength(facts, "target.political_context") or 0, 5)
  return target
end

local RULES = {
  violence = { class = "unlikely", bar = 3.5, weigh = function(facts, balance)
    common(facts, balance)
    local link = strength(facts, "violence_link")
    harm(balance, "violence_link", link, 3)
    condition(balance, "weak_link_or_sole_source", link < 0.5 or strength(facts, "sole_source") >= 0.5)
  end },
  regulated_goods = { class = "rare", bar = 5.5, weigh = function(facts, balance)
    common(facts, balance)
    interest(balance, "archive", strength(facts, "record_value"), 2)
    harm(balance, "facilitates_transaction", strength(facts, "facilitates_transaction"), 3)
  end },
  suicide_self_harm = { class = "unlikely", bar = 6.5, weigh = function(facts, balance)
    local target = common(facts, balance)
    local public = target == "official" or target == "public_figure"
    interest(balance, "political_hyperbole",
      public and strength(facts, "hyperbole") * strength(facts, "public_debate") or 0, 3)
    harm(balance, "private_person", target == "private_person" and 1 or 0, 4)
    condition(balance, "hyperbole", strength(facts, "hyperbole") >= 0.5)
  end },
  election_integrity = { class = "very_unlikely", bar = 7, weigh = function(facts, balance)
    common(facts, balance, 0.5)
    interest(balance, "official_conduct", strength(facts, "official_conduct"), 2)
    harm(balance, "misleads_voters", strength(facts, "misleads_voters"), 6)
  end },
  private_information = { class = "unlikely", bar = 6, weigh = function(facts, balance)
    local target = common(facts, balance)
    interest(balance, "official_conduct", strength(facts, "official_conduct"), 2)
    harm(balance, "private_person", target == "private_person" and 1 or 0, 4)
  end },
  hateful_conduct = { class = "possible", bar = 3.5, weigh = function(facts, balance)
    common(facts, balance)
    interest(balance, "political_statement",
      strength(facts, "political_statement") * strength(facts, "public_debate"), 3)
  end },
  abuse_harassment = { class = "possible", bar = 2.5, weigh = function(facts, balance)
    common(facts, balance, 0, 8)
    interest(balance, "heated_debate", strength(facts, "heated_debate"), 2)
  end },
  sensitive_media = { class = "possible", bar = 3.5, weigh = function(facts, balance, kind)
    common(facts, balance, 0, 8)
    interest(balance, "historical_event", strength(facts, "historical_event"), 3)
    harm(balance, "sadistic", kind == "gratuitous" and 1 or 0, 3)
  end },
}

local OFFICE_SHOWN = { "title", "leadership", "status", "selection", "level", "branch", "country" }

local function office(account, facts, missing)
  if account.authentic == false then return "fail", "authentic" end
  if account.kind == "party" or account.kind == "media" then return "fail", "kind" end
  local status, branch = given(facts.status), given(facts.branch)
  local selection, leads = given(facts.selection), given(facts.leadership)
  if status == "former" or status == "none" then return "fail" end
  if status == nil then
    missing["account.office.status"] = true
    return "unknown"
  end
  if branch == nil or branch == "judicial" or branch == "military" then
    missing["account.office.branch"] = true
    return "unknown"
  end
  if branch == "other" then return "fail" end
  if status ~= "holder" then return "pass" end
  if selection == "elected" or leads == true then return "pass" end
  if selection == "appointed" and leads == false then return "fail" end
  missing["account.office.leadership"] = leads == nil or nil
  missing["account.office.selection"] = selection == nil or nil
  return "unknown"
end

local function scalar(value)
  return type(value) == "string" and quote(value) or tostring(value)
end

local function gates(case, missing)
  local account = given(case.account) or {}
  local facts = given(account.office) or {}
  local count, seen = #case.violations, {}
  local verified, badge = given(account.verified), given(account.verified_type)
  local followers = given(account.followers_count)
  seen[1] = count > 0 and "pass" or "fail"
  if verified == nil then
    seen[2], missing["account.verified"] = "unknown", true
  elseif not verified then
    seen[2] = "fail"
  elseif badge == "blue" or badge == "none" then
    seen[2], missing["account.verified_type"] = "unknown", true
  else
    seen[2] = "pass"
  end
  if followers == nil then
    seen[3], missing["account.followers_count"] = "unknown", true
  else
    seen[3] = followers > 100000 and "pass" or "fail"
  end
  local because
  seen[4], because = office(account, facts, missing)
  local shown = {}
  if because then shown[1] = '"' .. because .. '":' .. scalar(account[because]) end
  for _, key in ipairs(OFFICE_SHOWN) do
    local value = given(facts[key])
    if value ~= nil then shown[#shown + 1] = '"' .. key .. '":' .. scalar(value) end
  end
  return seen, '[{"gate":"rule_violation","result":"' .. seen[1] .. '","fact":' .. count .. ',"limit":1},'
    .. '{"gate":"verified","result":"' .. seen[2] .. '"'
    .. (verified ~= nil and ',"fact":' .. tostring(verified) or "")
    .. (badge and ',"type":"' .. badge .. '"' or "")
    .. '},{"gate":"followers","result":"' .. seen[3] .. '"'
    .. (followers and ',"fact":' .. number(followers) or "") .. ',"limit":100000'
    .. (followers and ',"distance":' .. number(followers - 100001) or "")
    .. '},{"gate":"office","result":"' .. seen[4] .. '"'
    .. (#shown > 0 and ',"fact":{' .. concat(shown, ",") .. "}" or "") .. "}]"
end

local function paths(set)
  local list = {}
  for i = 1, #FACTS do
    if set[FACTS[i]] then list[#list + 1] = '"context.' .. FACTS[i] .. '"' end
  end
  return list
end

-- The verdict, the basis and the text of one entry.
local function weigh(case, violation, unknown)
  local context = given(case.context) or {}
  local facts = { context = context, unknown = {} }
  local rule, kind = RULES[violation.rule], given(violation.kind)
  local balance = { interest = 0, harm = 0, factors = {}, conditions = {}, met = true }
  local of_data, may_hold = violation.rule == "private_information", kind == "threat" or kind == "incitement"
  local spans = given(violation.spans)
  if rule then
    local concern = { context = context, unknown = {} }
    local contributes = strength(concern, "public_concern") > 0 or concern.unknown.public_concern or false
    condition(balance, "public_concern", contributes, "host")
    if of_data then condition(balance, "data_omitted", may_hold or spans and #spans > 0 or false, "host") end
    rule.weigh(facts, balance, kind)
  end
  local unassessed = {}
  for fact in pairs(facts.unknown) do
    unknown[fact] = true
    if HARMS[fact] then unassessed[fact] = true end
  end
  for _, fact in ipairs(ASSESSED) do
    if value_of(context, fact) == nil then unassessed[fact] = true end
  end
  local lacks = paths(unassessed)
  if of_data and may_hold and not spans then lacks[#lacks + 1] = '"violations.spans"' end
  local verdict, basis = "review", "no_script"
  local sums = ""
  if rule then
    local margin = balance.interest - balance.harm - rule.bar * 1e9
    basis = "weighed"
    if margin < 0 or not balance.met then
      verdict = "remove"
    elseif #lacks > 0 then
      basis = "unassessed"
    else
      verdict = "notice"
    end
    sums = ',"class":"' .. rule.class .. '","interest":' .. number(balance.interest / 1e9) .. ',"harm":'
      .. number(balance.harm / 1e9) .. ',"bar":' .. rule.bar .. ',"margin":' .. number(margin / 1e9)
      .. ',"factors":[' .. concat(balance.factors, ",") .. '],"conditions":[' .. concat(balance.conditions, ",") .. "]"
  end
  return verdict, basis, '{"rule":' .. quote(violation.rule) .. (kind and ',"kind":' .. quote(kind) or "")
    .. ',"verdict":"' .. verdict .. '","basis":"' .. basis .. '"' .. sums
    .. (#lacks > 0 and ',"unassessed":[' .. concat(lacks, ",") .. "]" or "") .. "}"
end

local BLOT = "█████"

-- The gap with each of the texts blotted, from left to right, the longest at a place first.
local function without(gap, repeated)
  local out, at = {}, 1
  while true do
    local first, last
    for _, data in ipairs(repeated) do
      local from, to = gap:find(data, at, true)
      if from and (not first or from < first) then first, last = from, to end
    end
    if not first then return concat(out) .. gap:sub(at) end
    out[#out + 1] = gap:sub(at, first - 1) .. BLOT
    at = last + 1
  end
end

local function redact(case)
  local spans = {}
  for _, violation in ipairs(case.violations) do
    for _, span in ipairs(given(violation.spans) or {}) do spans[#spans + 1] = span end
  end
  local text = case.tweet.text
  if #spans == 0 then return text end
  table.sort(spans, function(a, b) return a.start < b.start end)
  local points = {}
  for point in text:gmatch "[%z\1-\127\194-\244][\128-\191]*" do points[#points + 1] = point end
  local repeated = {}
  for _, span in ipairs(spans) do
    if span["end"] - span.start >= 4 then
      repeated[#repeated + 1] = concat(points, "", span.start + 1, span["end"])
    end
  end
  table.sort(repeated, function(a, b) return #a > #b end)
  local out, at = {}, 0
  for _, span in ipairs(spans) do
    if span.start >= at then
      out[#out + 1] = without(concat(points, "", at + 1, span.start), repeated)
      out[#out + 1] = BLOT
    end
    at = max(at, span["end"])
  end
  return concat(out) .. without(concat(points, "", at + 1), repeated)
end

local function settle(case, seen, unknown)
  if #case.violations == 0 then return "no_action", "no_violation" end
  for _, violation in ipairs(case.violations) do
    if NEVER[violation.rule] then return "remove", "never_excepted" end
  end
  for i = 1, 4 do
    if seen[i] == "fail" then return "remove", "not_eligible" end
  end
  for i = 1, 4 do
    if seen[i] == "unknown" then return "review", "incomplete" end
  end
  local entries, outcome, basis = {}, "notice", "weighed"
  for i, violation in ipairs(case.violations) do
    local verdict, because, text = weigh(case, violation, unknown)
    entries[i] = text
    if verdict == "remove" then
      outcome, basis = "remove", "weighed"
    elseif verdict == "review" and outcome ~= "remove" then
      outcome, basis = "review", (basis == "no_script" or because == "no_script") and "no_script" or because
    end
  end
  return outcome, basis, concat(entries, ",")
end

local FINAL = { no_violation = true, never_excepted = true, not_eligible = true }
local ORDER = { "account.verified", "account.office.leadership", "account.verified_type",
  "account.followers_count", "account.office.status", "account.office.selection", "account.office.branch" }

local function texts(list)
  local out = {}
  for i = 1, #list do out[i] = quote(list[i]) end
  return concat(out, ",")
end

local function named(violations)
  local list, seen = {}, {}
  for _, violation in ipairs(violations) do
    if not seen[violation.rule] then list[#list + 1] = violation.rule end
    seen[violation.rule] = true
  end
  return texts(list)
end

local function evaluate(case)
  local missing, unknown, lacks = {}, {}, {}
  local seen, shown = gates(case, missing)
  local outcome, basis, rules = settle(case, seen, unknown)
  local out = { '{"v":1,"id":', quote(case.id), ',"outcome":"', outcome, '","basis":"', basis, '","final":',
    tostring(FINAL[basis] or false), ',"gates":', shown }
  local function add(text) out[#out + 1] = text end
  for _, path in ipairs(ORDER) do
    if missing[path] then lacks[#lacks + 1] = path end
  end
  if #lacks > 0 then add(',"missing":[' .. texts(lacks) .. "]") end
  local context = given(case.context) or {}
  if rules then add(',"rules":[' .. rules .. "]") end
  local market = given(context.market)
  if rules and market then add(',"market":{"id":' .. quote(market) .. ',"script":false}') end
  if outcome == "notice" then
    add(',"effects":{"click_through":true,"like":false,"retweet":false,"reply":false,"share":false,'
      .. '"recommend":false,"quote":true,"rules_named":[' .. named(case.violations) .. "]}")
  end
  local tweet = given(case.tweet)
  if (outcome == "notice" or outcome == "review") and tweet and given(tweet.text) then
    add(',"redacted_text":' .. quote(redact(case)))
  end
  if given(context.withheld_in) then add(',"withheld_in":[' .. texts(context.withheld_in) .. "]") end
  local asked = paths(unknown)
  if #asked > 0 then add(',"unknown":[' .. concat(asked, ",") .. "]") end
  add "}\n"
  return concat(out)
end

io.stdout:setvbuf("full", 1048576)
for line in io.lines(arg[1]) do io.write(evaluate(decode(line))) end
