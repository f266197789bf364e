# The search of the REPL's :flip as a page: in the locale's numbers and words, and each word with every value that turns it.
flip() { pubint eval --flip "$CASES/$1.json" "${@:2}" | sed -n '/^What\|^Wat/,/^  A distance\|^  Een afstand/p'; }
try flip private_information
try flip private_information --locale nl
try flip one_follower_short --locale nl
sed 's/"branch": *"[a-z]*"/"branch": "other"/' "$CASES/notice.json" >branch.json
try pubint eval --flip branch.json
try pubint eval --flip branch.json -l nl
