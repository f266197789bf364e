-- readme_snippets.lua README PUBINT SCRIPTS WORK: the Lua and JSON blocks of the guide work as they stand, in a
-- copy of the policy: its market is saved, its tests are run, its names go into the locales. Then check has no
-- finding, and every change of the market is noticed.
package.path = arg[0]:match("^(.*/)") .. "../support/?.lua;" .. package.path
local shell = require "shell"
local readme, pubint, scripts, work = arg[1], arg[2], arg[3], arg[4]

local quote, run, read, write = shell.quote, shell.run, shell.read, shell.write

-- Blocks of a language, the indentation of a list taken off.
local function blocks(page, language)
  local found = {}
  for indent, text in page:gmatch("\n( *)```" .. language .. "\n(.-)\n *```\n") do
    found[#found + 1] = ("\n" .. text):gsub("\n" .. indent, "\n"):sub(2) .. "\n"
  end
  return found
end

local page = read(readme)
shell.copy(scripts, work)
local markets, tests = 0, 0
for _, block in ipairs(blocks(page, "lua")) do
  local market = block:match('%f[%w]market = "([%u%d-]+)"')
  if block:find("expect(", 1, true) then
    tests = tests + 1
    write(("%s/tests/readme%d_test.lua"):format(work, tests), block)
  elseif market then
    markets = markets + 1
    write(work .. "/markets/" .. market .. ".lua", block)
  end
end
for _, block in ipairs(blocks(page, "json")) do
  for _, locale in ipairs { "en", "nl" } do
    local path = ("%s/locales/%s.json"):format(work, locale)
    write(path, (read(path):gsub("{\n", function() return "{\n" .. block end, 1)))
  end
end
local wrong = 0
for _, command in ipairs { "test --filter tests/readme", "check --cases 3000", "test --mutate" } do
  local output, passed = run(("%s %s -p %s"):format(quote(pubint), command, quote(work)))
  if not passed then
    wrong = wrong + 1
    print(command .. "\n" .. output)
  end
end
print(("%d markets, %d test files of the guide"):format(markets, tests))
os.exit(wrong == 0 and markets > 0 and tests > 1)
