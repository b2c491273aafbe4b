import Flows
import Glibc
import InboxFiles
import Records
import RowMapping

/// Finds the exports that a person names on the command line.
struct InboxPath {
  let workspace: String

  /// The name relative to `Inbox/`; nothing for a file elsewhere.
  func name(of file: String) throws(Problem) -> String? {
    guard let real = realpath(file, nil) ?? realpath("\(workspace)/\(file)", nil) else {
      throw Problem(
        "no-file", at: Place(file: file), "there is no such file",
        remedy: "Name it as you see it from this folder, such as Inbox/products/menu.csv.")
    }
    defer { free(real) }
    let path = String(cString: real)
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Problem(
        "no-file", at: Place(file: file), "this is not a file",
        remedy: "Name one export, such as Inbox/products/menu.csv.")
    }
    let prefix = "\(workspace)/Inbox/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }

  /// The main file, and the newest of each file that belongs to it.
  func sources(
    main file: String, name: String?, mapping: ProductMapping
  ) throws(Problem) -> [ExportPass.Source] {
    let path = name.map { "\(workspace)/Inbox/\($0)" } ?? file
    let base = path.split(separator: "/").last.map(String.init) ?? path
    var sources = [
      ExportPass.Source(path: path, display: name.map { "Inbox/\($0)" } ?? file, name: base)
    ]
    guard mapping.file.files.count > 1 else { return sources }
    let listing = try Inbox(root: "\(workspace)/Inbox").listing()
    for pattern in mapping.file.files.dropFirst() {
      guard
        let match = listing.files.last(where: { Inbox.matches($0.name, pattern: pattern.pattern) })
      else {
        throw Problem(
          "no-file", at: Place(file: "Inbox/\(pattern.pattern)"),
          "the file that belongs to \(base) is not there",
          remedy: "Put it into the inbox too; \(mapping.file.path) reads both.")
      }
      sources.append(
        ExportPass.Source(
          path: "\(workspace)/Inbox/\(match.name)", display: "Inbox/\(match.name)",
          name: match.name.split(separator: "/").last.map(String.init) ?? match.name))
    }
    return sources
  }
}
