/* What the two halves of the shim share. */

#include <stdbool.h>
#include <stddef.h>

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
