-- attack: a lookbehind of many widths
-- at: weigh
-- expect: error|deterministic|limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. text.count(("ab"):rep(2000), "(?<=a|ab|aba|abab|ababa|b{20}|(?:ab){30})b"), 1, 1)
  end,
}
