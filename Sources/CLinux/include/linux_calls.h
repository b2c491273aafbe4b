// Calls of the Linux kernel that the C library's Swift module leaves out, because they stand behind
// _GNU_SOURCE or take a variable number of arguments.
#pragma once

/// O_PATH of open(2): a folder to pass through, which need not be readable.
extern const int linux_open_path;

/// Renames where the new name is free: renameat2(2) with RENAME_NOREPLACE.
/// Gives 0 or the number of the error: EEXIST, or EINVAL where the file system cannot do it.
int linux_rename_exclusive(int from_folder, const char *from, int to_folder, const char *to);

/// Asks for a read lease, which the kernel grants only while nobody has the file open for writing
/// (fcntl(2), "Leases"), and gives it back at once.
/// Gives 0 (nobody), EAGAIN (somebody), or why the kernel cannot say.
int linux_probe_lease(int file);

/// The magic number of the file's file system (statfs(2)), 0 where it is not known.
unsigned int linux_file_system(int file);

/// The number of the mount that an open file or folder lies on (statx(2), since Linux 5.8), 0
/// where it is not known. Two mounts can show one device, and rename(2) does not cross them.
unsigned long long linux_mount(int file);

/// Begins to write what was changed of a file to its disk, and does not wait for it
/// (sync_file_range(2)); so that a later fsync finds little left. It promises nothing by itself.
void linux_start_writing(int file);

/// Has the processor fetch the memory at an address into its caches, and does not wait for it; what
/// C compilers offer and Swift does not. Any address will do, a bad one too.
static inline void linux_prefetch(const void *address) { __builtin_prefetch(address, 1); }
