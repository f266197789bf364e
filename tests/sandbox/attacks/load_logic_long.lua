-- attack: and and or in one expression of 60,000 bytes
-- at: load
-- expect: harmless|refused-at-load
-- template: yes
local function f(x) return x «5000*and x » «5000*or x » end
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) f(1) f(nil) balance:interest("ok", 1, 1) end }
