-- attack: weigh is a function of a module, called twice with what the first left
-- at: weigh
-- expect: deterministic
-- result: I:n1:1:1
return require "weigher"
--== lib/weigher.lua
local n = 0
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance)
  n = n + 1
  balance:interest("n" .. n, 1, 1)
end }
