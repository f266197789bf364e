# libpubint.so and what is installed. The library is the very objects of the layers of core/, the code the
# program itself is linked from. It exports the names of pubint.map and no other.
if(NOT TARGET pi_engine)
  return()
endif()

get_property(layers GLOBAL PROPERTY PI_LAYERS)
list(FILTER layers INCLUDE REGEX "^core/")
set(library_objects)
foreach(layer IN LISTS layers)
  get_filename_component(name ${layer} NAME)
  list(APPEND library_objects $<TARGET_OBJECTS:pi_${name}>)
endforeach()

add_library(pubint_shared SHARED ${library_objects})
set_target_properties(pubint_shared PROPERTIES
  OUTPUT_NAME pubint
  EXPORT_NAME pubint
  LINKER_LANGUAGE C
  VERSION ${PROJECT_VERSION}
  SOVERSION 0
  LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/pubint.map)
target_include_directories(pubint_shared INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                                   $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
# For the libraries the layers use: every symbol of the layers' own is there already.
target_link_libraries(pubint_shared PRIVATE pubint_flags pi_engine)
target_link_options(pubint_shared PRIVATE
  -Xlinker --version-script=${CMAKE_CURRENT_SOURCE_DIR}/pubint.map # -Wl would cut the path at a comma
  -Wl,-Bsymbolic-functions) # no function of an embedder's can stand in for one of ours

install(TARGETS pubint_shared EXPORT pubint)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ TYPE INCLUDE FILES_MATCHING PATTERN "*.h")

# How others find it: by pkg-config and by find_package, under the name in both ways of writing it. Each finds its
# place from where it lies itself, so that what is installed can be moved. The system's own libraries alone are
# found at run time without being told where.
foreach(place PREFIX FULL_LIBDIR FULL_INCLUDEDIR FULL_DATADIR)
  cmake_path(RELATIVE_PATH CMAKE_INSTALL_${place} BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
    OUTPUT_VARIABLE pc_${place})
  string(REPLACE " " "\\ " pc_${place} "${pc_${place}}") # as pkg-config writes its own
endforeach()
set(pc_rpath "-Wl,-rpath,\${libdir} ")
if(CMAKE_INSTALL_PREFIX MATCHES "^/(usr)?$")
  set(pc_rpath)
endif()
configure_file(pubint.pc.in pubint.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/pubint.pc DESTINATION ${PI_PKGCONFIG})

include(CMakePackageConfigHelpers)
set(scripts ${PI_SHARED}/scripts)
configure_package_config_file(PubintConfig.cmake.in PubintConfig.cmake INSTALL_DESTINATION ${PI_PACKAGE}
  PATH_VARS scripts NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(PubintConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT pubint NAMESPACE pubint:: FILE PubintTargets.cmake DESTINATION ${PI_PACKAGE})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/PubintConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/PubintConfigVersion.cmake
  DESTINATION ${PI_PACKAGE})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/PubintConfig.cmake DESTINATION ${PI_PACKAGE} RENAME pubint-config.cmake)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/PubintConfigVersion.cmake DESTINATION ${PI_PACKAGE}
  RENAME pubint-config-version.cmake)
