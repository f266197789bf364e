# Notes of the installation that ends each file as it lies there now: only what is still the same is taken back.
include("${CMAKE_CURRENT_LIST_DIR}/install_notes.cmake")
pi_read_notes("${PI_BEGUN}")
pi_destdir(destdir)
set(files)
foreach(file IN LISTS CMAKE_INSTALL_MANIFEST_FILES)
  get_filename_component(file "${file}" ABSOLUTE)
  pi_digest("${destdir}${file}" digest)
  list(APPEND files "${digest} ${destdir}${file}")
endforeach()
pi_write_begun("${place}" "${made}" "${files}")
file(RENAME "${PI_BEGUN}" "${PI_NOTES}")
file(REMOVE "${PI_MANIFEST}") # it may be another user's, and CMake writes its own now
