-- withheld.lua PUBINT POLICY DECISIONS WORK: of the counts that are published none is under 5, and no withheld count
-- can be worked out from the others, by any combination of sums over rows, outcomes and years (R043, R059).
local pubint, policy, decisions, work = arg[1], arg[2], arg[3], arg[4]
local PRIME = 2147483647
local MINIMUM = 5
local failures = 0

local function fail(...)
  failures = failures + 1
  if failures <= 20 then print(string.format(...)) end
end

local function run(command)
  local pipe = assert(io.popen(command))
  local output = pipe:read("a")
  assert(pipe:close(), command)
  return output
end

-- The cells of a CSV: name -> count, or false where it is withheld; and what each name is made of.
local function read(csv)
  local cells, parts = {}, {}
  for line in csv:gmatch("[^\r\n]+") do
    local tab, row, year, measure, count = line:match("^([^,]*),([^,]*),([^,]*),([^,]*),([^,]*)$")
    assert(tab, line)
    if tab ~= "table" then
      local name = table.concat({tab, row, year, measure}, " ")
      cells[name] = tonumber(count) or false
      parts[name] = {table = tab, row = row, year = year, measure = measure}
    end
  end
  return cells, parts
end

local function power(base, exponent)
  local result = 1
  while exponent > 0 do
    if exponent % 2 == 1 then result = result * base % PRIME end
    base, exponent = base * base % PRIME, exponent // 2
  end
  return result
end

-- Every sum that holds: a list of {whole = name, parts = names}. Sums of rules hold only where no decision is on
-- several, which nobody outside knows; that it could hold is what must not help.
local function sums(cells, parts, truth)
  local groups = {}
  local function add(key, whole, part)
    groups[key] = groups[key] or {parts = {}}
    if whole then groups[key].whole = whole end
    if part then table.insert(groups[key].parts, part) end
  end
  for name, p in pairs(parts) do
    local years = table.concat({"years", p.table, p.row, p.measure}, " ")
    if p.year == "all" then add(years, name) else add(years, nil, name) end
    if p.table ~= "second_thoughts" then
      local outcomes = table.concat({"outcomes", p.table, p.row, p.year}, " ")
      if p.measure == "decisions" then add(outcomes, name) else add(outcomes, nil, name) end
      for _, tab in ipairs {"market", "rule"} do
        local rows = table.concat({"rows", tab, p.year, p.measure}, " ")
        if p.table == "decisions" then add(rows, name) elseif p.table == tab then add(rows, nil, name) end
      end
    end
  end
  local found, broken = {}, 0
  for key, group in pairs(groups) do
    local sum = 0
    for _, part in ipairs(group.parts) do sum = sum + truth[part] end
    if sum == truth[group.whole] then
      found[#found + 1] = group
    elseif key:find("^rows rule") then
      broken = broken + 1
    else
      fail("%s: the parts make %d, the sum says %d", key, sum, truth[group.whole])
    end
  end
  assert(next(cells) and #found > 0)
  return found, broken
end

-- The withheld cells that the sums determine, by elimination over a field.
local function determined(cells, groups)
  local rows = {}
  for _, group in ipairs(groups) do
    local row, any = {}, false
    local function put(name, factor)
      if cells[name] == false then row[name], any = ((row[name] or 0) + factor) % PRIME, true end
    end
    put(group.whole, PRIME - 1)
    for _, part in ipairs(group.parts) do put(part, 1) end
    if any then rows[#rows + 1] = row end
  end
  local pivots = {}
  for _, row in ipairs(rows) do
    for name, pivot in pairs(pivots) do
      local factor = row[name]
      if factor and factor ~= 0 then
        for other, value in pairs(pivot) do
          row[other] = ((row[other] or 0) - factor * value) % PRIME
          if row[other] == 0 then row[other] = nil end
        end
      end
    end
    local name = nil
    for candidate in pairs(row) do if not name or candidate < name then name = candidate end end
    if name then
      local inverse = power(row[name], PRIME - 2)
      for other, value in pairs(row) do row[other] = value * inverse % PRIME end
      for _, pivot in pairs(pivots) do
        local factor = pivot[name]
        if factor then
          for other, value in pairs(row) do
            pivot[other] = ((pivot[other] or 0) - factor * value) % PRIME
            if pivot[other] == 0 then pivot[other] = nil end
          end
        end
      end
      pivots[name] = row
    end
  end
  local found = {}
  for name, pivot in pairs(pivots) do
    local count = 0
    for _ in pairs(pivot) do count = count + 1 end
    if count == 1 then found[#found + 1] = name end
  end
  return found
end

local function prove(count, seed)
  local ledger = ("%s/withheld-%d.db"):format(work, count)
  for _, ending in ipairs {"", "-wal", "-shm"} do os.remove(ledger .. ending) end
  run(("'%s' '%s' '%s' %d %d"):format(decisions, policy, ledger, count, seed))
  local command = ("'%s' ledger transparency --csv --ledger '%s'"):format(pubint, ledger)
  local cells, parts = read(run(command))
  -- The markets that are not named make one row, as in what is published.
  local everything, all_parts = read(run(command .. " --all-counts"))
  local truth = {}
  for name, cell in pairs(everything) do
    local p = all_parts[name]
    local kept = cells[name] ~= nil and name or table.concat({p.table, "other", p.year, p.measure}, " ")
    truth[kept] = (truth[kept] or 0) + cell
  end
  local withheld, published = 0, 0
  for name, cell in pairs(cells) do
    if cell then
      published = published + 1
      if cell ~= truth[name] then fail("%s: %d is published, %d is true", name, cell, truth[name]) end
      if cell < MINIMUM then fail("%s: %d is published", name, cell) end
    else
      withheld = withheld + 1
    end
  end
  local groups, overlapping = sums(cells, parts, truth)
  for _, name in ipairs(determined(cells, groups)) do fail("%s can be worked out: %d", name, truth[name]) end
  -- Of one sum the withheld parts together are no small count either.
  for _, group in ipairs(groups) do
    local together, hidden = 0, 0
    for _, part in ipairs(group.parts) do
      if cells[part] == false then together, hidden = together + truth[part], hidden + 1 end
    end
    if hidden > 0 and cells[group.whole] and together < MINIMUM then
      fail("%s: what is withheld of it makes %d", group.whole, together)
    end
  end
  -- Asked for by year, the same is withheld.
  for year = 2020, 2024 do
    for name, cell in pairs((read(run(command .. " --year " .. year)))) do
      if cells[name] ~= nil and cells[name] ~= cell then fail("%s: differs in its year alone", name) end
    end
  end
  print(("%d cases: %d counts published, %d withheld; %d sums, %d that do not hold for rules"):format(count, published,
    withheld, #groups, overlapping))
  return published, withheld
end

local published, withheld = 0, 0
for _, plan in ipairs {{3, 1}, {40, 2}, {150, 3}, {600, 4}} do
  local more, fewer = prove(plan[1], plan[2])
  published, withheld = published + more, withheld + fewer
end
if published < 100 or withheld < 100 then fail("the ledgers prove little") end
os.exit(failures == 0 and 0 or 1)
