# A ledger full of generated decisions, and what is exported from it.
find_program(LUA_INTERPRETER NAMES lua5.4 REQUIRED)
add_executable(ledger_decisions decisions.c)
target_link_libraries(ledger_decisions PRIVATE pubint_flags pi_ledger)

function(ledger_lua_test name script)
  set(work ${CMAKE_CURRENT_BINARY_DIR}/${name})
  file(MAKE_DIRECTORY ${work})
  add_test(NAME ${name} COMMAND ${LUA_INTERPRETER} ${CMAKE_CURRENT_SOURCE_DIR}/${script} $<TARGET_FILE:pubint_cli>
    ${PROJECT_SOURCE_DIR}/scripts $<TARGET_FILE:ledger_decisions> ${work})
endfunction()
ledger_lua_test(ledger_statements statements.lua)
ledger_lua_test(ledger_withheld withheld.lua)

pubint_test(test_statement pi_ledger)
pubint_test(test_profile engine_bench pi_ledger)
pubint_test(test_precedents ledger_desk)
pubint_test(test_tally ledger_desk)

# The walk-through of examples/ledger.
add_test(NAME ledger_day COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/day $<TARGET_FILE:pubint_cli>)
