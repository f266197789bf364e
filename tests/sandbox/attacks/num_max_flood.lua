-- attack: the greatest of 1,500 numbers, without end
-- at: weigh
-- expect: limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local f
    f = function(n, ...)
      if n > 0 then return f(n - 1, n, n, n, n, n, n, n, n, n, n, ...) end
      while true do math.max(...) end
    end
    f(150)
  end,
}
