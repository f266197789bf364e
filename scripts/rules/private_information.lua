-- Private data posted, or threats and incitement to post it (R091, R092). To protect victims an
-- exception is unlikely (R093). That the data itself be left out (R095) is a condition of the host.
local common = require "common"

return {
  rule = "private_information",
  class = "unlikely",
  bar = 4,
  weigh = function(case, balance)
    common.weigh(case, balance)

    -- R094: that an official shared it may itself be of high public interest.
    balance:interest("shared_by_official", 1, 1)

    -- R093: the victim who is no public person has the least protection of their own.
    balance:harm("private_target", case.context.target.kind == "private_person" and 1 or 0, 4)
  end,
}
