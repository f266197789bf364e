-- attack: returns its environment, furnished like a rule
-- at: load
-- expect: refused-at-load
rule, class, bar = "abuse_harassment", "possible", 1
function weigh(case, balance) balance:interest("ok", 1, 1) end
return _ENV
