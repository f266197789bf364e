-- attack: sorts within sorts until C has no stack
-- at: weigh
-- expect: error|limit-memory
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function f() table.sort({ 2, 1 }, f) return true end
    f()
  end,
}
