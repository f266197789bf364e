-- How a market script reads its signals. A signal of another kind than the script expects is not
-- guessed at: it is left out, and a note says so to whoever supplied it.
local signals = {}

local function left_out(balance, name, expected)
  balance:note("signal " .. name .. " is not " .. expected .. " and was left out")
end

-- A yes or no as a strength: 1 for true, 0 for false or absent.
function signals.flag(case, balance, name)
  local value = case.signals[name]
  if value == nil or type(value) == "boolean" then return value and 1 or 0 end
  left_out(balance, name, "true or false")
  return 0
end

-- A graded signal as a strength, 0 where it is absent.
function signals.grade(case, balance, name)
  local value = case.signals[name]
  if value == nil then return 0 end
  if type(value) == "number" and value >= 0 and value <= 1 then return value end
  left_out(balance, name, "a number from 0 to 1")
  return 0
end

-- Days until something, negative once it is past; nil where the signal is absent.
function signals.days(case, balance, name)
  local value = case.signals[name]
  if value == nil or type(value) == "number" then return value end
  left_out(balance, name, "a number of days")
  return nil
end

return signals
