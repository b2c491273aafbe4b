#define _GNU_SOURCE

#include "linux_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>

const int linux_open_path = O_PATH;

int linux_rename_exclusive(int from_folder, const char *from, int to_folder, const char *to) {
  return renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE) == 0 ? 0 : errno;
}

int linux_probe_lease(int file) {
  // Whoever opens the file while the lease is held makes the kernel send its holder a signal. The
  // usual one, SIGIO, would end this process; SIGURG is ignored by default.
  if (fcntl(file, F_SETSIG, SIGURG) != 0) return errno;
  if (fcntl(file, F_SETLEASE, F_RDLCK) != 0) return errno;
  fcntl(file, F_SETLEASE, F_UNLCK);
  return 0;
}

unsigned int linux_file_system(int file) {
  struct statfs found;
  return fstatfs(file, &found) == 0 ? (unsigned int)found.f_type : 0;
}

unsigned long long linux_mount(int file) {
#ifdef STATX_MNT_ID
  struct statx found;
  if (statx(file, "", AT_EMPTY_PATH, STATX_MNT_ID, &found) != 0) return 0;
  return found.stx_mask & STATX_MNT_ID ? found.stx_mnt_id : 0;
#else
  (void)file;
  return 0;
#endif
}

void linux_start_writing(int file) { sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE); }
