-- attack: a chunk that would return another table the second time
-- at: load
-- expect: refused-at-load
first = first_time == nil
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function(case, balance) balance:interest("ok", 1, 1) end }
