return {
  rule = "violence", class = "unlikely", bar = 1,
  weigh = function(case, balance)
    balance:interest("debate", case.context.public_debate, 3)
    balance:harm("offline_harm", case.context.offline_harm.likelihood, 6)
  end,
}
