-- attack: a slow pattern while the chunk is loaded
-- at: load
-- expect: limit-instructions|limit-time
text.matches(("a"):rep(60000), "\\w++[!?]")
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
