-- flips.lua BEFORE AFTER FLIPS REPORT WHAT [ID]: two outputs of batch under an old and a new policy, what
-- `diff --jsonl` and `diff --json` say of the same. Every line whose outcome differs is among the flips, in
-- order, and no other; the margins are those of the evaluations, contributions add up to their change
-- exactly, and each is of the part WHAT (with that id), which decides every flip. The report counts the same.
-- Sums are integers of a billionth, made from decimal text.
local here = arg[0]:match "^(.*/)" or "./"
package.path = here .. "../../reference/?.lua"
local json = require "json"

local before_path, after_path, flips_path, report_path, what, id = table.unpack(arg)
local wrong = 0
local function expect(where, found, expected)
  if found == expected then return end
  wrong = wrong + 1
  if wrong <= 20 then print(("%s: %s, expected %s"):format(where, tostring(found), tostring(expected))) end
end

local function nano(number)
  local sign, whole, fraction = tostring(number):match "^(%-?)(%d+)%.?(%d*)$"
  local value = math.tointeger(tonumber(whole .. fraction .. ("0"):rep(9 - #fraction)))
  return sign == "-" and -value or value
end

local function direction(old, new)
  if new == "notice" then return "granted" end
  if old == "notice" then return "withdrawn" end
  return new == "review" and "to_review" or "to_removal"
end

-- Whether the violation of that rule and kind has that margin before and after.
local function has_margins(old, new, flip)
  for place, entry in ipairs(old.rules) do
    local other = new.rules[place]
    if entry.rule == flip.rule and entry.kind == flip.kind and tostring(entry.margin) == tostring(flip.old.margin)
      and tostring(other.margin) == tostring(flip.new.margin) and entry.verdict ~= other.verdict then
      return true
    end
  end
  return false
end

local function check_flip(where, flip, old, new)
  expect(where .. " id", flip.id, new.id)
  expect(where .. " old outcome", flip.old.outcome, old.outcome)
  expect(where .. " new outcome", flip.new.outcome, new.outcome)
  expect(where .. " old basis", flip.old.basis, old.basis)
  expect(where .. " new basis", flip.new.basis, new.basis)
  expect(where .. " direction", flip.direction, direction(old.outcome, new.outcome))
  expect(where .. " margins of the evaluations", has_margins(old, new, flip), true)
  local sum = 0
  for _, part in ipairs(flip.contributions) do
    sum = sum + nano(part.points)
    if part.what ~= "market_clamp" then
      expect(where .. " part", part.what .. " " .. tostring(part.id), what .. " " .. tostring(id))
    end
  end
  expect(where .. " sum of contributions", sum, nano(flip.change))
  expect(where .. " change", nano(flip.change), nano(flip.new.margin) - nano(flip.old.margin))
  expect(where .. " cause", flip.cause.what .. " " .. tostring(flip.cause.id), what .. " " .. tostring(id))
end

local flips = assert(io.open(flips_path))
local after = io.lines(after_path)
-- In how many cases each rule weighs the factor otherwise.
local weighed = 0
local function rules_of(line)
  local found = {}
  for rule, body in line:gsub('{"rule":"', "\n%0"):gmatch '\n{"rule":"([a-z_]+)"([^\n]*)' do
    found[rule] = found[rule] or body:match('"id":"' .. tostring(id) .. '"[^}]-"weight":([%d.]+)')
  end
  return found
end
local counts, total, line_number = {granted = 0, withdrawn = 0, to_review = 0, to_removal = 0}, 0, 0
local matrix = {}
for line in io.lines(before_path) do
  line_number = line_number + 1
  local new_line = after()
  local old_outcome, new_outcome = line:match '"outcome":"([a-z_]+)"', new_line:match '"outcome":"([a-z_]+)"'
  local key = old_outcome .. " " .. new_outcome
  matrix[key] = (matrix[key] or 0) + 1
  if what == "factor" then
    local before = rules_of(line)
    for rule, weight in pairs(rules_of(new_line)) do
      if before[rule] and before[rule] ~= weight then weighed = weighed + 1 end
    end
  end
  if old_outcome ~= new_outcome then
    local flip = flips:read "l"
    flip = flip and json.decode(flip)
    expect("line", flip and tostring(flip.line), tostring(line_number))
    if not flip then break end
    check_flip("line " .. line_number, flip, json.decode(line), json.decode(new_line))
    counts[flip.direction] = counts[flip.direction] + 1
    total = total + 1
  end
end
expect("a flip that is none", flips:read "l", nil)
expect("lines", after(), nil)

local report = json.decode(io.open(report_path):read "a")
expect("flips of the report", tostring(report.flips), tostring(total))
expect("grants of the report", tostring(report.grants), tostring(counts.granted))
for _, old in ipairs {"no_action", "remove", "notice", "review"} do
  for _, new in ipairs {"no_action", "remove", "notice", "review"} do
    expect(old .. " to " .. new, tostring(report.matrix[old][new]), tostring(matrix[old .. " " .. new] or 0))
  end
end
for _, name in ipairs {"directions", "causes", "rules", "kinds", "markets", "languages"} do
  local sum = 0
  for _, group in ipairs(report[name]) do sum = sum + tonumber(tostring(group.flips)) end
  expect("flips by " .. name, sum, total)
end
local reweighed = 0
for _, group in ipairs(report.weights) do
  expect("a factor that weighs otherwise", group.id, id)
  reweighed = reweighed + tonumber(tostring(group.cases))
end
expect("cases by weights", reweighed, weighed)
local moved = 0
for _, bin in ipairs(report.unflipped.histogram) do moved = moved + tonumber(tostring(bin.cases)) end
expect("cases of the histogram", tostring(moved), tostring(report.unflipped.margin_moved))
expect("some flips", total > 0, true)
print(("%d lines, %d flips, %d granted; %d wrong"):format(line_number, total, counts.granted, wrong))
os.exit(wrong == 0)
