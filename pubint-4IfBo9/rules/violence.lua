-- Threats and glorification of violence (R073). Harm is among the most serious and acute, so an
-- exception is unlikely (R074); indications of harm off the platform weigh through the common
-- factors (R075).
local common = require "common"

return {
  rule = "violence",
  class = "unlikely",
  bar = 3.5, -- no lower than hateful conduct, though the doors below open seldom
  weigh = function(case, balance)
    local context = case.context
    common.weigh(case, balance)

    -- R076: the more pronounced the link to actual violence, the less room there is: 3.
    balance:harm("violence_link", context.violence_link, 3)

    -- R076, R077: the page names these two doors to the very rare exception and no third: a weak link,
    -- or that the public can learn of it nowhere else. That a door is open says nothing for the Tweet.
    balance:condition("weak_link_or_sole_source", context.violence_link < 0.5 or context.sole_source >= 0.5)
  end,
}
