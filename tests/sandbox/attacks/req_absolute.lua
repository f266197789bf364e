-- attack: a module of the machine
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    require "/etc/passwd"
  end,
}
