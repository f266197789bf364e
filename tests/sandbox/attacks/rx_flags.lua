-- attack: \X over 25,000 halves of flags: each looks back over all before it
-- at: weigh
-- expect: error|limit-instructions|limit-time
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("m", text.matches(case.tweet.text, "\\X*+[!?]"))
  end,
}
--== text
«25000*🇳»
