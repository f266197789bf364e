-- guide_tables.lua README PUBINT [--update]: the tables of the guide between "<!-- table: NAME -->" and
-- "<!-- end -->" are what the program prints, so that they cannot drift. --update writes them anew.
package.path = arg[0]:match("^(.*/)") .. "../support/?.lua;" .. package.path
local shell = require "shell"
local cjson = require "cjson"
local readme, pubint, update = arg[1], arg[2], arg[3] == "--update"

local function run(command) return shell.must(shell.quote(pubint) .. " " .. command) end

local function json(command) return cjson.decode(run(command .. " --json")) end

local function row(...)
  local cells = {...}
  for i, cell in ipairs(cells) do cells[i] = (tostring(cell):gsub("|", "\\|")) end
  return "| " .. table.concat(cells, " | ") .. " |\n"
end

local function head(...) return row(...) .. ("|---"):rep(select("#", ...)) .. "|\n" end

local function code(text) return "`" .. text .. "`" end

local TABLES = {}

function TABLES.facts()
  local text = head("fact", "side", "type", "what it is")
  for _, fact in ipairs(json("facts").facts) do
    local doc = fact.doc
    if fact.words and fact.type == "word" then doc = doc .. " One of: " .. table.concat(fact.words, ", ") .. "." end
    text = text .. row(code(fact.path), fact.side, fact.type, doc)
  end
  return text
end

local function functions(wanted)
  local text = head("call", "gives", "bounded by")
  for _, entry in ipairs(json("help script").names) do
    local method = entry.library == "balance" or entry.form:find("^known%(") -- called with a colon
    local scope = entry.library == "" and "" or entry.library .. (method and ":" or ".")
    if (entry.library == "") == (wanted == "") then text = text .. row(code(scope .. entry.form), entry.doc, entry.safe) end
  end
  return text
end

function TABLES.names() return functions("") end
function TABLES.libraries() return functions("all") end

function TABLES.limits()
  local text, within = head("of one script call", "at most"), false
  for line in run("help script"):gmatch("[^\n]+") do
    local name, most = line:match("^  (%S.-)  +(%S.*)$")
    within = within or line == "limits of one script call"
    if within and name then text = text .. row(name, most) end
  end
  return text
end

function TABLES.findings()
  local text = head("code", "finding", "what to do")
  for _, entry in ipairs(json("help codes").codes) do
    if entry.code:find("^E60") then text = text .. row(entry.code, entry.message, entry.mend) end
  end
  return text
end

function TABLES.options()
  local text = head("command", "option", "does")
  for _, name in ipairs { "new", "test", "check" } do
    for _, option in ipairs(json("help " .. name).options) do
      local form = "--" .. option.name .. (option.value and " " .. option.value or "")
      text = text .. row(code("pubint " .. name), code(form), option.help)
    end
  end
  return text
end

local page = shell.read(readme)
local wrong, seen = 0, {}
local made = page:gsub("(<!%-%- table: (%w+) %-%->\n)(.-)(<!%-%- end %-%->)", function(from, name, text, to)
  local table_of = assert(TABLES[name], "no such table: " .. name)()
  seen[name] = true
  if text ~= "\n" .. table_of .. "\n" then
    wrong = wrong + 1
    print("the table " .. name .. " is not what the program prints; run this with --update")
  end
  return from .. "\n" .. table_of .. "\n" .. to
end)
for name in pairs(TABLES) do
  if not seen[name] then
    wrong = wrong + 1
    print("the guide lacks the table " .. name)
  end
end
if update then shell.write(readme, made) end
os.exit(update or wrong == 0)
