-- Excessively shocking media, and violence shared for sadistic reasons (R105). Likelihood and
-- severity of harm (R107) are the common offline_harm.
local common = require "common"

return {
  rule = "sensitive_media",
  class = "possible",
  bar = 2,
  weigh = function(case, balance)
    common.weigh(case, balance)

    -- R106: a robust public record of an important historical event.
    balance:interest("historical_event", case.context.historical_event, 3)
  end,
}
