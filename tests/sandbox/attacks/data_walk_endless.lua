-- attack: walks a tree of data anew without end
-- at: weigh
-- expect: limit-instructions|limit-time
-- template: yes
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local w = data "many"
    while true do for k, v in pairs(w) do local x = v end end
  end,
}
--== data/many.json
{«3000*"k@":@,»"z":0}
