-- attack: 65,535 times 65,535
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    text.matches("a", "(?:a{65535}){65535}")
  end,
}
