-- attack: infinity and NaN as text, whatever the processor
-- at: weigh
-- expect: deterministic
-- result: R:inf:true;R:nan:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("nan", string.format("%f %g", 0 / 0, -(0 / 0)) == "nan nan")
    balance:condition("inf", string.format("%d %.1f %e", 3.0, math.huge, -math.huge) == "3 inf -inf")
  end,
}
