-- attack: closures that hold each other
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local f = function() end
    while true do
      local g = f
      f = function() return g, f end
    end
  end,
}
