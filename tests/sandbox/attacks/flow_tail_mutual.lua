-- attack: two functions that call each other at their ends
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local f, g
    f = function(n) return g(n + 1) end
    g = function(n) return f(n + 1) end
    return f(1)
  end,
}
