-- Widens by more than a market may.
return {
  market = "AA",
  weigh = function(case, balance)
    balance:interest("local_record", 1, 4)
    balance:condition("calm", true, "no emergency is declared")
    balance:note("AA: weighed " .. case.violation.rule)
  end,
}
