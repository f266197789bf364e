-- attack: says it is another rule
-- at: load
-- expect: refused-at-load
return { rule = "violence", class = "possible", bar = 1, weigh = function() end }
