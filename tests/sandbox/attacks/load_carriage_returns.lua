-- attack: line ends of an old system are no attack
-- at: load
-- expect: harmless
-- result: I:ok:1:1
-- template: yes
local x = 1«0D»local y = 2«0D»return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
