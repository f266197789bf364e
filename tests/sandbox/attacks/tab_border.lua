-- attack: tables with holes: the smallest border everywhere
-- at: weigh
-- expect: deterministic
-- result: R:third:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { 1, 2, nil, 4, nil, nil, 7 }
    table.insert(t, "x")
    balance:condition("third", t[3] == "x" and table.concat(t, ",") == "1,2,x,4")
  end,
}
