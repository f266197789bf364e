local grant = require "grant"
return {
  rule = "abuse_harassment",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
