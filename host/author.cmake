# ---- author: The kit of a policy's author.
pi_layer(author/coverage
  SEES core/engine insight/page
  SOURCES
    coverage.c
    places.c
    tokens.c)
pi_layer(author/results
  SEES core/engine
  SOURCES
    annotations.c
    results.c
    results_place.c
    sarif.c)
pi_layer(author/generate
  SEES flow/sample insight/counterfactual author/coverage
  USES m
  SOURCES
    compared.c
    generate.c
    generate_compared.c
    generate_signals.c
    generate_times.c
    generator.c)
pi_layer(author/test
  SEES insight/explain author/results
  USES PkgConfig::LUA m
  SOURCES
    lua_value.c
    test_case.c
    test_expect.c
    test_report.c
    test_results.c
    test_runner.c
    test_tools.c
    tests.c
    watch.c)
pi_layer(author/mutate
  SEES author/coverage author/test author/results
  SOURCES
    mutants.c)
pi_layer(author/check
  SEES author/generate author/test author/results flow/stream
  USES m
  SOURCES
    check.c
    check_names.c
    check_properties.c
    check_report.c
    check_results.c
    check_search.c
    check_state.c
    check_static.c
    check_whole.c
    check_words.c
    fair.c
    findings.c
    history.c
    points.c
    shrink.c
    waivers.c)
pi_layer(author/tune
  SEES author/generate insight/diff insight/stats
  USES Threads::Threads
  SOURCES
    alike.c
    choice.c
    curve.c
    literals.c
    numbers.c
    suggest.c
    trying.c
    tune.c
    tune_data.c
    tune_page.c
    tune_plot.c
    tune_schema.c
    tune_words.c
    tuned.c)
pi_layer(author/scaffold
  SEES core/script
  SOURCES
    editor.c
    scaffold.c
    translation.c)
