-- attack: assert hands on what it is given
-- at: weigh
-- expect: harmless
-- result: R:all:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("all", select("#", assert(1, 2, nil, nil)) == 4)
  end,
}
