-- attack: \K within a lookahead: the match begins behind its end
-- at: weigh
-- expect: error|deterministic|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.count("abab", "(?=ab\\K)")
  end,
}
