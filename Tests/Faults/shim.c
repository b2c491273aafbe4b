/* Counts what a program does to files below one folder and to its sockets, and makes one of these
   operations fail.

   Loaded with LD_PRELOAD. The environment says what it does:

     FAULTS_ROOT   the folder that counts
     FAULTS_TRACE  a file that gets one line for each operation: family, bytes, identity
     FAULTS_AT     the identity of the operation that is attacked, or # and a number: the operation
                   that is this one of all that change something
     FAULTS_DO     kill-before, kill-after, torn, stop-before, stop-after, short, once, always
     FAULTS_ERRNO  the number of the error for once and always
     FAULTS_HIT    a file that is made when the operation is reached
     FAULTS_BOOT   what is read in place of the kernel's boot id
     FAULTS_JOURNAL  a file that gets everything that was written; see journal.py

   An identity is the operation, the path below the folder with digits taken out, and how often
   that operation was seen on such a path in this process: "pwrite .connector/ledger.sqlite-wal 7". */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "raw.h"
#include "shim.h"

struct settings settings;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool is_broken[FAMILIES];
static struct { char *name; unsigned count; } seen[4096];
static unsigned changes;
static __thread bool is_inside;

static const char *const words[] = {"make", "change", "write", "sync", "read", "lock", "net"};
static const char *const actions[] = {
  "none", "kill-before", "kill-after", "torn", "stop-before", "stop-after", "short", "once", "always"};

__attribute__((constructor)) static void start(void) {
  const char *root = getenv("FAULTS_ROOT"), *trace = getenv("FAULTS_TRACE");
  const char *action = getenv("FAULTS_DO"), *number = getenv("FAULTS_ERRNO");
  const char *journal = getenv("FAULTS_JOURNAL");
  if (!root) return;
  is_inside = true;
  settings.root = root;
  settings.at = getenv("FAULTS_AT");
  settings.hit = getenv("FAULTS_HIT");
  settings.boot = getenv("FAULTS_BOOT");
  settings.error = number ? atoi(number) : EIO;
  settings.trace = settings.journal = -1;
  int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  if (trace) settings.trace = RAW4(openat, AT_FDCWD, trace, flags, 0600);
  if (journal) settings.journal = RAW4(openat, AT_FDCWD, journal, flags, 0600);
  for (int one = 0; action && one < (int)(sizeof actions / sizeof *actions); one++)
    if (!strcmp(action, actions[one])) settings.action = one;
  is_inside = false;
}

/* A path below the root without what differs from run to run. */
static void plain(const char *path, char *out) {
  char *end = out + PATH_MAX - 1;
  while (*path && out < end) {
    size_t hex = strspn(path, "0123456789abcdef"), digits = strspn(path, "0123456789");
    size_t length = hex >= 8 ? hex : digits;
    if (length) *out++ = hex >= 8 ? '#' : '0';
    else *out++ = *path, length = 1;
    path += length;
  }
  *out = 0;
}

/* Gives the part below the root, or NULL. Paths that are no longer than needed are expected. */
const char *below(const char *path) {
  size_t length = strlen(settings.root);
  if (strncmp(path, settings.root, length)) return NULL;
  while (path[length] == '/' || (path[length] == '.' && path[length - 1] == '/' && path[length + 1] == '/'))
    length++;
  return path + length;
}

const char *whole_path(int folder, const char *path, char *out) {
  char base[PATH_MAX] = "";
  if (*path != '/') {
    if (folder == AT_FDCWD) {
      if (RAW2(getcwd, base, sizeof base) < 0) return NULL;
    } else if (!file_path(folder, base)) {
      return NULL;
    }
  }
  while (!strncmp(path, "./", 2)) path += 2;
  snprintf(out, PATH_MAX, *path == '/' ? "%s%s" : "%s/%s", base, path);
  return out;
}

bool file_path(int file, char *out) {
  char link[40];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = RAW4(readlinkat, AT_FDCWD, link, out, PATH_MAX - 1);
  if (length < 0) return false;
  out[length] = 0;
  return true;
}

