-- attack: functions called with nothing and with too much
-- at: weigh
-- expect: error
-- line: 10
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local fs = { type, tostring, tonumber, select, ipairs, pairs, assert, error }
    for i = 1, #fs do if i < 2 then fs[i](nil, nil, nil, nil) end end
    math.max()
  end,
}
