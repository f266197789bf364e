-- attack: messages that pretend to be a limit
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    error("not enough memory")
  end,
}
