/* A file or folder below another folder, wherever links lead: what lies outside is not opened. */
#ifndef PI_BENEATH_H
#define PI_BENEATH_H

/* Opens `path` below `folder` with these flags of open(2). Links within the folder are followed, the folder
 * itself may be one, and what is opened is what was judged, whoever changes links meanwhile. -1 and errno
 * where that fails, which is EXDEV where a link leaves the folder or leads nowhere. A pipe is not waited for
 * if the flags say O_NONBLOCK. */
int pi_beneath_open(const char *folder, const char *path, int flags);

#endif
