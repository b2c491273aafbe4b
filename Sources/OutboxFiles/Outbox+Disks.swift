import DurableFiles
import Glibc

extension Outbox {
  /// How many times another disk or share begins on the way to a folder, from the folder that holds
  /// the outbox on. Fewer than before means that one of them is not mounted any more, and that the
  /// empty folder beneath it has come to light.
  ///
  /// The numbers of devices themselves say less: they change when a machine starts, or when a share
  /// is mounted again.
  /// - Returns: nothing where one of the folders is missing.
  package func disks(to folder: String) -> Int? {
    var paths = [path.folder.real, path.real]
    for part in folder.split(separator: "/") { paths.append("\(paths[paths.count - 1])/\(part)") }
    var devices: [UInt64] = []
    for path in paths {
      var found = stat()
      guard stat(path, &found) == 0 else { return nil }
      devices.append(UInt64(found.st_dev))
    }
    return zip(devices, devices.dropFirst()).count { $0 != $1 }
  }
}
