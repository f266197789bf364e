# Any id may be a rule's (A14): that the policy has none such stands at the head, with the rule that it nearly names,
# whether or not anything was weighed; the evaluation itself is as of any other.
misspelt() { sed "s/\"abuse_harassment\"/\"$1\"/" "$CASES/$2.json" >case.json && pubint eval case.json "${@:3}" | sed -n '1,/^$/p;/^R/,/^$/p'; }
try misspelt abuse_harrassment notice
try misspelt terorism notice --locale nl
try misspelt platform_manipulation notice
# Also where a gate fails, or is not known.
slip() { sed "s/\"rule\": *\"[a-z_]*\"/\"rule\": \"terorism\"/; s/, *\"kind\": *\"[a-z_]*\"//" "$CASES/$1.json" >case.json && pubint eval case.json "${@:2}" | sed -n '1,/^$/p'; }
try slip one_follower_short
try slip incomplete
try slip incomplete --locale nl
try slip notice --flip
try slip one_follower_short --json
