local grant = require "grant"
return {
  rule = "hateful_conduct",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
