-- Abuse and harassment (R101). Direct access to government and elected officials, against severity
-- and likelihood of harm (R102), are common factors; so is the private person without a political
-- context (R104).
local common = require "common"

return {
  rule = "abuse_harassment",
  class = "possible",
  bar = 2.5, -- among the rules more likely to be excepted, and the lowest: words in a debate (R103)
  weigh = function(case, balance)
    -- R102: the page names the severity of the harm and its likelihood, and no lean where it is
    -- probable as it does under hateful conduct (R100): 8 instead of 10.
    common.weigh(case, balance, { probable_harm = 8 })

    -- R103: insults in a heated debate about public policy, the page's own example: 2, as one of the
    -- page's ways.
    balance:interest("heated_debate", case.context.heated_debate, 2)
  end,
}
