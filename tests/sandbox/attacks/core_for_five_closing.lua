-- attack: a generic for whose fourth value cannot be closed
-- at: weigh
-- expect: error
-- line: 9
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function it(s, c) if c < 3 then return c + 1 end end
    for a in it, nil, 0, {}, 5, 6 do balance:interest("n" .. a, 1, 1) end
  end,
}
