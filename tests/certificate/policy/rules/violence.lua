local grant = require "grant"
return {
  rule = "violence",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
