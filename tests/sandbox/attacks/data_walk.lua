-- attack: walks over a data file
-- at: weigh
-- expect: deterministic
-- result: R:order:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local s = ""
    local function walk(node)
      for k, v in pairs(node) do
        s = s .. tostring(k)
        if type(v) == "userdata" then walk(v) else s = s .. tostring(v) end
      end
    end
    walk(data "words")
    balance:condition("order", s == "a1b10.5331ctextd1truee")
  end,
}
--== data/words.json
{"e":{},"d":[true],"c":"text","b":[0.5,null,31],"a":1}
