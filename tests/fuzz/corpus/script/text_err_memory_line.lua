return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ("x"):rep(65536)
    s = s .. s
  end,
}
