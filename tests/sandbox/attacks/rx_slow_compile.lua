-- attack: patterns that are slow to compile, another each time
-- at: weigh
-- expect: limit-instructions
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    while true do
      n = n + 1
      text.matches("a", ("(?i)[\\x{0}-\\x{10ffff}]"):rep(10) .. n % 200)
    end
  end,
}
