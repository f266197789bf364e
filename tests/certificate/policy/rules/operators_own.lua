local grant = require "grant"
return {
  rule = "operators_own",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
