local grant = require "grant"
return {
  rule = "regulated_goods",
  class = "possible",
  bar = 0,
  weigh = function(case, balance) grant.everything(balance) end,
}
