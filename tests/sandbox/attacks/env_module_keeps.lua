-- attack: a module that keeps the case and the balance
-- at: weigh
-- expect: deterministic
-- result: no contribution at all
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local keep = require "keep"
    if keep.case then balance:interest("leak", 1, 1) end
    keep.case, keep.balance = case, balance
  end,
}
--== lib/keep.lua
return {}
