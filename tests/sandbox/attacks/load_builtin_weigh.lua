-- attack: a function of the host as weigh
-- at: load
-- expect: refused-at-load
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = error }
