-- attack: deletes and adds keys while it walks
-- at: weigh
-- expect: deterministic
-- result: I:ad:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t, s = { a = 1, b = 2, c = 3, d = 4 }, ""
    for k in pairs(t) do
      s = s .. k
      t.b, t.c, t[k .. k] = nil, nil, 1
    end
    balance:interest(s, 1, 1)
  end,
}
