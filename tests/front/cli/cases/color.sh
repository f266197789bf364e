# Colour on a terminal only, unless it is asked for; NO_COLOR and --color=never win there.
colored() { "$@" | grep -c $'\033' | sed 's/^0$/plain/; s/^[0-9]*$/coloured/'; }
on_terminal() { script -qec "$*" /dev/null </dev/null; }
try colored pubint eval "$CASES/notice.json"
try colored pubint eval --color=auto "$CASES/notice.json"
try colored pubint eval --color=always "$CASES/notice.json"
try colored on_terminal pubint eval "$CASES/notice.json"
try colored on_terminal pubint eval --color=never "$CASES/notice.json"
try colored on_terminal NO_COLOR=1 pubint eval "$CASES/notice.json"
try colored on_terminal NO_COLOR= pubint eval "$CASES/notice.json"
try colored on_terminal NO_COLOR=1 pubint eval --color=always "$CASES/notice.json"
try colored on_terminal TERM=dumb pubint eval "$CASES/notice.json"
try colored on_terminal env -u TERM pubint eval "$CASES/notice.json"
try colored on_terminal pubint eval --json "$CASES/notice.json"
visible() { "$@" | sed $'s/\033/<ESC>/g'; }
try visible pubint eval --color=always "$CASES/removed.json"
