-- What every rule weighs alike.
local common = {}

-- Puts the common factors on the balance (R048: interest on one side, risk and severity of harm on
-- the other). All of them enter a sum and none decides alone (R054, R057). `presumed` is for a rule
-- that takes more for granted than the facts say: { rights_interference = 0.5 }.
function common.weigh(case, balance, presumed)
  local context = case.context
  local target = context.target.kind

  -- R050: both are needed, an addressee in office and a debate or protest; an insult at an
  -- official outside any debate does not qualify (A32).
  local in_office = target == "official" or target == "institution"
  balance:interest("debate", in_office and math.max(context.public_debate, context.call_to_protest) or 0, 3)

  -- R051: an important point about the public role of the author or of the addressee.
  balance:interest("office_relevance", context.office_relevance, 2)

  -- R052: clarifies ongoing geopolitical affairs.
  balance:interest("geopolitical_clarity", context.geopolitical_clarity, 2)

  -- R053: worth keeping on the record, for documentation or accountability.
  balance:interest("record", context.record_value, 2)

  -- R055: an explicit call to action that could harm a specific person or group.
  balance:harm("call_to_action", context.call_to_action, 6)

  -- R056: could directly interfere with somebody's exercise of fundamental rights.
  local rights = presumed and presumed.rights_interference or context.rights_interference
  balance:harm("rights_interference", rights, 5)

  -- R048, R049: risk is likelihood times severity, so that more of either never helps.
  balance:harm("offline_harm", context.offline_harm.likelihood * context.offline_harm.severity, 6)
end

return common
