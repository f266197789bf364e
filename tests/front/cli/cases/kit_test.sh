# Tests that fail, as text and TAP, and what no test notices.
cp -r "$PUBINT_POLICY" policy
rm policy/tests/*_test.lua
cat >policy/tests/a_test.lua <<'LUA'
test("it holds", function()
  local of_concern = { rule = "violence", ["context.public_concern"] = 1, ["context.record_value"] = 1 }
  expect(evaluate(of_concern).outcome):is("notice")
end)
test("it does not", function()
  expect(evaluate { rule = "hateful_conduct" }.outcome):is("notice")
end)
test("a typo", function() case { ["context.public_debat"] = 1 } end)
LUA
try pubint test -p policy
try pubint test -p policy --tap
try pubint test -p policy --json
try pubint test -p policy --filter "it holds"
try pubint test -p policy --filter nothing
try pubint test -p policy --mutate
try pubint test -p policy --filter holds --junit out.xml
try cat out.xml
try pubint test -p policy --filter holds --junit out.xml
try pubint test -p policy --filter holds --coverage-min 95
