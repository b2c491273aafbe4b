/* Lets temporary files look old: with FAULTS_AGED set, those below the root that were there before
   the program began seem two hours older than they are. Nobody else can set a file's ctime. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "raw.h"
#include "shim.h"

enum { TWO_HOURS = 7200 };

static struct timespec begun;

__attribute__((constructor)) static void note_time(void) {
  if (getenv("FAULTS_AGED")) clock_gettime(CLOCK_REALTIME, &begun);
}

static int aged(int result, const char *path, struct stat *found) {
  size_t length = path ? strlen(path) : 0;
  if (result != 0 || !begun.tv_sec || length < 4 || strcmp(path + length - 4, ".tmp")) return result;
  struct timespec made = found->st_ctim;
  if (made.tv_sec > begun.tv_sec || (made.tv_sec == begun.tv_sec && made.tv_nsec >= begun.tv_nsec)) return result;
  found->st_ctim.tv_sec -= TWO_HOURS;
  found->st_mtim.tv_sec -= TWO_HOURS;
  return result;
}

static int status(int folder, const char *path, struct stat *found, int flags) {
  return aged((int)RAW4(newfstatat, folder, path, found, flags), path, found);
}

int fstatat(int folder, const char *path, struct stat *found, int flags) { return status(folder, path, found, flags); }
int fstatat64(int folder, const char *path, struct stat64 *found, int flags) {
  return status(folder, path, (struct stat *)found, flags);
}
int stat(const char *path, struct stat *found) { return status(AT_FDCWD, path, found, 0); }
int stat64(const char *path, struct stat64 *found) { return status(AT_FDCWD, path, (struct stat *)found, 0); }
int lstat(const char *path, struct stat *found) { return status(AT_FDCWD, path, found, AT_SYMLINK_NOFOLLOW); }
int lstat64(const char *path, struct stat64 *found) {
  return status(AT_FDCWD, path, (struct stat *)found, AT_SYMLINK_NOFOLLOW);
}
int fstat(int file, struct stat *found) {
  char path[PATH_MAX];
  int result = (int)RAW2(fstat, file, found);
  return begun.tv_sec && file_path(file, path) ? aged(result, path, found) : result;
}
int fstat64(int file, struct stat64 *found) { return fstat(file, (struct stat *)found); }
