-- names.lua LAYERS NM: a name across files has one home and says which. Behind pi_ stand the words of a unit (in
-- the singular or plural: pi_fact_find of facts.c), of the longest one that the name spells; only that unit, or one
-- of its family whose own name goes on from there (json_tree of json), may define it. A name that spells no unit is
-- of a thing (pi_say_list); one layer has it to itself.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local layers, nm = house.layers(arg[1]), arg[2]
local report = house.report("names")

-- A row of a table of commands is called by what it commands: pi_command_eval of cmd_eval.c.
local CALLED = {cmd = "command"}

local function singular(word)
  if word:find("ies$") then return (word:gsub("ies$", "y")) end
  if word:find("[^s]s$") then return word:sub(1, -2) end
  return word
end

local function words_of(name)
  local words = {}
  for word in name:gmatch("[^_]+") do words[#words + 1] = CALLED[word] or singular(word) end
  return words
end

local function begins(words, with)
  for i, word in ipairs(with) do
    if words[i] ~= word then return false end
  end
  return true
end

-- "json tree" → the layers that have such a unit, by its .c or .h.
local homes = {}
for _, layer in ipairs(layers) do
  for _, ending in ipairs({".c", ".h"}) do
    for _, path in ipairs(house.files(layer.folder, ending)) do
      local key = table.concat(words_of(path:match("([^/]+)%.%a$")), " ")
      homes[key] = homes[key] or {}
      homes[key][layer.name] = true
    end
  end
end

-- The longest run of the name's first words that is a unit's name; nil where none is.
local function home_of(words)
  for count = #words, 1, -1 do
    local key = table.concat(words, " ", 1, count)
    if homes[key] then return key, count end
  end
end

-- Whether the unit is the home, or of its family in the same layer.
local function at_home(layer, unit, words, key, count)
  local home = {}
  for i = 1, count do home[i] = words[i] end
  if begins(unit, home) or begins(home, unit) then return true end
  local a, b = table.concat(unit, " "), key -- "command ledger" and "ledger command" are one
  if a:find("^command ") and b == a:match("^command (%S+)") .. " command" then return true end
  return unit[1] == home[1] and homes[key][layer.name] == true
end

local things = {}
for _, layer in ipairs(layers) do
  local unit
  for _, line in ipairs(house.lines(house.must(nm .. " -P -g --defined-only " .. house.quote(layer.archive)))) do
    local member, name = line:match("%[(.-)%.c%.o%]"), line:match("^pi_([%l%d_]+) %a")
    unit = member or unit
    if name then
      local words = words_of(name)
      local key, count = home_of(words)
      if key then
        report.try(at_home(layer, words_of(unit), words, key, count), "%s: pi_%s of %s bears the name of another unit, %s",
          layer.name, name, unit, key)
      else
        local first = things[words[1]]
        report.try(not first or first == layer.name, "%s: pi_%s of %s is of a thing that %s has to itself", layer.name, name,
          unit, first)
        things[words[1]] = first or layer.name
      end
    end
  end
end
report.finish()
