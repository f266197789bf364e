-- All that a script can give: factors of the highest weight at full strength, and no harm at all.
return {
  everything = function(balance)
    for i = 1, 10 do balance:interest("grant_" .. i, 1, 10) end
    balance:condition("granted", true, "for the certificate")
  end,
}
