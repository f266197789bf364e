return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = string.format("%s %s %s %s %s", case, balance, {}, pairs, case.context.target)
    balance:condition("plain", t == "case balance table function case.context.target")
  end,
}
