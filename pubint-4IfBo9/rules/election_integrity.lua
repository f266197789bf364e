-- Manipulation of and interference in elections (R087). The chance that it stays is very small
-- (R090): the highest bar of all, which takes more than three ways of public interest.
local common = require "common"

return {
  rule = "election_integrity",
  class = "very_unlikely",
  bar = 7,
  weigh = function(case, balance)
    -- R088: taking part in free and fair elections is a fundamental right, so that some
    -- interference with rights is presumed. A presumption is no assessment: the fact is still read,
    -- and while it is unknown there is no exception.
    common.weigh(case, balance, {
      rights_interference = math.max(case.context.rights_interference, 0.5),
    })

    -- R089: what the public learns from an official having shared it may be of high public interest: 2.
    balance:interest("official_conduct", case.context.official_conduct, 2)

    -- R087, R090: misleads about when, where or how to vote. That harm is why the chance is so small:
    -- 6, as a call to harmful action.
    balance:harm("misleads_voters", case.context.misleads_voters, 6)
  end,
}
