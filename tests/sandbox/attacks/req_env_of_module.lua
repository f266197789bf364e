-- attack: a module that puts its environment into its table, for others to change
-- at: weigh
-- expect: error
-- line: 10
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local m = require "open"
    m.env.table = { insert = function() end }
    m.env.string.rep = 1
  end,
}
--== lib/open.lua
return { env = _ENV }
