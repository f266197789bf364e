-- attack: gotos out of blocks whose variables closures hold
-- at: weigh
-- expect: deterministic
-- result: R:sum:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local fs, i = {}, 0
    ::again::
    do
      local x = i
      fs[#fs + 1] = function() x = x + 1 return x end
      i = i + 1
      if i < 300 then goto again end
    end
    local n = 0
    for k = 1, 300 do n = n + fs[k]() + fs[k]() end
    balance:condition("sum", n == 2 * (299 * 150) + 300 * 3)
  end,
}
