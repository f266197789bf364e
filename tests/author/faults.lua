-- faults.lua FOLDER PUBINT SCRIPTS WORK: plants each fault of FOLDER in a copy of the policy, and the command it
-- names must find it, by code and at its place. As it stands the policy has no finding.
--
-- A fault: "-- what it is", then command (check, test, mutate), finds (a code, or the test's file), file (where
-- it is planted), at (the line it must be found on, by a part of its text: of that file, or "FILE part"; empty:
-- no line), then the text to find and the one to put in its place.
package.path = arg[0]:match("^(.*/)") .. "../support/?.lua;" .. package.path
local shell = require "shell"
local folder, pubint, scripts, work = arg[1], arg[2], arg[3], arg[4]

local quote, run, read, write = shell.quote, shell.run, shell.read, shell.write
local report = shell.report("claims")

-- Fewer cases than people try: every fault of the list shows long before, and most at once. The cases of a
-- shorter check are the first of a longer one, so what it finds the longer one finds too; only what is never
-- seen takes all cases to say.
local FEW, MOST = 250, 3000
local NEVER = { E6006 = true, E6007 = true, E6008 = true, E6009 = true }
local COMMANDS = { test = "test", mutate = "test --mutate" }

local function parse(text)
  local fault = {}
  for key, value in text:gmatch("\n(%w+): ?([^\n]*)") do fault[key] = fault[key] or value end
  fault.find, fault.replace = text:match("\n%-%-%- find\n(.-)\n%-%-%- replace\n(.*)\n$")
  return fault
end

local function plant(fault, policy)
  local path = policy .. "/" .. fault.file
  local text = read(path)
  local from, to = text:find(fault.find, 1, true)
  assert(from, fault.file .. " does not hold what is to be replaced: " .. fault.find)
  assert(not text:find(fault.find, to + 1, true), fault.file .. " holds it twice: " .. fault.find)
  write(path, text:sub(1, from - 1) .. fault.replace .. text:sub(to + 1))
end

-- "rules/violence.lua:12", or only the file where no line is named.
local function place_of(fault, policy)
  local file, part = fault.at:match("^(%S+%.lua) (.+)$")
  file, part = file or fault.file, part or fault.at
  if part == "" then return fault.command == "check" and file or fault.finds end
  local number = 0
  for line in (read(policy .. "/" .. file) .. "\n"):gmatch("(.-)\n") do
    number = number + 1
    if line:find(part, 1, true) then return file .. ":" .. number end
  end
  error(file .. " has no line with " .. part)
end

local function is_found(fault, policy, output, passed)
  local place = place_of(fault, policy)
  for line in output:gmatch("[^\n]+") do
    local here = line:find(place .. ":", 1, true)
    if here and not passed and (fault.command == "test" or line:find(fault.finds, 1, true)) then return true end
  end
  return false, place
end

local function check(policy, cases)
  return run(quote(pubint) .. " check --cases " .. cases .. " -p " .. quote(policy))
end

-- Whether the planted fault is found; else the place where it was not, and what was said instead.
local function find(fault, policy)
  if fault.command ~= "check" then
    local output, passed = run(quote(pubint) .. " " .. COMMANDS[fault.command] .. " -p " .. quote(policy))
    local held, place = is_found(fault, policy, output, passed)
    return held, place, output
  end
  if not NEVER[fault.finds] and is_found(fault, policy, check(policy, FEW)) then return true end
  local output, passed = check(policy, MOST)
  local held, place = is_found(fault, policy, output, passed)
  return held, place, output
end

local clean, passed = check(scripts, MOST)
report.try(passed and clean:find("\n0 findings,"), "as it stands: %s", clean)
for name in run("cd " .. quote(folder) .. " && ls *.fault"):gmatch("[^\n]+") do
  local policy = work .. "/" .. name
  shell.copy(scripts, policy)
  local fault = parse(read(folder .. "/" .. name))
  plant(fault, policy)
  local held, place, output = find(fault, policy)
  report.try(held, "%s: %s must find %s at %s:\n%s", name, fault.command, fault.finds, place, output)
end
report.finish(118)
