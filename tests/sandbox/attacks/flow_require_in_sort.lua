-- attack: a module that is required first within a comparator, in a circle
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    table.sort({ 2, 1 }, function(a, b) require "sorts" return a < b end)
  end,
}
--== lib/sorts.lua
table.sort({ 2, 1 }, function(a, b) return require "sorts" end)
return {}
