/* The journal of what a program did to the files below the root, with all data, in the order in which
   it was done: a header line for each, and behind that of a write its bytes. */

#define _GNU_SOURCE
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "raw.h"
#include "shim.h"

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

void lock_journal(void) {
  if (settings.journal >= 0) pthread_mutex_lock(&order);
}

void unlock_journal(void) {
  if (settings.journal >= 0) pthread_mutex_unlock(&order);
}

static bool is_file(int file, struct stat *found) {
  return RAW2(fstat, file, found) == 0 && (S_ISREG(found->st_mode) || S_ISDIR(found->st_mode));
}

static void put(const char *text) { RAW3(write, settings.journal, text, strlen(text)); }

void note_path(char word, int folder, const char *path) {
  char whole[PATH_MAX * 2], line[PATH_MAX * 2 + 40];
  struct stat found = {.st_ino = 0};
  if (!whole_path(folder, path, whole)) return;
  if (word != 'U') RAW4(newfstatat, folder, path, &found, 0);
  snprintf(line, sizeof line, "%c %lu %s\n", word, (unsigned long)found.st_ino, below(whole));
  put(line);
}

void note_paths(char word, int from, const char *old, int to, const char *new) {
  char before[PATH_MAX * 2], after[PATH_MAX * 2], line[PATH_MAX * 4 + 40];
  if (!whole_path(from, old, before) || !whole_path(to, new, after) || !below(before)) return;
  snprintf(line, sizeof line, "%c %s\t%s\n", word, below(before), below(after));
  put(line);
}

void note_size(int file) {
  struct stat found;
  char line[80];
  if (!is_file(file, &found)) return;
  snprintf(line, sizeof line, "T %lu %lld\n", (unsigned long)found.st_ino, (long long)found.st_size);
  put(line);
}

void note_sync(int file) {
  struct stat found;
  char line[80];
  if (!is_file(file, &found)) return;
  snprintf(line, sizeof line, "S %lu\n", (unsigned long)found.st_ino);
  put(line);
}

void note_write(int file, const struct iovec *pieces, int count, off_t place) {
  struct stat found;
  char line[80];
  size_t size = 0;
  if (!is_file(file, &found)) return;
  for (int one = 0; one < count; one++) size += pieces[one].iov_len;
  if (place < 0) place = lseek(file, 0, SEEK_CUR) - (off_t)size;
  snprintf(line, sizeof line, "W %lu %lld %zu\n", (unsigned long)found.st_ino, (long long)place, size);
  put(line);
  RAW3(writev, settings.journal, pieces, count);
}
