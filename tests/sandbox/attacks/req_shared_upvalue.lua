-- attack: an upvalue that two functions of a module share, changed through one
-- at: weigh
-- expect: deterministic
-- result: R:one:true;R:same:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local m = require "pair"
    m.set(case)
    balance:condition("same", m.get() == case)
    local again = require "pair"
    balance:condition("one", again.get() == case and again == m)
  end,
}
--== lib/pair.lua
local x
return { set = function(v) x = v end, get = function() return x end }
