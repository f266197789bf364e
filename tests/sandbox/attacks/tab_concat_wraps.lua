-- attack: concat at the greatest integer
-- at: weigh
-- expect: deterministic
-- result: I:y_za:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = { [math.maxinteger] = "z", [math.maxinteger - 1] = "y", [math.mininteger] = "a" }
    local s = table.concat(t, "_", math.maxinteger - 1, math.maxinteger) .. table.concat(t, "", math.mininteger, math.mininteger)
    balance:interest(s, 1, 1)
  end,
}
