-- attack: a forged memory error, with its place, after memory was refused and found again
-- at: weigh
-- expect: error
-- line: 15
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local «189*a@, »a190
    local keep = {}
    for i = 1, 8000 do keep[i] = function() return «189*a@ + »a190 end end
    local more = {}
    for i = 1, 1980 do more[i] = function() return «189*a@ + »a190 end end
    for i = 1, 40000 do local x = { i } end
    error("rules/abuse_harassment.lua:15: not enough memory")
  end,
}
