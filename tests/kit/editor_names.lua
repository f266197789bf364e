-- editor_names.lua PUBINT SCRIPTS WORK: the definitions for editors hold every name and function that scripts have, every
-- fact with its words, every method of balance and every function of tests; the luacheck standard every name.
local cjson = require "cjson"
local pubint, scripts, work = arg[1], arg[2], arg[3]

local function quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function run(command)
  local pipe = assert(io.popen(quote(pubint) .. " " .. command))
  local output = pipe:read("a")
  assert(pipe:close(), command)
  return output
end

local function read(path)
  local file = assert(io.open(work .. "/" .. path))
  local text = file:read("a")
  file:close()
  return text
end

local wrong, tried = 0, 0
local function try(held, message)
  tried = tried + 1
  if held then return end
  wrong = wrong + 1
  print(message)
end

assert(os.execute(("rm -rf %s && mkdir -p %s && cp -r %s/. %s"):format(quote(work), quote(work), quote(scripts), quote(work))))
run("new editor -p " .. quote(work))
local definitions, standard = read("editor/pubint.lua"), read(".luacheckrc")

for _, entry in ipairs(cjson.decode(run("help script --json"))) do
  local name = (entry.library == "" and "" or entry.library .. ".") .. entry.name
  local root = name:match("^%w+")
  local argument = root == "case" or root == "balance" -- of weigh: no names of the environment
  local defined = ("\n" .. definitions):find("\n" .. name:gsub("%.", "%%.") .. " = ", 1)
  if argument and name ~= root then
    local class = definitions:match("%-%-%-@class pubint%." .. entry.library:match("[^.]+$") .. "\n(.-)\n\n") or ""
    defined = definitions:find("function " .. entry.library .. ":" .. entry.name .. "(", 1, true) or
      class:find("@field " .. entry.name .. "%f[^%w_]")
  end
  try(defined or name == root, "editor/pubint.lua lacks " .. name)
  try(argument or standard:find('"' .. entry.name .. '"', 1, true) or standard:find(entry.name .. " = {", 1, true),
    ".luacheckrc lacks " .. name)
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

for _, name in ipairs { "interest", "harm", "condition", "note" } do
  try(definitions:find("function balance:" .. name .. "(", 1, true), "editor/pubint.lua lacks balance:" .. name)
end
for _, name in ipairs { "case", "evaluate", "factor", "condition", "expect", "test", "each", "unknown" } do
  try(("\n" .. definitions):find("\n" .. name .. " = nil", 1, true), "editor/pubint.lua lacks " .. name .. " of tests")
end
for _, name in ipairs { "is", "is_not", "near", "above", "below", "contains" } do
  try(definitions:find("---@field " .. name .. " fun(self", 1, true), "editor/pubint.lua lacks expect(…):" .. name)
end
print(("%d names tried, %d wrong"):format(tried, wrong))
os.exit(wrong == 0 and tried > 150)
