/* The C library's functions that the shim stands in front of. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "raw.h"
#include "shim.h"

static int fail(int error) {
  errno = error;
  return -1;
}

/* Runs one call between `begin` and `finish`; `note` puts what it did into the journal. */
#define AROUND(type, verdict_of, real, note) \
  struct verdict verdict = verdict_of; \
  if (verdict.action == ONCE || verdict.action == ALWAYS) return fail(settings.error); \
  if (verdict.action == UNSEEN) return (type)(real); \
  lock_journal(); \
  type result = (type)(real); \
  if (result >= 0 && settings.journal >= 0) note; \
  unlock_journal(); \
  finish(verdict); \
  return result

#define ON_PATH(family, operation, folder, path, real, note) \
  AROUND(int, begin_path(family, operation, folder, path), real, note)
#define ON_FILE(family, operation, file, bytes, real) \
  AROUND(ssize_t, begin_file(family, operation, file, bytes), real, (void)0)
#define ON_CONTENT(family, operation, file, bytes, real, note) \
  AROUND(ssize_t, begin_file(family, operation, file, bytes), real, note)

static int do_open(int folder, const char *path, int flags, mode_t mode) {
  struct stat found;
  bool is_new = (flags & O_CREAT) && fstatat(folder, path, &found, AT_SYMLINK_NOFOLLOW) != 0;
  bool is_emptied = !is_new && (flags & O_TRUNC);
  ON_PATH(
    is_new ? MAKE : is_emptied ? WRITE : READ, is_new ? "create" : is_emptied ? "empty" : "open",
    folder, path, RAW4(openat, folder, path, flags, mode),
    is_new ? note_path('C', folder, path) : is_emptied ? note_size(result) : (void)0);
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list list; \
    va_start(list, flags); \
    mode = va_arg(list, mode_t); \
    va_end(list); \
  }

