-- attack: repeats whose size wraps round
-- at: weigh
-- expect: error
-- line: 8
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    string.rep("ab", math.maxinteger // 2 + 1, "cd")
  end,
}
