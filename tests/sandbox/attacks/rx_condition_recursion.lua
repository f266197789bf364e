-- attack: a condition upon recursion that never ends
-- at: weigh
-- expect: error|limit-instructions|harmless
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("aaa", "(?(R)a|(?R))*(?1)(a(?R)?)")
  end,
}
