-- attack: writes to the signals
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    case.signals.x = 1
  end,
}
