-- attack: a match a byte, and for each the rest of the text is searched for the capital
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.count(s, "(?i)a") end
  end,
}
--== text
«25000*a»
