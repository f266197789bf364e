-- Excessively shocking media, and violence shared for sadistic reasons (R105). Likelihood and
-- severity of harm (R107), on the service and off it, are common factors.
local common = require "common"

return {
  rule = "sensitive_media",
  class = "possible",
  bar = 3.5, -- among the rules more likely to be excepted; without a record of history hard to reach
  weigh = function(case, balance)
    -- R107: likelihood and severity are weighed, and the page names no lean where harm is probable as
    -- it does under hateful conduct (R100): 8 instead of 10.
    common.weigh(case, balance, { probable_harm = 8 })

    -- R106: a robust public record of an important historical event, the page's own value here: 3.
    balance:interest("historical_event", case.context.historical_event, 3)

    -- R105: shared for sadistic reasons, which shows nothing that the public needs to see: 3, so that it
    -- takes away what history would give.
    balance:harm("sadistic", case.violation.kind == "gratuitous" and 1 or 0, 3)
  end,
}
