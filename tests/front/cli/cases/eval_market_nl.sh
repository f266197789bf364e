try pubint eval "$CASES/market_nl.json"
