-- Private data posted, or threats and incitement to post it (R091, R092). To protect victims, on the
-- service and off it, an exception is unlikely (R093). That the data itself be left out (R095) is a
-- condition of the host.
local common = require "common"

return {
  rule = "private_information",
  class = "unlikely",
  bar = 6, -- unlikely (R093), and no example of a case that stays: above violence and goods
  weigh = function(case, balance)
    common.weigh(case, balance)

    -- R094: what the public learns from an official having shared it may be of high public interest: 2.
    balance:interest("official_conduct", case.context.official_conduct, 2)

    -- R093: the victim who is no public person has the least protection of their own: 4, whatever the
    -- political context, beside what a private target weighs everywhere.
    balance:harm("private_person", case.context.target.kind == "private_person" and 1 or 0, 4)
  end,
}
