-- attack: a chain of closures, each with 190 upvalues
-- at: weigh
-- expect: limit-memory|limit-instructions
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local «189*a@, »a190
    local keep = {}
    while true do keep[#keep + 1] = function() return «189*a@ + »a190 end end
  end,
}
