-- attack: two strings of 60,000 bytes in one
-- at: weigh
-- expect: limit-memory|error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ("x"):rep(60000)
    string.format("%s%s", s, s)
  end,
}
