local grant = require "grant"
return {
  rule = "suicide_self_harm",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
