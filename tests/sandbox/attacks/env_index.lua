-- attack: fields of the environment that look like metamethods
-- at: weigh
-- expect: error
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    _ENV.__index = function() return 1 end
    _ENV.__metatable = 1
    return unknown_name
  end,
}
