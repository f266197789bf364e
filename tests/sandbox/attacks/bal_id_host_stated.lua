-- attack: a condition of the host once more, where the host has stated it
-- at: weigh
-- expect: error
-- line: 7
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance) balance:condition("public_concern", true, "it is met") end,
}
