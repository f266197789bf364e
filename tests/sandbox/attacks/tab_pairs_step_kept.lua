-- attack: the step of a walk that has ended, called again and with others' arguments
-- at: weigh
-- expect: deterministic
-- result: I:ab:1:1;R:ended:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local step = pairs { a = 1, b = 2 }
    local s = step() .. step("x", "y")
    balance:condition("ended", step() == nil and step(case) == nil and step({}, "a") == nil)
    balance:interest(s, 1, 1)
  end,
}
