-- attack: a bar below 0
-- at: load
-- expect: refused-at-load
return { rule = "abuse_harassment", class = "possible", bar = -1, weigh = function() end }
