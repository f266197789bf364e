local grant = require "grant"
return {
  rule = "private_information",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
