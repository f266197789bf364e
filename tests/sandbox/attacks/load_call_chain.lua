-- attack: calls of calls of calls
-- at: load
-- expect: refused-at-load|error
-- template: yes
local function f() return f end
local x = f«20000*()»
local y = x«10000*.a»
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
