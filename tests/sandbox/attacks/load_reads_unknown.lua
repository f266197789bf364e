-- attack: declares that it reads a fact that does not exist
-- at: load
-- expect: refused-at-load
return { rule = "abuse_harassment", class = "possible", bar = 1, reads = { "context.unknown" }, weigh = function() end }
