import Records

#if canImport(Glibc)
  import Glibc
#endif

/// A file that a setting names.
struct SettingFile {
  /// As the user wrote it.
  let name: String
  /// Where it really is.
  let path: String
  /// The setting's place.
  let place: Place
  /// The words for it in messages.
  let role: String

  /// - Parameter workspace: where relative paths begin.
  init(_ name: String, role: String, at place: Place, workspace: String) {
    self.name = name
    self.role = role
    self.place = place
    path = Self.path(name, in: workspace)
  }

  /// A path as it is seen from the process's own folder.
  static func path(_ name: String, in workspace: String) -> String {
    if name.hasPrefix("/") || workspace.isEmpty { return name }
    return workspace.hasSuffix("/") ? workspace + name : "\(workspace)/\(name)"
  }

  /// What it holds.
  ///
  /// - Parameter isSecret: refuse it where anybody but its owner can read it.
  /// - Throws: why it cannot be used, with what to do.
  func contents(isSecret: Bool = false) throws(Problem) -> [UInt8] {
    // Without O_NONBLOCK the opening of a pipe waits for somebody who writes to it.
    let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw unopened(errno) }
    defer { close(file) }
    var state = stat()
    guard fstat(file, &state) == 0 else { throw unopened(errno) }
    guard state.st_mode & S_IFMT == S_IFREG else {
      throw problem(
        "not-a-file", "is not a regular file",
        remedy: "Name a file; a folder or a pipe cannot be read.")
    }
    let mode = state.st_mode & 0o777
    guard !isSecret || mode & 0o077 == 0 else {
      throw problem(
        "key-readable",
        "can be used by others on this machine (mode \(String(mode, radix: 8)))",
        remedy: "Run `chmod 600 \(name)`; if others had access until now, make a new key.")
    }
    if isSecret { try checkFolder() }
    guard state.st_size <= Self.limit else {
      throw problem("file-too-large", "is too large to be one", remedy: "Name the right file.")
    }
    return try contents(of: file)
  }

  /// The same as text.
  func text(isSecret: Bool = false) throws(Problem) -> String {
    let bytes = try contents(isSecret: isSecret)
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
      throw problem(
        "key-format", "is binary",
        remedy: "Turn a copy of it into text with `openssl pkey -inform DER -in \(name)`.")
    }
    return text
  }

  /// The bytes of a workspace's connector.yaml.
  ///
  /// - Throws: where it is missing, what the smallest one looks like.
  static func settings(of workspace: String) throws(Problem) -> [UInt8] {
    let file = SettingFile(
      Settings.file, role: "the settings", at: Place(file: Settings.file), workspace: workspace)
    do throws(Problem) {
      return try file.contents()
    } catch {
      var problem = error
      problem.value = nil
      guard error.code == "no-file" else { throw problem }
      problem.message = "there are no settings in \(workspace.isEmpty ? "." : workspace)"
      problem.remedy = """
        Write the file; the smallest one is the two lines "environment: simulator" and \
        "stores: [my-store]". Another folder is named with --workspace DIR.
        """
      throw problem
    }
  }

  /// Whether something that is no folder stands there.
  var isInTheWayOfFolder: Bool {
    var state = stat()
    return stat(path, &state) == 0 && state.st_mode & S_IFMT != S_IFDIR
  }

  func problem(_ code: String, _ fault: String, remedy: String) -> Problem {
    Problem(code, at: place, value: name, "\(role) \(fault)", remedy: remedy)
  }

  /// Refuses a folder in which others could put another file in this one's place.
  private func checkFolder() throws(Problem) {
    guard let real = realpath(path, nil) else { throw unopened(errno) }
    defer { free(real) }
    for path in [path, String(cString: real)] {
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      guard let fault = FolderAccess.fault(of: folder.isEmpty ? "/" : folder) else { continue }
      throw problem(
        "key-folder", "lies in a folder that others on this machine can write (\(fault.words))",
        remedy: "\(fault.remedy); if others had access until now, make a new key.")
    }
  }

  private static let limit = 1 << 20

  private func contents(of file: Int32) throws(Problem) -> [UInt8] {
    let room = Self.limit + 1
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < room {
      let count = read(file, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unopened(errno) }
      if count == 0 { break }
      bytes += block.prefix(count)
    }
    return bytes
  }

  private func unopened(_ error: Int32) -> Problem {
    let relative =
      name.hasPrefix("/") ? "" : " Relative paths begin at the workspace; this one is \(path)."
    if error == ENOENT || error == ENOTDIR {
      return problem("no-file", "does not exist", remedy: "Check the path.\(relative)")
    }
    return problem(
      "file-unreadable", "cannot be read: \(String(cString: strerror(error)))",
      remedy: "Let the user that runs the connector read it.\(relative)")
  }
}
