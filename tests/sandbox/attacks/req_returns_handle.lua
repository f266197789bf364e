-- attack: modules that return a function of C, a handle of data, a text
-- at: weigh
-- expect: deterministic
-- result: R:c:true;R:data:true;R:text:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    balance:condition("c", require "gives_c" == string.rep)
    balance:condition("data", #require "gives_data" == 2)
    balance:condition("text", require "gives_text" == "x")
  end,
}
--== lib/gives_c.lua
return string.rep
--== lib/gives_data.lua
return data "two"
--== lib/gives_text.lua
return "x"
--== data/two.json
[1, 2]
