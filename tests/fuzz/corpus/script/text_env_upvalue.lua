return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local b = balance
    local function read() return x end
    _ENV = { x = "swapped" }
    b:interest(read(), 1, 1)
  end,
}
