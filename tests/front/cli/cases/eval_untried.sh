# What comes of all unknown facts together is told only where none of them was left untried: here the Dutch script reads
# signals, which could be anything, and a market that nobody named could have a script.
unknown() { tr -d '\n' <"$CASES/$2.json" | sed -E 's/"severity": *[^,}]*/"severity": null/;'"$1" >case.json && pubint eval case.json "${@:3}" | sed -n '/^What is not\|^Wat niet/,/^$/p'; }
try unknown '' market_nl
try unknown 's/"signals": *\{[^}]*\}/"signals": null/' market_nl
try unknown 's/"signals": *\{[^}]*\}/"signals": null/' market_nl --locale nl
try unknown 's/"NL"/"BE"/' market_nl --locale nl
try unknown 's/"market": *"[A-Z]*",//' notice
