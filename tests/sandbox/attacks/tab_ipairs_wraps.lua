-- attack: the iterator of ipairs at the end of the integers
-- at: weigh
-- expect: harmless
-- result: R:wraps:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local step = ipairs({})
    local t = { [math.mininteger] = "x" }
    local i, v = step(t, math.maxinteger)
    balance:condition("wraps", i == math.mininteger and v == "x")
  end,
}
