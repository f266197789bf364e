return {
  market = "ZZ",
  language = "en",
  teams = { "policy" },
  consulted = {},
  weigh = function(case, balance)
    for i = 1, 10 do balance:interest("market_grant_" .. i, 1, 10) end
    balance:condition("market_granted", true, "for the certificate")
  end,
}
