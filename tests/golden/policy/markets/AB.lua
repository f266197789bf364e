-- Narrows by what the signals say, and counts for three points at most.
return {
  market = "AB",
  weigh = function(case, balance) balance:harm("tension", case.signals.tension or 0, 10) end,
}
