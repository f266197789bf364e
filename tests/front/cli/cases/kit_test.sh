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
try pubint test -p policy --pretty
try pubint test -p policy --filter "it holds"
try pubint test -p policy --filter nothing
try pubint test -p policy --mutate
try pubint test -p policy --filter holds --junit out.xml
try cat out.xml
try pubint test -p policy --filter holds --junit out.xml
try pubint test -p policy --filter holds --coverage-min 95

# Names that an evaluation never has, digits that differ, files and tables that hold no test, failures alike.
cat >policy/tests/a_test.lua <<'LUA'
test("a misspelt key", function() expect(evaluate({}).outcom):is_not("notice") end)
test("within", function() expect(evaluate({}).rules[1].unassesed):is(nil) end)
test("absent", function() expect(evaluate({}).missing):is(nil) end)
test("digits", function() expect(0.1 + 0.2):is(0.3) end)
each({ 1, 1, 1, 2 }, function(row) expect(row):above(3) end)
test("find", function() return string.find("a", "b") end)
LUA
echo '-- tests to come' >policy/tests/b_test.lua
echo 'each({}, function(row) expect(row):is(1) end)' >policy/tests/c_test.lua
echo 'test(“curly”, function() end)' >policy/tests/d_test.lua
try pubint test -p policy --color never
