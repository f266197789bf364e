-- attack: classes of properties, negated and nested, over all planes
-- at: weigh
-- expect: limit-instructions|deterministic
-- result: I:n2500:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = ("\u{1F600}\u{4E2D}\u{644}a"):rep(500)
    local n = text.count(t, "[^\\p{L}\\p{N}\\p{Han}[:punct:]]") + text.count(t, "[\\p{Arabic}\\P{Lu}\\x{1F000}-\\x{10FFFF}]")
    balance:interest("n" .. n, 1, 1)
  end,
}
