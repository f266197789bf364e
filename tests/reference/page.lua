-- Holds numbers.lua against the page's own file, reference-policy.json, where that is present: every
-- number and every wording, both ways, so that neither can drift.

local json = require "json"
local numbers = require "numbers"

local function joined(list)
  local texts = {}
  for i, item in ipairs(list) do texts[i] = tostring(item) end
  return table.concat(texts, " ")
end

-- The page adds to probable_harm's strength, after a semicolon, which rules weigh it otherwise; that says
-- the same as those rules' own key, and each is held against what is typed.
local function strength_and_rest(worded)
  local strength, rest = (worded or ""):match "^(.-);%s*(.*)$"
  return strength or worded, rest
end

-- Rows of { place, typed, on the page }.
local function factor_rows(rows, place, typed, page)
  rows[#rows + 1] = { place .. " count", #typed, #page }
  for i, factor in ipairs(typed) do
    local other = page[i] or {}
    for _, key in ipairs { "id", "side", "weight" } do
      rows[#rows + 1] = { place .. "/" .. factor.id .. " " .. key, factor[key], other[key] }
    end
    rows[#rows + 1] = { place .. "/" .. factor.id .. " strength", factor.strength, (strength_and_rest(other.strength)) }
  end
end

local function condition_rows(rows, place, typed, page)
  rows[#rows + 1] = { place .. " count", #typed, #page }
  for i, condition in ipairs(typed) do
    local other = page[i] or {}
    for _, key in ipairs { "id", "from", "met" } do
      rows[#rows + 1] = { place .. "/" .. condition.id .. " " .. key, condition[key], other[key] }
    end
  end
end

local KNOWN_KEYS = {
  class = true, bar = true, factors = true, conditions = true, source = true, rights_interference = true,
  probable_harm_weight = true,
}

local function rule_rows(rows, place, typed, page)
  rows[#rows + 1] = { place .. " class", typed.class, page.class }
  rows[#rows + 1] = { place .. " bar", typed.bar, page.bar }
  -- The page words the one other strength of a common factor as "EXPRESSION: why".
  local strength = typed.strengths and typed.strengths.rights_interference
  local worded = page.rights_interference
  rows[#rows + 1] = { place .. " rights_interference", strength, worded and worded:match "^(.-):" }
  local heavier = typed.weights and typed.weights.probable_harm
  rows[#rows + 1] = { place .. " probable_harm_weight", heavier, page.probable_harm_weight }
  factor_rows(rows, place .. "/factors", typed.factors, page.factors)
  condition_rows(rows, place .. "/conditions", typed.conditions, page.conditions)
  for key in pairs(page) do
    if not KNOWN_KEYS[key] then rows[#rows + 1] = { place .. " " .. key, "a key known here", nil } end
  end
end

-- The page's sentence about probable_harm: its weight, and exactly the rules that are typed with one.
local function probable_harm_rows(rows, common)
  local sentence
  for _, other in ipairs(common) do
    if other.id == "probable_harm" then sentence = select(2, strength_and_rest(other.strength)) end
  end
  sentence = sentence or ""
  for name, typed in pairs(numbers.rules) do
    local heavier, named = typed.weights and typed.weights.probable_harm, sentence:find(name, 1, true)
    rows[#rows + 1] = { "probable_harm under " .. name, heavier, named and sentence:match "^weight (%S+) under" }
  end
end

-- Returns how much was held against the text of reference-policy.json, and a line for each difference.
return function(text)
  local page, rows, lines = json.decode(text), {}, {}
  for _, key in ipairs { "followers_limit_exclusive", "market_sway_limit" } do
    rows[#rows + 1] = { key, numbers[key], page[key] }
  end
  rows[#rows + 1] = { "never_excepted", joined(numbers.never_excepted), joined(page.never_excepted) }
  factor_rows(rows, "common", numbers.common, page.common.factors)
  probable_harm_rows(rows, page.common.factors)
  for name, typed in pairs(numbers.rules) do
    rule_rows(rows, "rules/" .. name, typed, page.rules[name] or { factors = {}, conditions = {} })
  end
  for name in pairs(page.rules) do
    if not numbers.rules[name] then rows[#rows + 1] = { "rules/" .. name, nil, "a rule" } end
  end
  for _, row in ipairs(rows) do
    local place, typed, worded = row[1], tostring(row[2]), tostring(row[3])
    if typed ~= worded then
      lines[#lines + 1] = ("%s: typed %s, on the page %s"):format(place, typed, worded)
    end
  end
  table.sort(lines)
  return #rows, lines
end
