-- attack: line ends of every kind, whatever the library was built with
-- at: weigh
-- expect: deterministic
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("n" .. text.count("a\nb\r\nc\rd\u{2028}e", "(?m)^") .. "_" .. text.count("a\r\nb\vc", "\\R"), 1, 1)
  end,
}
