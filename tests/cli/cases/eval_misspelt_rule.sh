# Any id may be a rule's: one that has no script is for people, and the rule that it nearly names is named.
misspelt() { sed "s/\"abuse_harassment\"/\"$1\"/" "$CASES/notice.json" >case.json && pubint eval case.json "${@:2}" | sed -n '/^R/,/^$/p'; }
try misspelt abuse_harrassment
try misspelt terorism --locale nl
try misspelt platform_manipulation
