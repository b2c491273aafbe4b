import Glibc

/// Which boot of the machine this is (random(4)): what happened in another one may have been lost
/// in a power cut.
enum BootId {
  /// Nothing where the kernel does not say.
  static let current: String? = {
    guard let file = fopen("/proc/sys/kernel/random/boot_id", "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, 64, file) != nil else { return nil }
    return String(decoding: line.prefix { $0 > 0x20 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()
}
