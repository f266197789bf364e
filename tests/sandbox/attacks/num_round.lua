-- attack: floor and ceil beyond the integers
-- at: weigh
-- expect: deterministic
-- result: R:far:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("far", math.floor(1e300) == 1e300 and math.ceil(-math.huge) == -math.huge and math.floor(-0.5) == -1 and math.abs(math.mininteger) == math.mininteger)
  end,
}
