-- attack: \X over as many halves of flags as it may
-- at: weigh
-- expect: limit-instructions|limit-time
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(case.tweet.text, "\\X{1250}[!?]"))
  end,
}
--== text
«2499*🇳»
