-- attack: a handle as the environment: reads its fields
-- at: weigh
-- expect: harmless
-- result: R:read:true
return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
    local b = balance
    do
      local _ENV = case
      b:condition("read", tweet.text == "Hello world, go away")
    end
  end,
}
