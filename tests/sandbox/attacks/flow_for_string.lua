-- attack: a loop whose limit is a string
-- at: weigh
-- expect: error|harmless
-- result: I:n10:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local n = 0
    for i = 1, "10" do n = n + 1 end
    balance:interest("n" .. n, 1, 1)
  end,
}
