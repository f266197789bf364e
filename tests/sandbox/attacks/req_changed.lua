-- attack: a module changed by its user is new in the next call
-- at: weigh
-- expect: deterministic
-- result: I:n1:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local m = require "changed"
    m.n = m.n + 1
    balance:interest("n" .. require("changed").n, 1, 1)
  end,
}
--== lib/changed.lua
return { n = 0 }
