-- Abuse and harassment (R101). Direct access to government and elected officials, against severity
-- and likelihood of harm (R102), are common factors.
local common = require "common"

return {
  rule = "abuse_harassment",
  class = "possible",
  bar = 1,
  weigh = function(case, balance)
    local context = case.context
    common.weigh(case, balance)

    -- R103: insults in a heated debate about public policy.
    balance:interest("heated_debate", context.heated_debate, 2)

    -- R104: both are needed, a private person and the want of a relevant political context.
    local private = context.target.kind == "private_person"
    balance:harm("private_target", private and 1 - context.target.political_context or 0, 4)
  end,
}
