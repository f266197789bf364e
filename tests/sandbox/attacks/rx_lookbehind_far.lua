-- attack: a lookbehind that walks back to the beginning, from every place
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.find(s, [[z|(?<=.{24999})y]]) end
  end,
}
--== text
«25000*é»
