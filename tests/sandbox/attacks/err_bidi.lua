-- attack: a message that turns the line round
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    error("\u{202E}dna\u{2066}\u{2069}\u{200F}")
  end,
}
