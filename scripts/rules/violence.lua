-- Threats and glorification of violence (R073). Harm is among the most serious and acute, so an
-- exception is unlikely (R074); indications of harm off the platform weigh through the common
-- offline_harm (R075).
local common = require "common"

return {
  rule = "violence",
  class = "unlikely",
  bar = 3,
  weigh = function(case, balance)
    local context = case.context
    common.weigh(case, balance)

    -- R076: the less pronounced the link to actual violence, the more room there is.
    balance:interest("attenuated_link", 1 - context.violence_link, 3)

    -- R077: the public can learn of it nowhere else.
    balance:interest("sole_source", context.sole_source, 3)

    -- R076, R077: the page names these two routes to the very rare exception and no third.
    balance:condition("weak_link_or_sole_source", context.violence_link < 0.5 or context.sole_source >= 0.5)
  end,
}
