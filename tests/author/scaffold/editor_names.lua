-- editor_names.lua PUBINT SCRIPTS WORK: the definitions for editors hold every name and function that scripts have, every
-- fact with its words, every method of balance and every function of tests; the luacheck standard every name.
package.path = arg[0]:match("^(.*/)") .. "../../support/?.lua;" .. package.path
local shell = require "shell"
local cjson = require "cjson"
local pubint, scripts, work = arg[1], arg[2], arg[3]

local quote, report = shell.quote, shell.report("names")
local try = report.try

local function run(arguments) return shell.must(quote(pubint) .. " " .. arguments) end

shell.copy(scripts, work)
run("new editor -p " .. quote(work))
local definitions, standard = shell.read(work .. "/editor/pubint.lua"), shell.read(work .. "/.luacheckrc")

-- What a script reaches through case and balance: fields and methods of a class, and no names of the environment.
local CLASSES = { case = "pubint.case", ["case.violation"] = "pubint.violation" }

local function has_field(class, name)
  local from = definitions:find("---@class " .. class .. "\n", 1, true)
  local block = from and definitions:sub(from, definitions:find("\n\n", from, true)) or ""
  return block:find("%-%-%-@field " .. name .. "%?? ") or block:find("function %a+:" .. name .. "%(")
end

for _, entry in ipairs(cjson.decode(run("help script --json")).names) do
  local name = (entry.library == "" and "" or entry.library .. ".") .. entry.name
  if entry.library == "balance" then
    try(has_field("pubint.balance", entry.name), "editor/pubint.lua lacks " .. name)
  elseif CLASSES[entry.library] then
    try(has_field(CLASSES[entry.library], entry.name), "editor/pubint.lua lacks " .. name)
  elseif name ~= "case" and name ~= "balance" then
    try(("\n" .. definitions):find("\n" .. name:gsub("%.", "%%.") .. " = ", 1), "editor/pubint.lua lacks " .. name)
    try(standard:find('"' .. entry.name .. '"', 1, true) or standard:find(entry.name .. " = {", 1, true),
      ".luacheckrc lacks " .. name)
  end
end

for _, fact in ipairs(cjson.decode(run("facts --json")).facts) do
  local group, key = fact.path:match("^(.*)%.([^.]+)$")
  local class = "---@class pubint." .. (group or "case") .. "\n"
  local from = definitions:find(class, 1, true)
  local block = from and definitions:sub(from, definitions:find("\n\n", from, true)) or ""
  local line = block:match("%-%-%-@field " .. (key or fact.path) .. "%??( [^\n]*)")
  try(line, "editor/pubint.lua lacks " .. fact.path)
  if fact.type == "word" then
    for _, word in ipairs(fact.words) do try(line and line:find('"' .. word .. '"', 1, true), fact.path .. " lacks " .. word) end
  end
end

for _, name in ipairs { "case", "evaluate", "factor", "condition", "expect", "test", "each", "unknown" } do
  try(("\n" .. definitions):find("\n" .. name .. " = nil", 1, true), "editor/pubint.lua lacks " .. name .. " of tests")
end
for _, name in ipairs { "is", "is_not", "near", "above", "below", "contains" } do
  try(definitions:find("---@field " .. name .. " fun(self", 1, true), "editor/pubint.lua lacks expect(…):" .. name)
end
report.finish(150)
