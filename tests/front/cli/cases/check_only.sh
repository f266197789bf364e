# One script of a policy checked alone.
cp -r "$PUBINT_POLICY" policy
sed -i 's/bar = 3.5/bar = 0.5/; s/-- R0[0-9]*/--/' policy/rules/violence.lua
try pubint check -p policy --only rules/violence.lua --cases 300
try pubint check -p policy --only policy/markets/NL.lua --cases 300
try pubint check -p policy --only lib/common.lua --cases 300
try pubint check -p policy --only rules/violense.lua
