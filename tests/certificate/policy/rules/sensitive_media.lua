local grant = require "grant"
return {
  rule = "sensitive_media",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
