-- attack: bytes between the ends of the integers
-- at: weigh
-- expect: harmless
-- result: R:none:true;R:three:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local a, b, c, d = ("abc"):byte(math.mininteger, math.maxinteger)
    balance:condition("three", a == 97 and b == 98 and c == 99 and d == nil)
    balance:condition("none", select("#", ("abc"):byte(math.maxinteger)) == 0)
  end,
}
