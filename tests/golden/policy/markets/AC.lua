-- Fails after it has put something on the balance, of which nothing stays.
return {
  market = "AC",
  weigh = function(case, balance)
    balance:interest("local_record", case.context.hyperbole, 3)
    balance:condition("calm", false)
    balance:note("not kept")
    error("the almanac is missing")
  end,
}
