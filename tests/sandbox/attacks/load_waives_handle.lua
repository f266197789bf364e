-- attack: declarations that are not what they should be
-- at: load
-- expect: refused-at-load|error
return { rule = "abuse_harassment", class = "possible", bar = 1, weigh = function() end,
  waives = { [1.5] = "x", [true] = "y", ["context.hyperbole"] = string } }
