-- attack: more bytes at once than a stack takes
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ("x"):rep(60000)
    return s:byte(1, -1)
  end,
}
