-- attack: a literal of 60,000 bytes is no attack
-- at: load
-- expect: harmless
-- result: I:n60000:1:1
-- template: yes
local s = "«60000*x»"
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("n" .. #s, 1, 1) end }
