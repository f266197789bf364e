-- Promotion or encouragement of suicide or self-harm (R081). The danger of contagion, on the service
-- itself, is seldom outweighed (R082); it and likely harm off the platform (R086) are common factors.
local common = require "common"

return {
  rule = "suicide_self_harm",
  class = "unlikely",
  bar = 6.5, -- unlikely to outweigh (R082): with hyperbole in a debate no lower than hateful conduct
  weigh = function(case, balance)
    local context = case.context
    local target = context.target.kind
    common.weigh(case, balance)

    -- R084: particularly where strong hyperbole is aimed at another public figure within a public
    -- debate; each of the three is needed. 3, as the debate with an official.
    local public = target == "official" or target == "public_figure"
    balance:interest("political_hyperbole", public and context.hyperbole * context.public_debate or 0, 3)

    -- R085: aimed at a private person, the lean is to removal: 4, whatever the political context.
    balance:harm("private_person", target == "private_person" and 1 or 0, 4)

    -- R083: the page names strongly hyperbolic political statements as what may stay, and nothing else. A
    -- door is a condition and no interest: that it is open says nothing for the Tweet.
    balance:condition("hyperbole", context.hyperbole >= 0.5)
  end,
}
