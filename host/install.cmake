# What every installation begins and ends with, and how one is taken back. What is installed stands with its target, in
# CMakeLists.txt and library.cmake.
include(GNUInstallDirs)
# Libraries that lie where only their owner installs any are found by what is installed, too.
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)

set(PI_MODULES ${CMAKE_INSTALL_LIBDIR}/pubint)
set(PI_PACKAGE ${CMAKE_INSTALL_LIBDIR}/cmake/pubint)
set(PI_PKGCONFIG ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
set(PI_LIBEXEC ${CMAKE_INSTALL_LIBEXECDIR}/pubint)
set(PI_SHARED ${CMAKE_INSTALL_DATADIR}/pubint)

# Before anything is installed: the folders that are not there yet. They go again with what is in them.
set(PI_INSTALL_FOLDERS)
foreach(folder IN ITEMS "${CMAKE_INSTALL_BINDIR}" "${PI_MODULES}" "${PI_PACKAGE}" "${PI_PKGCONFIG}"
    "${PI_SHARED}/scripts" "${CMAKE_INSTALL_INCLUDEDIR}/pubint" "${CMAKE_INSTALL_DOCDIR}")
  string(APPEND PI_INSTALL_FOLDERS " [==[${folder}]==]")
endforeach()
if(PUBINT_SERVE)
  string(APPEND PI_INSTALL_FOLDERS " [==[${PI_LIBEXEC}]==]")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/begin_install.cmake.in ${PROJECT_BINARY_DIR}/begin_install.cmake @ONLY)
foreach(script end_install install_notes uninstall) # source can go, and this serves still
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${script}.cmake ${PROJECT_BINARY_DIR}/${script}.cmake COPYONLY)
endforeach()
install(SCRIPT ${PROJECT_BINARY_DIR}/begin_install.cmake)
cmake_language(DEFER CALL install SCRIPT ${PROJECT_BINARY_DIR}/end_install.cmake)
add_custom_target(uninstall COMMAND ${CMAKE_COMMAND} -P ${PROJECT_BINARY_DIR}/uninstall.cmake USES_TERMINAL VERBATIM)

install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
