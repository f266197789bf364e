-- attack: a module that returns false
-- at: weigh
-- expect: harmless
-- result: R:false:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("false", require "no" == false and require "no" == false)
  end,
}
--== lib/no.lua
return false
