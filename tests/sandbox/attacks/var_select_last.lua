-- attack: select from the end
-- at: weigh
-- expect: harmless
-- result: R:last:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("last", select(-1, 1, 2) == 2 and select("#") == 0 and select(math.maxinteger) == nil)
  end,
}
