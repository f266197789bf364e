-- attack: a field of another kind of script
-- at: load
-- expect: refused-at-load
return { rule = "abuse_harassment", class = "possible", bar = 1, teams = {}, weigh = function() end }
