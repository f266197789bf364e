-- Hateful conduct on protected grounds (R096, R097). Direct access to the powerful and a record for
-- accountability (R098) and probable harm off the platform (R100) are common factors.
local common = require "common"

return {
  rule = "hateful_conduct",
  class = "possible",
  bar = 3.5, -- among the rules more likely to be excepted, above abuse: it is aimed at whole groups
  weigh = function(case, balance)
    local context = case.context
    common.weigh(case, balance)

    -- R099: a political statement that is part of a public debate, the page's own example; either
    -- alone is not enough. 3, as the debate with an official.
    balance:interest("political_statement", context.political_statement * context.public_debate, 3)
  end,
}
