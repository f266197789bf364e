-- attack: a goto without its label
-- at: load
-- expect: refused-at-load
goto nowhere
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
