import ExportReading
import JSON
import Records
import RowMapping

extension ExportPass {
  /// Reads a JSON export.
  func elements(
    of source: Source, _ tables: [JoinedFile], _ sink: any ProductSink,
    _ known: (_ id: String, _ store: Int) -> Bool
  ) throws(Problems) -> Result {
    let outcome = try elements(source, tables, sink, known) { () throws(Problem) in
      try FileSource(path: source.path, name: source.display)
    }
    return Result(
      outcome: outcome,
      notes: [isLines ? "JSON, one value a line" : "JSON"] + unmet(outcome), header: [],
      delimiter: UInt8(ascii: ","))
  }

  private func unmet(_ outcome: MappingOutcome) -> [String] {
    outcome.unmet.isEmpty
      ? [] : ["No record has what the mapping names: \(outcome.unmet.joined(separator: ", "))"]
  }

  /// Reads a JSON text, as it stands in a mapping's tests.
  func elements(
    ofText text: String, display: String, _ sink: any ProductSink
  ) throws(Problems) -> MappingOutcome {
    let source = Source(path: "", display: display, name: "test")
    return try elements(source, [], sink, { _, _ in false }) { MemorySource([UInt8](text.utf8)) }
  }

  private func elements(
    _ source: Source, _ tables: [JoinedFile], _ sink: any ProductSink,
    _ known: (_ id: String, _ store: Int) -> Bool, _ open: () throws(Problem) -> any ByteSource
  ) throws(Problems) -> MappingOutcome {
    let mapper = try ProductMapper(
      mapping, file: (source.name, source.display), header: [], joined: tables, stores: stores,
      sink: sink)
    return try explained { () throws(Problem) in
      let root = mapping.readsRoot ? try self.root(of: source, try open()) : nil
      _ = try read(source, try open()) { reader, element throws(Problem) in
        try mapper.take(element, key: reader.key, line: reader.line, root: root?.root)
      }
      return try mapper.finish(known: known)
    }
  }

  /// Fields of the root may stand behind the list, so they are read in a pass of their own.
  private func root(of source: Source, _ bytes: any ByteSource) throws(Problem) -> JSONDocument? {
    try read(source, bytes) { _, _ in }.rest
  }

  private func read(
    _ source: Source, _ bytes: any ByteSource,
    _ take: (JSONListReader, JSONValue) throws(Problem) -> Void
  ) throws(Problem) -> JSONListReader {
    let text = try TextSource(bytes, name: source.display, stated: mapping.file.format.encoding)
    let reader = JSONListReader(
      source: text, path: mapping.listPath, mode: isLines ? .lines : .json)
    while let element = try next(of: reader, source) {
      try take(reader, element)
      if let file = bytes as? FileSource { progress(file.bytesRead, file.size) }
    }
    guard reader.found || isLines else { throw missingList(source) }
    return reader
  }

  private func next(of reader: JSONListReader, _ source: Source) throws(Problem) -> JSONValue? {
    do throws(JSONFault) {
      return try reader.next()
    } catch {
      throw error.problem(file: source.display)
    }
  }

  private var isLines: Bool { mapping.file.format.kind == .jsonLines }

  private func missingList(_ source: Source) -> Problem {
    Problem(
      "missing-list",
      at: Place(file: source.display, field: mapping.listPath.joined(separator: ".")),
      "the export has no such list, which the mapping's rows: names",
      remedy: "Compare rows: in \(mapping.file.path) with the export.")
  }
}
