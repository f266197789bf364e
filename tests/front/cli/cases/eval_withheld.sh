# Where local law withholds a Tweet, countries have their names and their articles; a code that no country has stays.
withheld() { sed "s/\"withheld_in\": \[[^]]*\]/\"withheld_in\": [$1]/" "$CASES/removed.json" >case.json && pubint eval case.json "${@:2}" | sed -n '/^  withheld\|^  landen/,/^  policy\|^  beleid/p' | sed '$d'; }
try withheld '"DE"' --locale nl
try withheld '"DE", "US", "GB", "NL"' --locale nl
try withheld '"DE"'
try withheld '"DE", "US", "GB", "NL"'
try withheld '"XX", "BA", "TR"'
