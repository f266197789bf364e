-- attack: endless work while the chunk is loaded
-- at: load
-- expect: limit-memory|limit-instructions|limit-time
local t = {}
for i = 1, math.huge do t[i % 100] = ("x"):rep(60000) end
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
