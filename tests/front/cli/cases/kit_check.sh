# Findings with their code, place, caret and smallest case; a policy that does not load.
cp -r "$PUBINT_POLICY" policy
sed -i 's/balance:harm("call_to_action", /balance:interest("call_to_action", /' policy/lib/common.lua
sed -i 's/^  bar = 7,/  bar = 2,/' policy/rules/election_integrity.lua
try pubint check -p policy --cases 2000
try pubint check -p policy --cases 2000 -o cases
try ls cases
try pubint check -p policy --cases 300 --pretty
try pubint help E6003
# A script that takes long is tried in fewer ways, and that is said.
cp -r "$PUBINT_POLICY" slow
sed -i 's/^function common.weigh.*/&\n  local n = 0\n  for i = 1, 60000 do n = n + i end/' slow/lib/common.lua
slow() { pubint check -p slow --cases 200 | grep 'cases tried\|of them'; }
try slow
echo 'return {' >policy/markets/BE.lua
try pubint check -p policy

# A policy that is right: its literals are drawn, its own tests and cases count, one finding is waived with its reason.
cp -r "$PUBINT_POLICY" right
cat >right/markets/BE.lua <<'LUA'
-- Belgium. Signals: alarm ("red" or nothing), depth of the water in metres, town, level (a colour).
local COLOURS = { ["dark red"] = 0.5, amber = 0.25 }
return {
  market = "BE",
  reads = { "tweet.lang", "tweet.text" },
  weigh = function(case, balance)
    local signals = case.context.signals
    local depth = signals.depth
    local town = signals.town
    -- Someone wrote the words that the tests know.
    if case.tweet.text == "ab" .. "c" then
      balance:harm("emergency", 0.5, 1)
    end
    -- And those that the cases of the author have.
    if case.tweet.text == "de" .. "f" then
      balance:harm("communal_tension", 0.5, 1)
    end
    -- The streets are closed.
    if signals.alarm == "red" and type(depth) == "number" and depth > 0.37 and depth < 0.3705 then
      balance:harm("election_eve", 0.5, 1)
    end
    -- A town in Dutch.
    if town == "Brugge" and case.tweet.lang == "nl" then
      balance:harm("silence_period", 0.5, 1)
    end
    -- A colour, by its table.
    if type(signals.level) == "string" and COLOURS[signals.level] then
      balance:harm("model_code", COLOURS[signals.level], 1)
    end
    if case.tweet.text == "gh" .. "i" then
      -- waives E6008: the signal comes next year
      balance:note("next year")
    end
  end,
}
LUA
cat >right/tests/be_test.lua <<'LUA'
test("words", function()
  local e = evaluate { ["tweet.text"] = "abc", ["context.market"] = "BE" }
  expect(factor(e, "emergency").points):is(0.5)
end)
LUA
cat >mine.jsonl <<'JSON'
{"id":"a","tweet":{"text":"def"},"account":{"verified":true,"followers_count":200000,"office":{"status":"candidate","branch":"legislative"}},"violations":[{"rule":"sensitive_media"}],"context":{"market":"BE"}}
JSON
pubint check -p right --cases 3000 --with mine.jsonl >green
echo "[exit $?]"
try grep "waives\|declares\|tried\|findings" green
pubint check -p right --cases 300 --with mine.jsonl --pretty >green
try sed -n '/"waivers"/,/^  ]/p' green
# Waivers that waive nothing, or say no reason; a locale with half of the names.
sed -i 's/-- waives E6008: the signal comes next year/-- waives E6008/' right/markets/BE.lua
sed -i 's/^local COLOURS.*/-- waives E6013: it is a constant\n-- waives E6099: no such finding\n&/' right/markets/BE.lua
echo '{"factor.debate":"Debatte"}' >right/locales/de.json
pubint check -p right --cases 3000 --with mine.jsonl >red
echo "[exit $?]"
try grep -v "smallest case\|E6020\|harm(\"\|^ *^$" red

# Each waiver hides one finding, is listed with it, and hides no failure; after few cases a waiver is not blamed, and
# what is said of the policy's own tests does not hang on how many are tried.
cp -r "$PUBINT_POLICY" waived
sed -i 's|^  weigh = function(case, balance)|&\
    balance:note((case.account.username or "") .. (case.account.office.title or "")) -- waives E6005 account.office.title: shown|
s|^  bar = .*|&\
  waives = { ["context.record_value"] = "more of it may count less" },|' waived/rules/violence.lua
sed -i 's|^  weigh = function(case, balance)|&\
    local x = case.nothing.x -- waives E6001: it is meant|' waived/rules/regulated_goods.lua
echo 'test("no", function() expect(1):is(2) end)' >waived/tests/zz_test.lua
waived() { pubint check -p waived "$@" | grep 'E600[15]\|E602[789]\|findings'; }
try waived -n 1
try waived -n 2000

# What other tools read follows the report, or goes beside it; a file that pubint did not write is kept.
ci() { pubint check -p right -n 1 --github "$@" | grep 'E6028\|findings\|^{'; }
try ci --sarif check.sarif
try ci --pretty
try grep -c '"ruleId"' check.sarif
echo mine >mine.sarif
try ci --sarif mine.sarif
try ci --sarif absent/check.sarif
try cat mine.sarif
try pubint test -p waived --filter zz --github --sarif test.sarif
