import ExportReading
import JSON
import Records
import RowMapping

extension RecordPass {
  /// Reads a JSON file.
  func elements<Mapper: RecordTaker>(
    of source: ExportPass.Source, into mapper: Mapper
  ) throws(Problems) -> Reading<Mapper> {
    if let stated = plan.file.format.encoding {
      let mistaken = try explained { () throws(Problem) in
        try MistakenEncoding.problem(path: source.path, name: source.display, stated: stated)
      }
      if let mistaken { throw Problems([mistaken]) }
    }
    return try elements(source, into: mapper) { () throws(Problem) in
      try FileSource(path: source.path, name: source.display)
    }
  }

  /// Reads a JSON text, as it stands in a mapping's tests.
  func elements<Mapper: RecordTaker>(
    ofText text: String, display: String, into mapper: Mapper
  ) throws(Problems) -> Reading<Mapper> {
    let source = ExportPass.Source(path: "", display: display, name: "test")
    return try elements(source, into: mapper) { MemorySource([UInt8](text.utf8)) }
  }

  private func elements<Mapper: RecordTaker>(
    _ source: ExportPass.Source, into mapper: Mapper,
    _ open: () throws(Problem) -> any ByteSource
  ) throws(Problems) -> Reading<Mapper> {
    try explained { () throws(Problem) in
      let root = plan.readsRoot ? try self.root(of: source, try open()) : nil
      _ = try read(source, try open()) { reader, element throws(Problem) in
        try mapper.take(element, key: reader.key, line: reader.line, root: root?.root)
      }
    }
    return Reading(
      mapper: mapper, notes: [isLines ? "JSON, one value a line" : "JSON"], header: [],
      delimiter: UInt8(ascii: ","))
  }

  /// Fields of the root may stand behind the list, so they are read in a pass of their own.
  private func root(
    of source: ExportPass.Source, _ bytes: any ByteSource
  ) throws(Problem) -> JSONDocument? {
    try read(source, bytes) { _, _ in }.rest
  }

  private func read(
    _ source: ExportPass.Source, _ bytes: any ByteSource,
    _ take: (JSONListReader, JSONValue) throws(Problem) -> Void
  ) throws(Problem) -> JSONListReader {
    let text = try TextSource(bytes, name: source.display, stated: plan.file.format.encoding)
    let reader = JSONListReader(
      source: text, path: plan.listPath, mode: isLines ? .lines : .json)
    while let element = try next(of: reader, source) {
      try take(reader, element)
      if let file = bytes as? FileSource { progress(file.bytesRead, file.size) }
    }
    guard reader.found || isLines else { throw missingList(source) }
    return reader
  }

  private func next(
    of reader: JSONListReader, _ source: ExportPass.Source
  ) throws(Problem) -> JSONValue? {
    do throws(JSONFault) {
      return try reader.next()
    } catch {
      throw error.problem(file: source.display)
    }
  }

  private var isLines: Bool { plan.file.format.kind == .jsonLines }

  private func missingList(_ source: ExportPass.Source) -> Problem {
    Problem(
      "missing-list",
      at: Place(file: source.display, field: plan.listPath.joined(separator: ".")),
      "the export has no such list, which the mapping's rows: names",
      remedy: "Compare rows: in \(plan.file.path) with the export.")
  }
}
