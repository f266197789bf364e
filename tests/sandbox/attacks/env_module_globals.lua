-- attack: the globals of a module are its own
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    require "globals"
    return set_by_module
  end,
}
--== lib/globals.lua
set_by_module = 1
return {}
