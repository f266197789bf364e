# A candidate or nominee is one for a political office, so without the branch it cannot be told; a judge's seat
# is none that the gate knows, and another branch is no office at all.
seat() { sed "s/\"branch\": \"legislative\", /$1/; s/\"likelihood\": \"low\"/&, \"severity\": 0.25/" "$CASES/unassessed.json" >case.json && pubint eval case.json "${@:2}"; }
try seat ''
try seat '' --locale nl
outcome() { seat "$@" | sed '/^  case/,/^$/d; /^Rule/,$d; /^What/,$d'; }
try outcome '"branch": "executive", '
try outcome '"branch": "judicial", '
try outcome '"branch": "other", '
