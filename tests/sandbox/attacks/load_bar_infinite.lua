-- attack: a bar beyond a double
-- at: load
-- expect: refused-at-load
return { rule = "abuse_harassment", class = "possible", bar = 1e400, weigh = function() end }
