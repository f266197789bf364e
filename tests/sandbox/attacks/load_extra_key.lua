-- attack: a key that scripts do not have
-- at: load
-- expect: refused-at-load
return { rule = "abuse_harassment", class = "possible", bar = 1, weight = 2, weigh = function() end }
