-- attack: a long message is cut at a character's end
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    error(("é"):rep(400))
  end,
}
