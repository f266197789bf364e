-- attack: an \X behind a comment with a backslash at its end
-- at: weigh
-- expect: error
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    text.find(s, [[(?#\)\X*]])
  end,
}
--== text
«24999*🇦»
