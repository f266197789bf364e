-- attack: as many ranges in either case as a pattern holds: each is gone through character by character
-- at: weigh
-- expect: limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    for n = 1, 200 do
      text.matches("a", "(?i)[" .. ("\1-\u{10ffff}"):rep(39) .. "]" .. n)
    end
  end,
}
