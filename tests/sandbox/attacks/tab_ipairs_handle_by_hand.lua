-- attack: the iterator of ipairs on a handle that is no list
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local step = ipairs({})
    step(balance, 1)
  end,
}
