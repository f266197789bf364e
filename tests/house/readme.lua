-- readme.lua README ROOT FOLDER PATH_DIR: runs every sh block of a page, in order, in a clean copy of the
-- tree with pubint on the PATH, the copy's policy as its default and PATH_DIR as its build/release. A block that ends badly fails, and so
-- does one whose output differs from the text block that directly follows it. The two commands of the
-- house are not run from here: they install packages, and one of them runs this.
package.path = arg[0]:match("^(.*/)") .. "?.lua;" .. package.path
local house = require "house"

local readme, root, folder, programs = arg[1], arg[2], arg[3], arg[4]
local report = house.report("claims of " .. readme:match("[^/]+/?[^/]*$"))
local INSTALLING = {"./examples/quickstart", "./tests/run"}

-- The page's fenced blocks: language, first line, text, and whether only blank lines part it from the
-- block before.
local function blocks_of(page)
  local blocks, open, between = {}, nil, false
  for number, line in ipairs(house.lines(page)) do
    if open and line == "```" then
      blocks[#blocks + 1], open, between = open, nil, false
    elseif open then
      open.text = open.text .. line .. "\n"
    elseif line:find("^```") then
      open = {language = line:sub(4), line = number, text = "", follows = #blocks > 0 and not between}
    elseif line:find("%S") then
      between = true
    end
  end
  assert(not open, "a block is never closed: line " .. (open and open.line or 0))
  return blocks
end

local function copy_tree(to)
  house.must("rm -rf " .. house.quote(to) .. " && mkdir -p " .. house.quote(to))
  house.must(("tar -C %s --exclude=./.git --exclude='./build*' -cf - . | tar -C %s -xf -"):format(house.quote(root),
    house.quote(to)))
end

-- The command of the house a line of shell begins with, comments apart; nil for any other line.
local function installing(line)
  for _, name in ipairs(INSTALLING) do
    if line:match("^%s*(%S+)") == name then return name end
  end
end

-- A block that installs: each of its lines is one of the two commands, which are there and can be run.
local function check_installing(block, expected)
  report.try(not expected, "%s:%d: shows the output of a block that is not run from here", readme, block.line)
  for _, line in ipairs(house.lines(block.text)) do
    local name = installing(line)
    if line:find("^%s*[^%s#]") then
      report.try(name, "%s:%d: stands in one block with a command that installs: %s", readme, block.line, line)
    end
    if name then
      local _, ok = house.run("test -x " .. house.quote(root .. "/" .. name))
      report.try(ok, "%s:%d: %s is no program", readme, block.line, name)
      print(("line %d: %s is there; it is not run from here"):format(block.line, name))
    end
  end
end

local function run_block(block, expected, tree)
  local script = folder .. "/block.sh"
  house.write(script, "set -eu\n" .. block.text)
  local output, ok = house.run(("cd %s && HOME=%s PATH=%s:$PATH PUBINT_POLICY=%s bash %s </dev/null"):format(
    house.quote(tree), house.quote(folder .. "/home"), house.quote(programs), house.quote(tree .. "/scripts"), house.quote(script)))
  report.try(ok, "%s:%d: the block ends badly:\n%s", readme, block.line, output)
  if not expected then return end
  local same = output == expected.text
  local difference = ""
  if not same then
    house.write(folder .. "/expected", expected.text)
    house.write(folder .. "/found", output)
    difference = house.run(("cd %s && diff -u expected found"):format(house.quote(folder)))
  end
  report.try(same, "%s:%d: the output is not the one shown:\n%s", readme, block.line, difference)
end

local tree = folder .. "/tree"
copy_tree(tree)
-- What a page installs is this build, into a home of its own.
house.must(("mkdir -p %s %s && ln -s %s %s"):format(house.quote(folder .. "/home"), house.quote(tree .. "/build"),
  house.quote(programs), house.quote(tree .. "/build/release")))
local blocks, commands = blocks_of(house.read(readme)), 0
for index, block in ipairs(blocks) do
  if block.language == "sh" then
    commands = commands + 1
    local following = blocks[index + 1]
    local expected = following and following.language == "text" and following.follows and following
    local installs = false
    for _, line in ipairs(house.lines(block.text)) do installs = installs or installing(line) ~= nil end
    if installs then check_installing(block, expected) else run_block(block, expected, tree) end
  end
end
report.try(commands > 0, "%s has no sh block", readme)
report.finish()