/* Whether a descriptor is a file below the root or a connection of the internet, and its name. */
static const char *target(int file, char *out) {
  if (!file_path(file, out)) return NULL;
  if (!strncmp(out, "socket:", 7)) {
    struct sockaddr_storage own;
    socklen_t size = sizeof own;
    if (getsockname(file, (struct sockaddr *)&own, &size) != 0) return NULL;
    return own.ss_family == AF_INET || own.ss_family == AF_INET6 ? "socket" : NULL;
  }
  return below(out);
}

/* Counts under the lock; says how often this identity was seen. */
static unsigned count(const char *name) {
  uint32_t place = 2166136261u;
  for (const char *byte = name; *byte; byte++) place = (place ^ (uint8_t)*byte) * 16777619u;
  for (;; place++) {
    place %= sizeof seen / sizeof *seen;
    if (!seen[place].name) seen[place].name = strdup(name);
    if (!strcmp(seen[place].name, name)) return ++seen[place].count;
  }
}

static void end(int number) {
  RAW2(kill, getpid(), number);
  if (number == SIGKILL) for (;;) sleep(1);
}

static void hit(void) {
  if (settings.hit) {
    int file = RAW4(openat, AT_FDCWD, settings.hit, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) RAW1(close, file);
  }
}

/* What can still be done once a disk is full, or a folder may not be written any more. */
static bool is_spared(enum family family) {
  switch (settings.error) {
  case ENOSPC: return family == READ || family == LOCK;
  case EACCES: return family != MAKE && family != CHANGE;
  default: return family == LOCK;
  }
}

static bool is_wanted(const char *text, enum family family) {
  if (*settings.at != '#') return !strcmp(text, settings.at);
  return family != READ && family != LOCK && changes == (unsigned)atoi(settings.at + 1);
}

struct verdict begin(enum family family, const char *operation, const char *name, size_t bytes) {
  struct verdict verdict = {.action = NONE};
  char spelled[PATH_MAX], text[PATH_MAX + 100];
  plain(name, spelled);
  snprintf(text, sizeof text, "%s %s", operation, spelled);
  pthread_mutex_lock(&lock);
  unsigned number = count(text);
  size_t length = strlen(text);
  snprintf(text + length, sizeof text - length, " %u", number);
  if (settings.trace >= 0) {
    char line[PATH_MAX + 200];
    int size = snprintf(line, sizeof line, "%s %zu %s\n", words[family], bytes, text);
    RAW3(write, settings.trace, line, size);
  }
  if (family != READ && family != LOCK) changes++;
  bool is_reached = settings.at && is_wanted(text, family);
  if (is_reached) verdict.action = settings.action;
  if (is_reached && settings.action == ALWAYS)
    for (int one = 0; one < FAMILIES; one++)
      is_broken[one] = (one == NET) == (family == NET) && (one == (int)family || !is_spared(one));
  if (is_broken[family]) verdict.action = ONCE;
  if (is_reached) hit();
  if (verdict.action == KILL_BEFORE) end(SIGKILL);
  pthread_mutex_unlock(&lock);
  if (verdict.action == STOP_BEFORE) end(SIGSTOP);
  return verdict;
}

static const char *named(const char *path) { return *path ? path : "."; }

struct verdict begin_path(enum family family, const char *operation, int folder, const char *path) {
  char whole[PATH_MAX * 2];
  if (!settings.root || is_inside || !path || !whole_path(folder, path, whole) || !below(whole))
    return (struct verdict){.action = UNSEEN};
  is_inside = true;
  struct verdict verdict = begin(family, operation, named(below(whole)), 0);
  is_inside = false;
  return verdict;
}

struct verdict begin_file(enum family family, const char *operation, int file, size_t bytes) {
  char path[PATH_MAX];
  int number = errno;
  const char *name = settings.root && !is_inside ? target(file, path) : NULL;
  errno = number;
  if (!name) return (struct verdict){.action = UNSEEN};
  bool is_socket = !strcmp(name, "socket");
  is_inside = true;
  struct verdict verdict = begin(is_socket ? NET : family, operation, named(name), bytes);
  is_inside = false;
  return verdict;
}

void finish(struct verdict verdict) {
  int number = errno;
  if (verdict.action == KILL_AFTER || verdict.action == TORN) end(SIGKILL);
  if (verdict.action == STOP_AFTER) end(SIGSTOP);
  errno = number;
}
