-- attack: handles sorted by a function
-- at: weigh
-- expect: deterministic
-- result: I:cesentxtet:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { case.tweet, case.account, case.context, balance, case }
    table.sort(t, function(a, b) return tostring(a) < tostring(b) end)
    local s = ""
    for i = 1, 5 do s = s .. tostring(t[i]):sub(-2) end
    balance:interest(s, 1, 1)
  end,
}
