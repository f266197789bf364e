-- attack: a table that holds itself
-- at: weigh
-- expect: harmless
-- result: R:self:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    t.t, t[t] = t, t
    balance:condition("self", t.t.t.t == t and t[t][t] == t and tostring(t) == "table")
  end,
}
