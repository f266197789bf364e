-- What every rule weighs alike.
local common = {}

-- Puts the common factors on the balance (R048: interest on one side, risk and severity of harm on
-- the other). All of them enter a sum and none decides alone (R054, R057). `rule` says what a rule
-- takes otherwise: `probable_harm`, the weight of that factor, and `rights_interference`, the
-- strength that it presumes.
function common.weigh(case, balance, rule)
  local context = case.context
  local target = context.target.kind
  rule = rule or {}

  -- R003: contributes directly to the understanding of, or the dialogue about, a matter of public
  -- concern. That is what public interest means, so it weighs as much as any other interest can.
  balance:interest("public_concern", context.public_concern, 3)

  -- R050: the first way in which a notice becomes more likely, 3. Both are needed, an addressee in
  -- office and a debate or protest; an insult at an official outside any debate does not qualify (A32).
  local in_office = target == "official" or target == "institution"
  balance:interest("debate", in_office and math.max(context.public_debate, context.call_to_protest) or 0, 3)

  -- R051: an important point about the public role of the author or of the addressee. This and the
  -- next two are the page's further ways, 2 each: one is not enough for any bar, two may be (R054).
  balance:interest("office_relevance", context.office_relevance, 2)

  -- R052: clarifies ongoing geopolitical affairs.
  balance:interest("geopolitical_clarity", context.geopolitical_clarity, 2)

  -- R053: worth keeping on the record, for documentation or accountability.
  balance:interest("record", context.record_value, 2)

  -- R055: an explicit call to action that could harm a specific person or group. It is the gravest of
  -- the page's two leanings to removal: 6, as much as debate and any one way beside it.
  balance:harm("call_to_action", context.call_to_action, 6)

  -- R056: could directly interfere with somebody's exercise of fundamental rights; the other leaning, 5.
  local rights = rule.rights_interference or context.rights_interference
  balance:harm("rights_interference", rights, 5)

  -- R048, R049: risk is likelihood times severity, so that more of either never helps; potential harm, 5.
  local likelihood, severity = context.offline_harm.likelihood, context.offline_harm.severity
  balance:harm("offline_harm", likelihood * severity, 5)

  -- R075, R086, R100: where harm is probable or has come about, the page leans to removal. It begins at
  -- even odds; with the harm above it is 15 where it is certain and severe, which is more than all
  -- interest can stand above any bar.
  balance:harm("probable_harm", severity * math.max(0, 2 * likelihood - 1), rule.probable_harm or 10)

  -- R082, R093, R107: harm on the service itself, to those who read it there: 4, less than harm to life.
  balance:harm("service_harm", context.service_harm, 4)

  -- R085, R104: a private person without a relevant political context; 5, as rights that are interfered with.
  balance:harm("private_target", target == "private_person" and 1 - context.target.political_context or 0, 5)
end

return common
