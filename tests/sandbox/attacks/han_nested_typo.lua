-- attack: a misspelt field two levels down
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    return case.account.ofice.title
  end,
}
