-- One of everything that a rule can put on the balance.
return {
  rule = "made",
  class = "rare",
  bar = 1.5,
  weigh = function(case, balance)
    balance:interest("record", case.context.record_value, 2.5)
    balance:harm("link", case.context.violence_link, 0.125)
    balance:harm("call", case.context.call_to_action, 3)
    balance:condition("long_enough", text.length(case.tweet.text or "") >= 3, 'the text says "something"')
    balance:condition("plain", true)
    balance:note("kind: " .. tostring(case.violation.kind))
    balance:note("é, \\ and a \"quote\"")
  end,
}
