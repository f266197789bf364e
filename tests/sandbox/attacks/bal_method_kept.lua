-- attack: a method kept in a local
-- at: weigh
-- expect: harmless
-- result: I:x:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local add = balance.interest
    add(balance, "x", 1, 1)
  end,
}
