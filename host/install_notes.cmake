# What a build knows of its installations: install_begun.txt notes one that has begun, and becomes install_notes.txt
# once all of it lies there. A line each: its place; "folder PATH" for each folder that was made, by earlier ones from
# this build too; "DIGEST PATH" for each file. begin_install.cmake refuses paths that would not serve in lists.
cmake_minimum_required(VERSION 3.25)
set(PI_BEGUN "${CMAKE_CURRENT_LIST_DIR}/install_begun.txt")
set(PI_NOTES "${CMAKE_CURRENT_LIST_DIR}/install_notes.txt")
set(PI_MANIFEST "${CMAKE_CURRENT_LIST_DIR}/install_manifest.txt") # CMake's own, which is not needed

# Sets `place`, `made` and `files`, the lines of the files, to what is noted; all are empty where nothing is.
function(pi_read_notes path)
  set(text)
  if(EXISTS "${path}")
    file(READ "${path}" text)
  endif()
  string(REPLACE "\n" ";" files "${text}")
  list(POP_FRONT files place)
  set(made "${files}")
  list(FILTER made INCLUDE REGEX "^folder ")
  list(TRANSFORM made REPLACE "^folder " "")
  list(FILTER files INCLUDE REGEX "^[0-9a-f]+ ")
  set(place "${place}" PARENT_SCOPE)
  set(made "${made}" PARENT_SCOPE)
  set(files "${files}" PARENT_SCOPE)
endfunction()

# Notes the installation that has begun. A file of another user, as root's, is written anew.
function(pi_write_begun place made files)
  list(TRANSFORM made PREPEND "folder ")
  list(JOIN made "\n" made)
  list(JOIN files "\n" files)
  file(REMOVE "${PI_BEGUN}")
  file(WRITE "${PI_BEGUN}" "${place}\n${made}\n${files}\n")
  file(CHMOD "${PI_BEGUN}" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endfunction()

# Sets `out` to the folder that all is installed below, empty for the root.
function(pi_destdir out)
  set(destdir "$ENV{DESTDIR}")
  if(NOT destdir STREQUAL "")
    get_filename_component(destdir "${destdir}" ABSOLUTE)
  endif()
  set(${out} "${destdir}" PARENT_SCOPE)
endfunction()

# Sets `out` to the SHA-256 of a file, or of where a link points: empty if nothing is there, and a word of its own for
# what is no file, or cannot be read.
function(pi_digest path out)
  set(digest)
  if(IS_SYMLINK "${path}")
    file(READ_SYMLINK "${path}" target)
    string(SHA256 digest "-> ${target}")
  elseif(EXISTS "${path}")
    execute_process(COMMAND test -f "${path}" -a -r "${path}" RESULT_VARIABLE failed)
    if(failed)
      set(digest "none")
    else()
      file(SHA256 "${path}" digest)
    endif()
  endif()
  set(${out} "${digest}" PARENT_SCOPE)
endfunction()
