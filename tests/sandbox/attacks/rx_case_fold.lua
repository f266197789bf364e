-- attack: letters whose small and capital forms have other lengths
-- at: weigh
-- expect: deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = text.count("\u{130}\u{1E9E}\u{212A}\u{17F}\u{DF}\u{2C65}\u{23A}", "(?i)[k\u{17F}\u{23A}]")
    balance:interest("n" .. n, 1, 1)
  end,
}
