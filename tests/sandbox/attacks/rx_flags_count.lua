-- attack: a count of \X that fails within one item, where nothing is counted
-- at: weigh
-- expect: error|limit-instructions|limit-time
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(case.tweet.text, "\\X{12500}[!?]"))
  end,
}
--== text
«24999*🇳»
