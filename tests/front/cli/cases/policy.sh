# Which policy: -p, else PUBINT_POLICY; one that does not load is exit 4.
named() { pubint eval --json "$@" "$CASES/notice.json" | sed 's/.*"policy":"\([^+]*\).*/\1/'; }
mkdir -p mine/rules
echo '{"name":"mine","version":"2","description":"a test","learn_more":"https://example.org"}' >mine/policy.json
echo 'return { rule = "abuse_harassment", class = "possible", bar = 0, weigh = function() end }' >mine/rules/abuse_harassment.lua
try named
try named -p mine
try named --policy=mine
PUBINT_POLICY=mine try named
PUBINT_POLICY= try named
PUBINT_POLICY=nowhere try named -p mine
try pubint eval -p nowhere "$CASES/notice.json"
PUBINT_POLICY=nowhere try pubint eval "$CASES/notice.json"
echo 'return {' >mine/rules/abuse_harassment.lua
try pubint eval -p mine "$CASES/notice.json"

# Without locales the built-in English is left, and a script's names are its ids.
echo 'return { rule = "abuse_harassment", class = "possible", bar = 0.5, weigh = function(case, balance)
  balance:interest("my_factor", case.context.heated_debate, 1.5)
  balance:condition("my_condition", true)
end }' >mine/rules/abuse_harassment.lua
try pubint eval -p mine "$CASES/notice.json"
try pubint eval -p mine --locale nl "$CASES/notice.json"
# A misspelt key of policy.json.
rm -rf misspelt && cp -r "$PUBINT_POLICY" misspelt && sed -i 's/"learn_more"/"lern_more"/' misspelt/policy.json
try pubint eval -p misspelt "$CASES/notice.json"
