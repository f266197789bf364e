-- attack: an error within a module names the module
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    require("fails").now()
  end,
}
--== lib/fails.lua
return { now = function() error("here") end }
