-- Fails after it has put something on the balance, of which nothing stays.
return {
  rule = "broken",
  class = "possible",
  bar = 2,
  weigh = function(case, balance)
    balance:interest("all", 1, 10)
    balance:condition("none", true)
    balance:note("not kept")
    balance:interest("hyperbole", case.context.hyperbol, 1)
  end,
}
