import Glibc

/// The memory of this process, which holds keys and customers' data, written to a file by the kernel.
enum CoreDumps {
  /// Has none written from now on, whatever ends the process.
  static func forbid() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    // A handler of core dumps, such as systemd's, gets them whatever that limit is; so they hold
    // nothing (core(5)).
    let filter = open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC)
    guard filter >= 0 else { return }
    write(filter, "0", 1)
    close(filter)
  }
}
