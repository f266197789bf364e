-- Illegal or certain regulated goods and services (R078): in rare cases a Tweet stays. Harm off the
-- platform, which the rule is there to reduce (R079), is weighed by the common factors.
local common = require "common"

return {
  rule = "regulated_goods",
  class = "rare",
  bar = 5.5, -- rare cases (R080): with the archive's full worth no lower than hateful conduct
  weigh = function(case, balance)
    common.weigh(case, balance)

    -- R080: the public archive is the route the page names, so the record counts here a second
    -- time, 2 again. "For example" leaves the common factors as other routes.
    balance:interest("archive", case.context.record_value, 2)

    -- R078: selling, buying or facilitating is the harm itself, as against speaking of it: 3.
    balance:harm("facilitates_transaction", case.context.facilitates_transaction, 3)
  end,
}
