-- attack: a message as the host raises it
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    assert(false, "limit")
  end,
}
