-- attack: table.unpack at the ends of the integers
-- at: weigh
-- expect: harmless
-- result: R:none:true;R:two:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { [math.maxinteger] = 2, [math.maxinteger - 1] = 1 }
    local a, b, c = table.unpack(t, math.maxinteger - 1, math.maxinteger)
    balance:condition("two", a == 1 and b == 2 and c == nil)
    balance:condition("none", select("#", table.unpack(t, math.maxinteger, math.mininteger)) == 0)
  end,
}
