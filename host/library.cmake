# libpubint.so and what is installed. The library is the very objects of the layers of core/, the code the
# program itself is linked from. It exports the names of pubint.map and no other.
if(NOT TARGET pi_engine)
  return()
endif()
include(GNUInstallDirs)

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
  LINKER_LANGUAGE C
  VERSION ${PROJECT_VERSION}
  SOVERSION 0
  LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/pubint.map)
target_include_directories(pubint_shared INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                                   $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
# For the libraries the layers use: every symbol of the layers' own is there already.
target_link_libraries(pubint_shared PRIVATE pubint_flags pi_engine)
target_link_options(pubint_shared PRIVATE
  -Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/pubint.map
  -Wl,-Bsymbolic-functions) # no function of an embedder's can stand in for one of ours

# The pkg-config file finds its prefix from where it lies, so that what is installed can be moved.
file(RELATIVE_PATH pc_to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(pubint.pc.in pubint.pc @ONLY)
install(TARGETS pubint_shared)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ TYPE INCLUDE FILES_MATCHING PATTERN "*.h")
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/pubint.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
