import ExportReading
import JSON
import Records
import RowMapping

/// Reads the records of one file and gives them to a mapper, whatever the mapper makes of them.
struct RecordPass {
  /// What was read, and what was found out about the format on the way.
  struct Reading<Mapper> {
    let mapper: Mapper
    let notes: [String]
    let header: [String]
    let delimiter: UInt8
  }

  let plan: RecordPlan
  let progress: (_ bytesRead: Int, _ size: Int) -> Void

  /// Reads a file of separated values.
  ///
  /// Only a pass over the whole file can tell for sure how it is written. Its beginning nearly always
  /// does, so the rows of a long one can be mapped meanwhile as that says; where it was wrong, or the
  /// file turns out to be unusable, nothing of that counts.
  ///
  /// - Parameters:
  ///   - mayStartOver: whether `make` may be called a second time, after which nothing must be left
  ///     of the first mapper's work.
  ///   - make: makes the mapper for this header.
  func rows<Mapper: RecordTaker>(
    of source: ExportPass.Source, mayStartOver: Bool = false,
    _ make: (_ header: [String]) throws(Problems) -> Mapper
  ) throws(Problems) -> Reading<Mapper> {
    let statement = statement
    let survey = { @Sendable () throws(Problem) in
      try Surveyor.survey(path: source.path, name: source.display, as: statement)
    }
    guard mayStartOver,
      let guess = Surveyor.guess(path: source.path, name: source.display, as: statement)
    else {
      let found = try explained(survey)
      return Reading(try map(source, found.layout, make), found)
    }
    let aside = Aside(survey)
    let attempt = Result { () throws(Problems) in try map(source, guess, make) }
    let found = try explained(aside.value)
    let isRight = found.layout == guess
    return Reading(isRight ? try attempt.get() : try map(source, found.layout, make), found)
  }

  private func map<Mapper: RecordTaker>(
    _ source: ExportPass.Source, _ layout: TableLayout,
    _ make: (_ header: [String]) throws(Problems) -> Mapper
  ) throws(Problems) -> Mapper {
    let reader = try explained { () throws(Problem) in
      try CSVReader(path: source.path, name: source.display, layout: layout)
    }
    let mapper = try make(reader.header)
    let trailing = mapper.trailingRows
    try explained { () throws(Problem) in
      while let row = try reader.next() {
        if trailing.hold(row, fault: reader.fault) { continue }
        try trailing.release { row throws(Problem) in try mapper.take(row, faults: []) }
        try mapper.take(row, faults: reader.faults)
        if row.record & 0x3FFF == 0 { progress(reader.bytesRead, reader.size) }
      }
    }
    trailing.forEach(mapper.leaveOut)
    return mapper
  }

  /// Reads a small file that belongs to the main one.
  func table(_ source: ExportPass.Source) throws(Problem) -> JoinedFile {
    let survey = try Surveyor.survey(path: source.path, name: source.display, as: statement)
    let reader = try CSVReader(path: source.path, name: source.display, layout: survey.layout)
    let rows = RowStore()
    while let row = try reader.next() {
      if let fault = reader.fault { throw fault }
      rows.append(row)
    }
    return JoinedFile(display: source.display, header: reader.header, rows: rows)
  }

  private var statement: FormatStatement {
    let format = plan.file.format
    return FormatStatement(
      encoding: format.encoding, delimiter: format.delimiter, quote: format.quote,
      escape: format.escape, skipLines: format.skipLines, hasHeader: format.hasHeader,
      lastLine: format.lastLine,
      wantedHeaders: plan.wantedHeaders)
  }

  func explained<Value>(_ body: () throws(Problem) -> Value) throws(Problems) -> Value {
    do throws(Problem) {
      return try body()
    } catch {
      throw Problems([error])
    }
  }
}

extension RecordPass.Reading {
  init(_ mapper: Mapper, _ survey: Survey) {
    self.init(
      mapper: mapper, notes: [Self.format(survey)] + survey.notes, header: survey.header,
      delimiter: survey.dialect.delimiter)
  }

  private static func format(_ survey: Survey) -> String {
    let quote =
      survey.dialect.quote == CSVDialect.noQuote
      ? "no quotes" : "quote " + String(decoding: [survey.dialect.quote], as: UTF8.self)
    let header = survey.headerLine.map { "header on line \($0)" } ?? "no header"
    return "CSV: \(survey.encoding), \(survey.dialect.delimiterName), \(quote), \(header)"
  }
}
