-- attack: an \X behind a quotation that ends in a backslash
-- at: weigh
-- expect: error
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    text.find(s, [[\Q\\E\X*]])
  end,
}
--== text
\\«24999*🇦»
