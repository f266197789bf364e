-- attack: a class of many ranges, compared with every character of a long text
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.find(s, "[«50*\u{1000@}»]*z") end
  end,
}
--== text
«25000*é»
