-- attack: table.concat at the ends of the integers
-- at: weigh
-- expect: harmless
-- result: R:ends:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { [math.maxinteger] = "x", [math.mininteger] = "y" }
    local a = table.concat(t, ",", math.maxinteger, math.maxinteger)
    local b = table.concat(t, ",", math.mininteger, math.mininteger)
    balance:condition("ends", a == "x" and b == "y" and table.concat(t, ",", 1, 0) == "")
  end,
}
