import DurableFiles
import Records

/// Why something in the inbox is never opened.
enum Refusal {
  case link, pipe, device, unreadableName, tooDeep

  func problem(_ path: FilePath) -> Problem {
    let words = words
    return Problem(words.code, at: Place(file: path.shown), words.message, remedy: words.remedy)
  }

  private var words: (code: String, message: String, remedy: String) {
    switch self {
    case .link:
      (
        "not-a-file", "it is a link, and only regular files are read",
        "Put the file itself there; a folder that lies elsewhere can be mounted in its place."
      )
    case .pipe:
      (
        "not-a-file", "it is a pipe or socket, and only regular files are read",
        "Let the POS write a file, and remove this."
      )
    case .device:
      ("not-a-file", "it is a device, and only regular files are read", "Remove it.")
    case .unreadableName:
      (
        "file-name", "its name is not UTF-8 text or holds control characters",
        "Rename it, or let the POS write names of plain letters and digits."
      )
    case .tooDeep:
      (
        "too-deep", "it lies in more than \(FolderWalk.depthLimit) folders",
        "Move it closer to the inbox."
      )
    }
  }
}
