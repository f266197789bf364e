-- What every rule weighs alike (lib/common.lua), seen under abuse_harassment.

-- One fact at full strength, what else it needs, and the points it gives.
each({
  { name = "R003 public concern", fact = "context.public_concern", id = "public_concern", points = 3 },
  { name = "R050 debate", fact = "context.public_debate", target = "official", id = "debate", points = 3 },
  { name = "R050 protest", fact = "context.call_to_protest", target = "institution", id = "debate", points = 3 },
  { name = "R051 office relevance", fact = "context.office_relevance", id = "office_relevance", points = 2 },
  { name = "R052 geopolitics", fact = "context.geopolitical_clarity", id = "geopolitical_clarity", points = 2 },
  { name = "R053 record", fact = "context.record_value", id = "record", points = 2 },
  { name = "R055 call to action", fact = "context.call_to_action", id = "call_to_action", points = 6, harm = true },
  { name = "R056 rights", fact = "context.rights_interference", id = "rights_interference", points = 5, harm = true },
  { name = "R082, R093, R107 on the service", fact = "context.service_harm", id = "service_harm", points = 4, harm = true },
}, function(row)
  local evaluation = evaluate { [row.fact] = 1, ["context.target.kind"] = row.target }
  local found = factor(evaluation, row.id)
  expect(found.points):is(row.points)
  expect(found.side):is(row.harm and "harm" or "interest")
  expect(evaluation.rules[1].interest):is(row.harm and 0 or row.points)
  expect(evaluation.rules[1].harm):is(row.harm and row.points or 0)
end)

each({ "public_figure", "private_person", "group", "public", "none" }, function(kind)
  local evaluation = evaluate { ["context.target.kind"] = kind, ["context.public_debate"] = 1 }
  expect(factor(evaluation, "debate").points):is(0)
end)

test("R050 the stronger of debate and protest counts, not their sum", function()
  local debate = { ["context.target.kind"] = "official", ["context.public_debate"] = 0.4,
    ["context.call_to_protest"] = 0.6 }
  expect(factor(evaluate(debate), "debate").strength):is(0.6)
end)

test("R048 offline harm is likelihood times severity", function()
  local both = { ["context.offline_harm"] = { likelihood = 0.5, severity = 0.5 } }
  expect(factor(evaluate(both), "offline_harm").points):is(1.25)
  expect(factor(evaluate(both), "offline_harm").side):is("harm")
  local likely = { ["context.offline_harm"] = { likelihood = 1, severity = 0 } }
  expect(factor(evaluate(likely), "offline_harm").points):is(0)
end)

-- Under the rules of the page's leaning; abuse and media have 8 (R102, R107) in their own tests.
each({
  { name = "R075 at even odds harm is not yet probable", likelihood = 0.5, severity = 1, strength = 0 },
  { name = "R075 beyond even odds it is", likelihood = 0.500001, severity = 1, strength = 0.000002 },
  { name = "R086 below even odds it never helps", likelihood = 0.25, severity = 1, strength = 0 },
  { name = "R100 it grows with its severity", likelihood = 0.75, severity = 0.5, strength = 0.25 },
  { name = "R075 certain and severe", likelihood = 1, severity = 1, strength = 1 },
  { name = "R075 certain and slight", likelihood = 1, severity = 0, strength = 0 },
}, function(row)
  local harm = { likelihood = row.likelihood, severity = row.severity }
  for _, rule in ipairs { "violence", "regulated_goods", "suicide_self_harm", "election_integrity",
    "private_information", "hateful_conduct" } do
    local found = factor(evaluate { rule = rule, ["context.offline_harm"] = harm }, "probable_harm")
    expect(found.strength):is(row.strength)
    expect(found.weight):is(10)
    expect(found.side):is("harm")
  end
end)

test("R049 more harm never helps", function()
  local before = evaluate { ["context.public_concern"] = 1, ["context.record_value"] = 1 }
  local after = evaluate { ["context.public_concern"] = 1, ["context.record_value"] = 1, ["context.call_to_action"] = 0.5 }
  expect(before.outcome):is("notice")
  expect(after.rules[1].margin):below(before.rules[1].margin)
  expect(after.outcome):is("remove")
end)

test("R054, R057 no factor decides alone: all of them enter a sum", function()
  local evaluation = evaluate { ["context.public_concern"] = 0.5, ["context.record_value"] = 1,
    ["context.office_relevance"] = 0.5 }
  expect(evaluation.rules[1].interest):is(4.5)
  expect(evaluation.rules[1].margin):is(2)
end)

