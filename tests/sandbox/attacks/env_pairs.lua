-- attack: walks over the environment
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    for k in pairs(_ENV) do end
  end,
}
