-- attack: a note with half a surrogate pair
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:note("\xed\xa0\xbd")
  end,
}
