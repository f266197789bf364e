-- attack: counts its calls in a module
-- at: weigh
-- expect: deterministic
-- result: I:seen1:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local counter = require "counter"
    balance:interest("seen" .. counter.next(), 1, 1)
  end,
}
--== lib/counter.lua
local n = 0
return { next = function() n = n + 1 return n end }
