-- attack: the same, with spaces and lines between the item and its count
-- at: weigh
-- expect: limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = case.tweet.text
    while true do text.find(s, "(?x)(?:z|[\\x{61}-\\x{7a}] #\\\\x\n {24999}){2}") end
  end,
}
--== text
«25000*a»
