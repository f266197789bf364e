-- Manipulation of and interference in elections (R087). The chance that it stays is very small
-- (R090): the highest bar of all.
local common = require "common"

return {
  rule = "election_integrity",
  class = "very_unlikely",
  bar = 5,
  weigh = function(case, balance)
    -- R088: taking part in free and fair elections is a fundamental right, so that some
    -- interference with rights is presumed. A presumption is no assessment: the fact is still read,
    -- and while it is unknown there is no exception.
    common.weigh(case, balance, {
      rights_interference = math.max(case.context.rights_interference, 0.5),
    })

    -- R089: that an official shared it may itself be of high public interest.
    balance:interest("shared_by_official", 1, 1)

    -- R087: misleads about when, where or how to vote.
    balance:harm("misleads_voters", case.context.misleads_voters, 6)
  end,
}
