-- Spoils some of the lines it reads, in all the ways that lines are refused; the number of lines stays.
local spoilers = {
  function() return "" end,
  function(line) return line:sub(1, #line // 2) end,
  function(line) return line .. "," end,
  function(line) return "\xEF\xBB\xBF" .. line end,
  function(line) return line:gsub('"id"', '"ident"', 1) end,
  function(line) return line:gsub('"violations"', '"violation"', 1) end,
  function() return ("x"):rep(70000) end,
  function() return '{"id":"' .. ("\xFF\x00\x80"):rep(200) .. '"}' end,
  function(line) return line:gsub("}$", "", 1) .. " " .. line end,
  function() return " \t " end,
  function() return ('{"id":'):rep(40) end,
  function(line) return line:gsub("[0-9]", "-", 40) end,
}
local number = 0
for line in io.lines() do
  number = number + 1
  -- Now and then one that is longer than a case may be, by a little and by much.
  if number % 1511 == 0 then
    line = line .. (" "):rep(1048577)
  elseif number % 1733 == 0 then
    line = ("y"):rep(3000000)
  elseif number % 7 == 0 then
    line = (spoilers[number // 7 % #spoilers + 1](line))
  end
  io.write(line, "\n")
end
