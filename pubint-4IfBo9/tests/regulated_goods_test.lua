-- rules/regulated_goods.lua: R078 to R080.
local function goods(facts)
  return evaluate(case(case { rule = "regulated_goods", kind = "sale" }, facts))
end

test("R078 the class is rare and the bar 5.5", function()
  local enough = { ["context.public_concern"] = 0.5, ["context.record_value"] = 1 }
  local entry = goods(enough).rules[1]
  expect(entry.class):is("rare")
  expect(entry.bar):is(5.5)
  expect(entry.margin):is(0)
  expect(entry.verdict):is("notice")
  enough["context.record_value"] = 0.999999
  expect(goods(enough).outcome):is("remove")
end)

test("R080 the record counts a second time, as an archive", function()
  local evaluation = goods { ["context.record_value"] = 1 }
  expect(factor(evaluation, "archive").points):is(2)
  expect(factor(evaluation, "archive").side):is("interest")
  expect(factor(evaluation, "record").points):is(2)
end)

test("R078 furthering the transaction is the harm itself", function()
  local further = factor(goods { ["context.facilitates_transaction"] = 1 }, "facilitates_transaction")
  expect(further.points):is(3)
  expect(further.side):is("harm")
end)
