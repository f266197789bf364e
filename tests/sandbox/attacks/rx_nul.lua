-- attack: NULs in texts and patterns
-- at: weigh
-- expect: harmless
-- result: R:m:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.contains("a\0b", "\0b") and text.matches("a\0b", "a\\x00b") and text.matches("a\0b", "a\0b") and text.length("\0") == 1)
  end,
}
