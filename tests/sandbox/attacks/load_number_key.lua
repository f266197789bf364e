-- attack: a table with a number as a key
-- at: load
-- expect: refused-at-load
return { 1, rule = "abuse_harassment", class = "possible", bar = 1, weigh = function() end }
