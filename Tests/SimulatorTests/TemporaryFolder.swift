import Glibc

/// A folder of its own for one test; gone with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/dstore-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      String(cString: mkdtemp(buffer.baseAddress!))
    }
  }

  deinit { run("rm", "-rf", path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  func write(_ name: String, _ text: String) -> String {
    let path = file(name)
    let handle = fopen(path, "w")
    fputs(text, handle)
    fclose(handle)
    return path
  }

  func bytes(_ name: String) -> [UInt8]? {
    guard let handle = fopen(file(name), "r") else { return nil }
    defer { fclose(handle) }
    var bytes: [UInt8] = []
    var byte = fgetc(handle)
    while byte != EOF {
      bytes.append(UInt8(byte))
      byte = fgetc(handle)
    }
    return bytes
  }

  func names() -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// Runs a program and waits for it; its output is dropped.
/// - Returns: its exit status.
@discardableResult
func run(_ arguments: String...) -> Int32 { run(arguments) }

@discardableResult
func run(_ arguments: [String]) -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for descriptor: Int32 in 0...2 {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
  }
  var words = arguments.map { strdup($0) } + [nil]
  defer { words.forEach { free($0) } }
  var child: pid_t = 0
  guard posix_spawnp(&child, arguments[0], &actions, nil, &words, environ) == 0 else { return -1 }
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0 && errno == EINTR {}
  return status >> 8
}
