-- Promotion or encouragement of suicide or self-harm (R081). The danger of contagion is seldom
-- outweighed (R082); likely harm off the platform weighs through the common offline_harm (R086).
local common = require "common"

return {
  rule = "suicide_self_harm",
  class = "unlikely",
  bar = 4,
  weigh = function(case, balance)
    local context = case.context
    local target = context.target.kind
    common.weigh(case, balance)

    -- R083, R084: strong political hyperbole, aimed at another public figure, within a public
    -- debate; each of the three is needed.
    local public = target == "official" or target == "public_figure"
    balance:interest("political_hyperbole", public and context.hyperbole * context.public_debate or 0, 3)

    -- R085: aimed at a private person, the lean is to removal.
    balance:harm("private_target", target == "private_person" and 1 or 0, 4)
  end,
}
