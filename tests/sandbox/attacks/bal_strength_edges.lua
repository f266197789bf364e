-- attack: strengths just within 0 and 1
-- at: weigh
-- expect: deterministic
-- result: I:a:0:0.001;I:b:1:10;I:c:0:1;I:d:0:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("a", 5e-324, 0.001)
    balance:interest("b", 0.9999995, 10)
    balance:interest("c", -0.0, 1)
    balance:interest("d", 0.0000004999999999, 1)
  end,
}
