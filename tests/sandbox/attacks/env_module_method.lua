-- attack: a module tries to replace a method of strings
-- at: load
-- expect: refused-at-load|error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    require "methods"
  end,
}
--== lib/methods.lua
local s = ""
s.upper = nil
return {}
