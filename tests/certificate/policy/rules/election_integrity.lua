local grant = require "grant"
return {
  rule = "election_integrity",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
