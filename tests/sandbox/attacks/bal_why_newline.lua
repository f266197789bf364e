-- attack: a reason with a newline, to forge a line of the output
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("x", true, "fine\n{\"v\":1}")
  end,
}
