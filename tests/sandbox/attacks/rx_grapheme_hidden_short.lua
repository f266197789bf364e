-- attack: the same within the length that \X may have: halves of flags make one item quadratic
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.find(s, [[\c\\X*]]) end
  end,
}
--== text
\u001c«2499*🇦»
