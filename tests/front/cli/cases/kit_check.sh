# Findings with their code, place, caret and smallest case; a policy that does not load.
cp -r "$PUBINT_POLICY" policy
sed -i 's/balance:harm("call_to_action", /balance:interest("call_to_action", /' policy/lib/common.lua
sed -i 's/^  bar = 7,/  bar = 2,/' policy/rules/election_integrity.lua
try pubint check -p policy --cases 2000
try pubint check -p policy --cases 2000 -o cases
try ls cases
try pubint check -p policy --cases 300 --json
try pubint help E6003
# A script that takes long is tried in fewer ways, and that is said.
cp -r "$PUBINT_POLICY" slow
sed -i 's/^function common.weigh.*/&\n  local n = 0\n  for i = 1, 60000 do n = n + i end/' slow/lib/common.lua
slow() { pubint check -p slow --cases 200 | grep 'cases tried\|of them'; }
try slow
echo 'return {' >policy/markets/BE.lua
try pubint check -p policy
