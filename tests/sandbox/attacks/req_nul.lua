-- attack: a name that goes on behind a NUL
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    require "common\0x"
  end,
}