int open(const char *path, int flags, ...) { MODE(flags) return do_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return do_open(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return do_open(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return do_open(folder, path, flags, mode); }
int creat(const char *path, mode_t mode) { return do_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* After a power cut the kernel has another id. */
FILE *fopen(const char *path, const char *mode) {
  FILE *(*real)(const char *, const char *) = (FILE *(*)(const char *, const char *))dlsym(RTLD_NEXT, "fopen");
  bool is_boot = settings.boot && !strcmp(path, "/proc/sys/kernel/random/boot_id");
  return real(is_boot ? settings.boot : path, mode);
}

int mkdirat(int folder, const char *path, mode_t mode) {
  ON_PATH(MAKE, "mkdir", folder, path, RAW3(mkdirat, folder, path, mode), note_path('D', folder, path));
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
  ON_PATH(CHANGE, "rename", to, new, RAW5(renameat2, from, old, to, new, flags),
          note_paths('R', from, old, to, new));
}
int renameat(int from, const char *old, int to, const char *new) { return renameat2(from, old, to, new, 0); }
int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
  ON_PATH(MAKE, "link", to, new, RAW5(linkat, from, old, to, new, flags),
          note_paths('L', from, old, to, new));
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int symlinkat(const char *old, int folder, const char *new) {
  ON_PATH(MAKE, "symlink", folder, new, RAW3(symlinkat, old, folder, new), (void)0);
}
int symlink(const char *old, const char *new) { return symlinkat(old, AT_FDCWD, new); }

int unlinkat(int folder, const char *path, int flags) {
  ON_PATH(CHANGE, flags & AT_REMOVEDIR ? "rmdir" : "unlink", folder, path, RAW3(unlinkat, folder, path, flags),
          note_path('U', folder, path));
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
  int result = unlink(path);
  return result != 0 && errno == EISDIR ? rmdir(path) : result;
}

int truncate(const char *path, off_t size) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  int result = ftruncate(file, size);
  close(file);
  return result;
}
int truncate64(const char *path, off_t size) { return truncate(path, size); }
int ftruncate(int file, off_t size) { ON_CONTENT(WRITE, "truncate", file, 0, RAW2(ftruncate, file, size), note_size(file)); }
int ftruncate64(int file, off_t size) { return ftruncate(file, size); }
int fallocate(int file, int mode, off_t start, off_t size) {
  ON_CONTENT(WRITE, "allocate", file, 0, RAW4(fallocate, file, mode, start, size), note_size(file));
}
int fallocate64(int file, int mode, off_t start, off_t size) { return fallocate(file, mode, start, size); }
int posix_fallocate(int file, off_t start, off_t size) { return fallocate(file, 0, start, size) == 0 ? 0 : errno; }

int fsync(int file) { ON_CONTENT(SYNC, "fsync", file, 0, RAW1(fsync, file), note_sync(file)); }
int fdatasync(int file) { ON_CONTENT(SYNC, "fdatasync", file, 0, RAW1(fdatasync, file), note_sync(file)); }
int syncfs(int file) { ON_FILE(SYNC, "syncfs", file, 0, RAW1(syncfs, file)); }

/* How much of `size` is done: half where the write is torn or short. */
static size_t part(struct verdict verdict, size_t size) {
  return (verdict.action == TORN || verdict.action == SHORT) && size > 1 ? size / 2 : size;
}

ssize_t write(int file, const void *bytes, size_t size) {
  ON_CONTENT(WRITE, "write", file, size, RAW3(write, file, bytes, part(verdict, size)),
             note_write(file, &(struct iovec){(void *)bytes, (size_t)result}, 1, -1));
}
ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
  ON_CONTENT(WRITE, "pwrite", file, size, RAW4(pwrite64, file, bytes, part(verdict, size), place),
             note_write(file, &(struct iovec){(void *)bytes, (size_t)result}, 1, place));
}
ssize_t pwrite64(int file, const void *bytes, size_t size, off_t place) { return pwrite(file, bytes, size, place); }
ssize_t send(int file, const void *bytes, size_t size, int flags) {
  ON_FILE(NET, "send", file, size, RAW6(sendto, file, bytes, part(verdict, size), flags, 0, 0));
}
ssize_t sendto(int file, const void *bytes, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  ON_FILE(NET, "send", file, size, RAW6(sendto, file, bytes, part(verdict, size), flags, to, length));
}

static size_t total(const struct iovec *pieces, int count) {
  size_t size = 0;
  for (int one = 0; one < count; one++) size += pieces[one].iov_len;
  return size;
}

/* The pieces that hold the first `size` bytes. */
static int cut(const struct iovec *pieces, int count, size_t size, struct iovec *out) {
  int used = 0;
  for (int one = 0; one < count && size > 0; one++, used++) {
    out[used] = pieces[one];
    if (out[used].iov_len > size) out[used].iov_len = size;
    size -= out[used].iov_len;
  }
  return used;
}

ssize_t writev(int file, const struct iovec *pieces, int count) {
  size_t size = total(pieces, count);
  struct iovec some[IOV_MAX];
  ON_CONTENT(WRITE, "write", file, size,
             RAW3(writev, file, some, cut(pieces, count, part(verdict, size), some)),
             note_write(file, some, cut(pieces, count, (size_t)result, some), -1));
}
ssize_t pwritev(int file, const struct iovec *pieces, int count, off_t place) {
  size_t size = total(pieces, count);
  struct iovec some[IOV_MAX];
  ON_CONTENT(WRITE, "pwrite", file, size,
             RAW5(pwritev, file, some, cut(pieces, count, part(verdict, size), some), place, 0),
             note_write(file, some, cut(pieces, count, (size_t)result, some), place));
}
ssize_t pwritev64(int file, const struct iovec *pieces, int count, off_t place) { return pwritev(file, pieces, count, place); }
ssize_t sendmsg(int file, const struct msghdr *message, int flags) {
  size_t size = total(message->msg_iov, (int)message->msg_iovlen);
  struct iovec some[IOV_MAX];
  struct msghdr copy = *message;
  copy.msg_iov = some;
  ON_FILE(NET, "send", file, size, (
    copy.msg_iovlen = cut(message->msg_iov, (int)message->msg_iovlen, part(verdict, size), some),
    RAW3(sendmsg, file, &copy, flags)));
}

ssize_t read(int file, void *bytes, size_t size) { ON_FILE(READ, "read", file, size, RAW3(read, file, bytes, size)); }
ssize_t __read_chk(int file, void *bytes, size_t size, size_t all) { (void)all; return read(file, bytes, size); }
ssize_t pread(int file, void *bytes, size_t size, off_t place) {
  ON_FILE(READ, "read", file, size, RAW4(pread64, file, bytes, size, place));
}
ssize_t pread64(int file, void *bytes, size_t size, off_t place) { return pread(file, bytes, size, place); }
ssize_t readv(int file, const struct iovec *pieces, int count) {
  ON_FILE(READ, "read", file, total(pieces, count), RAW3(readv, file, pieces, count));
}
ssize_t recv(int file, void *bytes, size_t size, int flags) {
  ON_FILE(NET, "receive", file, size, RAW6(recvfrom, file, bytes, size, flags, 0, 0));
}
ssize_t recvfrom(int file, void *bytes, size_t size, int flags, struct sockaddr *from, socklen_t *length) {
  ON_FILE(NET, "receive", file, size, RAW6(recvfrom, file, bytes, size, flags, from, length));
}
ssize_t recvmsg(int file, struct msghdr *message, int flags) {
  ON_FILE(NET, "receive", file, 0, RAW3(recvmsg, file, message, flags));
}
int connect(int file, const struct sockaddr *address, socklen_t size) {
  ON_FILE(NET, "connect", file, 0, RAW3(connect, file, address, size));
}
int listen(int file, int backlog) { ON_FILE(NET, "listen", file, 0, RAW2(listen, file, backlog)); }
int bind(int file, const struct sockaddr *address, socklen_t size) {
  if (address->sa_family != AF_INET && address->sa_family != AF_INET6) return (int)RAW3(bind, file, address, size);
  ON_FILE(NET, "bind", file, 0, RAW3(bind, file, address, size));
}
int accept4(int file, struct sockaddr *address, socklen_t *size, int flags) {
  ON_FILE(NET, "accept", file, 0, RAW4(accept4, file, address, size, flags));
}
int accept(int file, struct sockaddr *address, socklen_t *size) { return accept4(file, address, size, 0); }

int flock(int file, int operation) { ON_FILE(LOCK, "flock", file, 0, RAW2(flock, file, operation)); }

static int do_fcntl(int file, int command, void *argument) {
  if (command != F_SETLK && command != F_SETLKW && command != F_OFD_SETLK && command != F_OFD_SETLKW)
    return (int)RAW3(fcntl, file, command, argument);
  ON_FILE(LOCK, ((struct flock *)argument)->l_type == F_UNLCK ? "unlock" : "lock", file, 0,
          RAW3(fcntl, file, command, argument));
}
#define ARGUMENT(last) \
  va_list list; \
  va_start(list, last); \
  void *argument = va_arg(list, void *); \
  va_end(list);
int fcntl(int file, int command, ...) { ARGUMENT(command) return do_fcntl(file, command, argument); }
int fcntl64(int file, int command, ...) { ARGUMENT(command) return do_fcntl(file, command, argument); }

/* Programs reach calls that have no function of their own by their number. */
long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
  long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
  va_end(list);
  if (number == SYS_renameat2) return renameat2((int)a, (char *)b, (int)c, (char *)d, (unsigned)e);
  return raw(number, a, b, c, d, e, f);
}
