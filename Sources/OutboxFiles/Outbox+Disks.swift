import DurableFiles
import Records

extension Outbox {
  /// How many times another disk or share begins on the way to a folder, from the folder that holds
  /// the outbox on. Fewer than before means that one of them is not mounted any more, and that the
  /// empty folder beneath it has come to light.
  ///
  /// The numbers of devices themselves say less: they change when a machine starts, or when a share
  /// is mounted again.
  /// - Returns: nothing where one of the folders is missing.
  package func disks(to folder: String) -> Int? {
    guard var here = try? Folder.open(path) else { return nil }
    var devices = [(try? Folder.open(path.root.above)).flatMap(device), device(of: here)]
    for part in folder.split(separator: "/") {
      guard let next = try? here.folder(String(part)) else { return nil }
      here = next
      devices.append(device(of: here))
    }
    return zip(devices, devices.dropFirst()).count { $0 != $1 }
  }

  private func device(of folder: Folder) -> UInt64? { try? folder.status().stamp.device }
}
