import ExportReading
import JSON
import Records
import RowMapping

extension RecordPass {
  /// What a reader of JSON comes to.
  private enum Record {
    case element(JSONValue)
    /// A line that is no JSON, where each line is a value.
    case broken(Problem)
  }

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
      _ = try read(source, try open()) { reader, record throws(Problem) in
        switch record {
        case .element(let element):
          let faults = reader.elementFault.map { [$0.problem(file: source.display)] } ?? []
          try mapper.take(
            element, key: reader.key, line: reader.line, root: root?.root, faults: faults)
        case .broken(let fault): try mapper.take(brokenLine: reader.line, fault)
        }
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
    _ take: (JSONListReader, Record) throws(Problem) -> Void
  ) throws(Problem) -> JSONListReader {
    let text = try TextSource(bytes, name: source.display, stated: plan.file.format.encoding)
    let reader = JSONListReader(
      source: text, path: plan.listPath, mode: isLines ? .lines : .json)
    var isSurveyed = false
    while let record = try next(of: reader, source, &isSurveyed) {
      try take(reader, record)
      if let file = bytes as? FileSource { progress(file.bytesRead, file.size) }
    }
    guard reader.found || isLines else { throw missingList(source) }
    return reader
  }

  private func next(
    of reader: JSONListReader, _ source: ExportPass.Source, _ isSurveyed: inout Bool
  ) throws(Problem) -> Record? {
    do throws(JSONFault) {
      return try reader.next().map(Record.element)
    } catch {
      let problem = error.problem(file: source.display)
      if !isSurveyed, !source.path.isEmpty { try refuseEncoding(of: source) }
      isSurveyed = true
      guard reader.canGoOn else { throw problem }
      return .broken(problem)
    }
  }

  /// Says it where the file is not in the encoding that it is read in: what is no JSON then follows
  /// from that.
  private func refuseEncoding(of source: ExportPass.Source) throws(Problem) {
    do throws(Problem) {
      try Surveyor.surveyText(
        path: source.path, name: source.display, type: plan.file.format.kind.rawValue,
        stated: plan.file.format.encoding, isStrict: !isLines)
    } catch {
      if ["bad-byte", "cut-off"].contains(error.code) { throw error }
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
