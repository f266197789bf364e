-- attack: an escape that swallows the backslash of the next one hides \X from whoever reads the pattern as text
-- at: weigh
-- expect: error
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    text.find(s, [[\c\\X*]])
  end,
}
--== text
\u001c«24999*🇦»
