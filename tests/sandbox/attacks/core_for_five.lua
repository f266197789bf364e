-- attack: a generic for of seven expressions: 5.4.2 crashed
-- at: weigh
-- expect: harmless
-- result: I:n1:1:1;I:n2:1:1;I:n3:1:1
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local function it(s, c) if c < 3 then return c + 1 end end
    for a, b, c, d, e, f in it, nil, 0, nil, 5, 6, 7 do balance:interest("n" .. a, 1, 1) end
  end,
}
