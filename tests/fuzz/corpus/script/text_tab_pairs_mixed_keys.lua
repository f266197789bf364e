return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    for k in pairs({ [{}] = 1, [function() end] = 2, [case] = 3, [balance] = 4, [{}] = 5, [ipairs] = 6 }) do end
  end,
}
