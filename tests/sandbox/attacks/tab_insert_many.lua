-- attack: inserts at the front of a long array without end
-- at: weigh
-- expect: limit-memory|limit-instructions|limit-time
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local t = {}
    while true do table.insert(t, 1, true) end
  end,
}
