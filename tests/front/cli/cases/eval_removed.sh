try pubint eval "$CASES/removed.json"
