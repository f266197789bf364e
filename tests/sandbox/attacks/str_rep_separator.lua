-- attack: the separator makes the string too long
-- at: weigh
-- expect: error|limit-memory
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = (""):rep(1 << 40, "ab")
  end,
}
