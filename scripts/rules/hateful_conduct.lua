-- Hateful conduct on protected grounds (R096, R097). Direct access to the powerful and a record for
-- accountability (R098) and probable harm off the platform (R100) are common factors.
local common = require "common"

return {
  rule = "hateful_conduct",
  class = "possible",
  bar = 2,
  weigh = function(case, balance)
    local context = case.context
    common.weigh(case, balance)

    -- R099: a political statement that is part of a public debate; either alone is not enough.
    balance:interest("political_statement", context.political_statement * context.public_debate, 3)
  end,
}