each({ "context.office_relevance", "context.geopolitical_clarity", "context.record_value" }, function(fact)
  -- R054: each becomes more likely by it, and none is enough for the lowest bar.
  expect(evaluate({ ["context.public_concern"] = 0.1, [fact] = 1 }).outcome):is("remove")
end)

-- All that can speak for a Tweet, under each rule.
local BEST = {
  ["context.target.kind"] = "official", ["context.public_concern"] = 1, ["context.public_debate"] = 1,
  ["context.call_to_protest"] = 1, ["context.office_relevance"] = 1, ["context.geopolitical_clarity"] = 1,
  ["context.record_value"] = 1, ["context.sole_source"] = 1, ["context.hyperbole"] = 1,
  ["context.political_statement"] = 1, ["context.heated_debate"] = 1, ["context.historical_event"] = 1,
  ["context.official_conduct"] = 1, ["context.target.political_context"] = 1,
}
local function best(rule, facts)
  local spans = rule == "private_information" and { { start = 0, ["end"] = 1 } } or nil
  return evaluate(case(case(case { rule = rule, spans = spans }, BEST), facts))
end

for _, rule in ipairs { "violence", "regulated_goods", "suicide_self_harm", "election_integrity", "private_information",
  "hateful_conduct", "abuse_harassment", "sensitive_media" } do
  test("R048, R075 " .. rule .. ": all interest is enough without harm, and not against certain and severe harm", function()
    expect(best(rule, {}).outcome):is("notice")
    expect(best(rule, { ["context.offline_harm"] = { likelihood = 1, severity = 1 } }).outcome):is("remove")
  end)

  test("R003 " .. rule .. ": no notice without public concern, whatever else there is", function()
    expect(condition(best(rule, { ["context.public_concern"] = 0 }), "public_concern").met):is(false)
    expect(best(rule, { ["context.public_concern"] = 0 }).outcome):is("remove")
    expect(best(rule, { ["context.public_concern"] = unknown }).basis):is("unassessed")
  end)
end

each({ "context.public_concern", "context.call_to_action", "context.service_harm" }, function(fact)
  -- What nobody assessed is never excepted.
  local facts = { ["context.public_concern"] = 1, ["context.record_value"] = 1, ["context.office_relevance"] = 1 }
  local evaluation = evaluate(case(case(facts), { [fact] = unknown }))
  expect(evaluation.basis):is("unassessed")
  expect(evaluation.rules[1].unassessed):contains(fact)
end)

test("R058 it is weighed in grades, to a millionth, and no yes or no", function()
  local before = evaluate { ["context.public_concern"] = 0.5, ["context.record_value"] = 0.5 }
  local after = evaluate { ["context.public_concern"] = 0.5, ["context.record_value"] = 0.500001 }
  expect(after.rules[1].margin):is(0.000002)
  expect(before.rules[1].margin):is(0)
end)

test("R065 a rule beyond the table has no script, and people look at it", function()
  local evaluation = evaluate { rule = "a_rule_of_its_own" }
  expect(evaluation.outcome):is("review")
  expect(evaluation.basis):is("no_script")
end)

-- Every kind of every rule is weighed; its script tells none of them apart, but for sadistic media (R105).
for rule, kinds in pairs {
  violence = { "threat", "glorification" },
  regulated_goods = { "sale", "purchase", "facilitation" },
  suicide_self_harm = { "promotion", "encouragement" },
  election_integrity = { "manipulation", "suppression", "misleading_participation" },
  private_information = { "posted", "threat", "incitement" },
  hateful_conduct = { "serious_harm", "mass_violence_reference", "inciting_fear", "slurs", "hateful_imagery",
    "dehumanisation" },
  abuse_harassment = { "wishing_harm", "sexual_advances", "aggressive_insults", "encouraging_harassment" },
  sensitive_media = { "graphic" },
} do
  test("R048 every kind of " .. rule .. " is weighed alike", function()
    for _, kind in ipairs(kinds) do
      local entry = evaluate { rule = rule, kind = kind, ["context.record_value"] = 1 }.rules[1]
      expect(entry.kind):is(kind)
      expect(entry.margin):is(evaluate { rule = rule, ["context.record_value"] = 1 }.rules[1].margin)
    end
  end)
end
