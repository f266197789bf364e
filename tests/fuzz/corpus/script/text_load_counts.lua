count = 1
local n = count
return { rule = "abuse_harassment", class = n == 1 and "possible" or "rare", bar = 1, weigh = function(case, balance) count = count + 1 balance:interest("n" .. count, 1, 1) end }
