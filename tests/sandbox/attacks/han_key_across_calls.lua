-- attack: a handle as key in a module that is the same for rule and market
-- at: weigh
-- expect: deterministic
-- result: I:n0:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local m = require "seen"
    local n = 0
    for k in pairs(m.names) do n = n + 1 end
    m[case] = true
    m.names[tostring(case)] = true
    balance:interest("n" .. n, 1, 1)
  end,
}
--== lib/seen.lua
return { names = {} }
