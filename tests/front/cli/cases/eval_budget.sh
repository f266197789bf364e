# A policy within every limit, whose scripts take as long as they may: what would turn a case is searched for within a
# budget of instructions, the same on every machine, and what was left is said. Time ends nothing here.
cp -r "$PUBINT_POLICY" slow
for file in slow/rules/*.lua; do
  sed -i 's|weigh = function(case, balance)|&\n    local n = 0 for i = 1, 100000 do n = n + i end|' "$file"
done
left() { pubint eval -p slow "$CASES/$1.json" "${@:2}" | sed -E 's/(after|na) [0-9]+ eval/\1 N eval/' | sed -n '/^What is not\|^Wat niet\|^What would\|^Wat de/,/^$/p'; }
try left notice
try left notice --locale nl
try left unassessed
try left unassessed --locale nl
