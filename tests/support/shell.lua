-- What tests in Lua share: files, commands and a report.
local shell = {}

function shell.quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

-- Runs a command; returns what it wrote (both streams) and whether it ended well.
function shell.run(command)
  local pipe = assert(io.popen(command .. " 2>&1"))
  local output = pipe:read("a")
  return output, pipe:close() == true
end

-- The same for a command that must end well.
function shell.must(command)
  local output, ok = shell.run(command)
  if not ok then error(command .. "\n" .. output, 2) end
  return output
end

function shell.lines(text)
  local lines = {}
  for line in (text:sub(-1) == "\n" and text or text .. "\n"):gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  if text == "" then lines[1] = nil end
  return lines
end

function shell.read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

-- A copy of a folder, in place of what was there.
function shell.copy(from, to)
  shell.must(("rm -rf %s && mkdir -p %s && cp -r %s/. %s"):format(shell.quote(to), shell.quote(to), shell.quote(from),
    shell.quote(to)))
end

-- Writes a file, making its folder.
function shell.write(path, text)
  shell.must("mkdir -p " .. shell.quote(path:match("^(.*)/")))
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

-- The files of a folder whose names end so, sorted.
function shell.files(folder, ending)
  local find = "find %s -maxdepth 1 -type f -name %s | LC_ALL=C sort"
  return shell.lines(shell.must(find:format(shell.quote(folder), shell.quote("*" .. ending))))
end

-- Collects what fails; finish() prints it with how many were tried and ends the program. More than `beyond`, or
-- than none, must have been tried.
function shell.report(what)
  local report = {tried = 0, failed = {}}
  function report.try(held, format, ...)
    report.tried = report.tried + 1
    if not held then report.failed[#report.failed + 1] = format:format(...) end
  end
  function report.finish(beyond)
    for _, line in ipairs(report.failed) do print(line) end
    print(("%d %s tried, %d wrong"):format(report.tried, what, #report.failed))
    os.exit(report.tried > (beyond or 0) and #report.failed == 0)
  end
  return report
end

return shell
