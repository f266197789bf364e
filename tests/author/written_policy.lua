-- written_policy.lua PUBINT ROOT SHARED: `pubint help` knows R001 to R112 and A01 to A38, each in words of its own and
-- with the Dutch that it comes from; every number that the program, its headers and scripts name is one of them. The
-- quotations stand in SHARED/policy-source.nl.txt, and are those of SHARED/policy.md, where these are there.
package.path = arg[0]:match("^(.*/)") .. "../support/?.lua;" .. package.path
local shell = require "shell"
local pubint, root, shared = arg[1], arg[2], arg[3]
local report = shell.report("claims of the written policy")

local pages = {}
local function page(name)
  pages[name] = pages[name] or shell.run(shell.quote(pubint) .. " help " .. name)
  return pages[name]
end

local function dutch_of(name)
  local text = page(name):gsub("%s+", " ")
  return text:match("In the policy %(Dutch%): «(.*)»")
end

local function name_of(letter, number) return ((letter == "R") and "R%03d" or "A%02d"):format(number) end

local LAST = {R = 112, A = 38}
for letter, last in pairs(LAST) do
  for number = 1, last do
    local name = name_of(letter, number)
    report.try(page(name):find("^" .. name .. ": %u") ~= nil, "%s has no page:\n%s", name, page(name))
    local behind = letter == "A" and "How it is read: " or name == "R041" and "" or "In the policy (Dutch): «"
    report.try(page(name):find(behind, 1, true) ~= nil, "%s says not where it comes from:\n%s", name, page(name))
  end
  report.try(page(name_of(letter, last + 1)):find("E4007", 1, true) ~= nil, "%s%d has a page", letter, last + 1)
end
report.try(page("r49") == page("R049") and page("a9") == page("A09"), "small letters or no zeros are not understood")

local files = shell.lines(shell.must(("cd %s && find host include scripts -type f | LC_ALL=C sort"):format(shell.quote(root))))
for _, path in ipairs(files) do
  for name in (" " .. shell.read(root .. "/" .. path)):gmatch("%f[%w]([RA]%d%d%d?)%f[%W]") do
    local letter, number = name:sub(1, 1), tonumber(name:sub(2))
    if name == name_of(letter, number) then
      report.try(number >= 1 and number <= LAST[letter], "%s names %s, which is no requirement", path, name)
    end
  end
end

local function there(path)
  local file = io.open(path)
  if file == nil then print(path .. " is not there, so it is not compared with") end
  return file and file:read("a")
end

local source = there(shared .. "/policy-source.nl.txt")
if source then
  source = source:gsub("%s+", " ")
  for number = 1, LAST.R do
    local name = name_of("R", number)
    for part in ((dutch_of(name) or "") .. " ... "):gmatch("(.-) %.%.%. ") do
      report.try(source:find(part, 1, true) ~= nil, "%s: the policy does not say «%s»", name, part)
    end
  end
end

local list = there(shared .. "/policy.md")
if list then
  for name, quoted in list:gmatch("\n(R%d%d%d) [^\n]-«([^\n]-)»") do
    report.try(dutch_of(name) == quoted, "%s comes from «%s», and not from «%s»", name, quoted, dutch_of(name))
  end
end
report.finish(500)
