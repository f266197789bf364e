-- A condition of a market binds fully.
return {
  market = "AD",
  weigh = function(case, balance)
    balance:condition("outside_silence", case.signals.silence ~= true, "silence before the poll")
  end,
}
