-- attack: the same, so often that it fails behind all of them
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.find(s, [[\c\\X{2000}]]) end
  end,
}
--== text
\u001c«2499*🇦»
