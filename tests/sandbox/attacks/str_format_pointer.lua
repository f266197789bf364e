-- attack: an address by %p
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:interest("p" .. string.format("%p", {}), 1, 1)
  end,
}
