-- attack: a reference that must match many times
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.find(s, [[(?:z|(a{1,9})\1{2700}){2}]]) end
  end,
}
--== text
«25000*a»
