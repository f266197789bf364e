-- What the checks of the house share: files, commands, the layers as the build has them, and a report.
local house = {}

function house.quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

-- Runs a command; returns what it wrote (both streams) and whether it ended well.
function house.run(command)
  local pipe = assert(io.popen(command .. " 2>&1"))
  local output = pipe:read("a")
  return output, pipe:close() == true
end

-- The same for a command that must end well.
function house.must(command)
  local output, ok = house.run(command)
  if not ok then error(command .. "\n" .. output, 2) end
  return output
end

function house.lines(text)
  local lines = {}
  for line in (text:sub(-1) == "\n" and text or text .. "\n"):gmatch("([^\n]*)\n") do lines[#lines + 1] = line end
  if text == "" then lines[1] = nil end
  return lines
end

function house.read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

-- Writes a file, making its folder.
function house.write(path, text)
  house.must("mkdir -p " .. house.quote(path:match("^(.*)/")))
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

-- The files of a folder whose names end so, sorted.
function house.files(folder, ending)
  local find = "find %s -maxdepth 1 -type f -name %s | LC_ALL=C sort"
  return house.lines(house.must(find:format(house.quote(folder), house.quote("*" .. ending))))
end

-- The layers the build wrote down: one line a layer, parted by tabs; lists within by semicolons.
function house.layers(path)
  local layers = {}
  for _, line in ipairs(house.lines(house.read(path))) do
    local name, rank, archive, folder, dirs, definitions, seen =
      line:match("^([^\t]+)\t(%d+)\t([^\t]+)\t([^\t]+)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    assert(name, "not a layer: " .. line)
    local sees = {}
    for path in seen:gmatch("[^;]+") do sees[path] = true end
    layers[#layers + 1] = {
      name = name, rank = tonumber(rank), archive = archive, folder = folder, dirs = dirs, definitions = definitions,
      sees = sees,
    }
  end
  assert(#layers > 1, "no layers in " .. path)
  return layers
end

-- May x use what y declares or defines? Only what it names, or they do, and what lies to its left.
function house.sees(x, y) return x.name == y.name or (x.sees[y.name] and y.rank < x.rank) or false end

-- A layer's own include path and definitions, as options of the compiler.
function house.flags(layer)
  local flags = {}
  for dir in layer.dirs:gmatch("[^;]+") do flags[#flags + 1] = "-I" .. house.quote(dir) end
  for definition in layer.definitions:gmatch("[^;]+") do flags[#flags + 1] = "-D" .. house.quote(definition) end
  return table.concat(flags, " ")
end

-- Collects what fails; finish() prints it with how many were tried and ends the program.
function house.report(what)
  local report = {tried = 0, failed = {}}
  function report.try(held, format, ...)
    report.tried = report.tried + 1
    if not held then report.failed[#report.failed + 1] = format:format(...) end
  end
  function report.finish()
    for _, line in ipairs(report.failed) do print(line) end
    print(("%d %s tried, %d wrong"):format(report.tried, what, #report.failed))
    os.exit(report.tried > 0 and #report.failed == 0)
  end
  return report
end

return house
