-- attack: unpack over the end of the integers
-- at: weigh
-- expect: error
-- line: 10
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local a, b = table.unpack({}, math.maxinteger - 1, math.maxinteger)
    balance:condition("none", a == nil and b == nil)
    table.unpack({}, math.mininteger, math.maxinteger)
  end,
}
