/* What the two halves of the shim share. */

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

/* MAKE: a new name. CHANGE: a name that goes or moves. */
enum family { MAKE, CHANGE, WRITE, SYNC, READ, LOCK, NET, FAMILIES };

enum action { NONE, KILL_BEFORE, KILL_AFTER, TORN, STOP_BEFORE, STOP_AFTER, SHORT, ONCE, ALWAYS, UNSEEN };

struct settings {
  const char *root, *at, *hit, *boot;
  enum action action;
  int error, trace, journal;
};

struct verdict { enum action action; };

extern struct settings settings;

/* Counts an operation, and does what is to be done before it. */
struct verdict begin_path(enum family family, const char *operation, int folder, const char *path);
struct verdict begin_file(enum family family, const char *operation, int file, size_t bytes);

/* Does what is to be done after it. */
void finish(struct verdict verdict);

bool file_path(int file, char *out);
const char *whole_path(int folder, const char *path, char *out);

/* Write to the journal what was done; see journal.py. Of a path below the root, or of an open file. */
void lock_journal(void);
void unlock_journal(void);
void note_path(char word, int folder, const char *path);
void note_paths(char word, int from, const char *old, int to, const char *new);
void note_size(int file);
void note_sync(int file);
/* `place` below zero: where the file stands now. */
void note_write(int file, const struct iovec *pieces, int count, off_t place);

/* The part of a whole path below the root, or NULL. */
const char *below(const char *path);
