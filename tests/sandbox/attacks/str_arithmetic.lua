-- attack: arithmetic on a string that is a number
-- at: weigh
-- expect: error|harmless
-- result: I:n15:1:1, or an error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. ("10" + 5), 1, 1)
  end,
}
