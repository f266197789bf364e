-- attack: what a group holds is compared to its end, in vain, from every place
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.find(s, [[(?:z|(?=(a{6000}.{5000}))a{6000}\1)y]]) end
  end,
}
--== text
«12000*a»b«12000*a»c
