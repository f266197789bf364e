-- attack: the widest directive there is
-- at: weigh
-- expect: harmless
-- result: I:n409:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. #string.format("%99.99f", 1e308), 1, 1)
  end,
}
