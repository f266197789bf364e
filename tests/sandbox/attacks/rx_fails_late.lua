-- attack: an item that fails behind a long way, from every place
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.find(s, [[(?:z|\w{24999}){2}]]) end
  end,
}
--== text
«25000*a»
