-- attack: long strings as keys: each look-up compares them
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local a, t, n = ("x"):rep(65000), {}, 0
    t[a .. "k"] = true
    local b = a .. "k"
    while true do if t[b] then n = n + 1 end end
  end,
}
