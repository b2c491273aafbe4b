import ExportReading
import Records
import RowMapping

extension ExportPass {
  /// Reads an export of separated values.
  func rows(
    of source: Source, _ tables: [JoinedFile], _ sink: any ProductSink,
    _ known: (_ id: String, _ store: Int) -> Bool
  ) throws(Problems) -> Result {
    let survey = try explained { () throws(Problem) in
      try Surveyor.survey(path: source.path, name: source.display, as: statement)
    }
    let reader = try explained { () throws(Problem) in
      try CSVReader(path: source.path, name: source.display, survey: survey)
    }
    let mapper = try ProductMapper(
      mapping, file: (source.name, source.display), header: reader.header, joined: tables,
      stores: stores, sink: sink)
    let outcome = try explained { () throws(Problem) in
      while let row = try reader.next() {
        try mapper.take(row, faults: reader.faults)
        if row.record & 0x3FFF == 0 { progress(reader.bytesRead, survey.size) }
      }
      return try mapper.finish(known: known)
    }
    return Result(
      outcome: outcome, notes: [format(survey)] + survey.notes, header: reader.header,
      delimiter: survey.dialect.delimiter)
  }

  private func format(_ survey: Survey) -> String {
    let quote =
      survey.dialect.quote == CSVDialect.noQuote
      ? "no quotes" : "quote " + String(decoding: [survey.dialect.quote], as: UTF8.self)
    let header = survey.headerLine.map { "header on line \($0)" } ?? "no header"
    return "CSV: \(survey.encoding), \(survey.dialect.delimiterName), \(quote), \(header)"
  }

  /// Reads a small file that belongs to the main one.
  func table(_ source: Source) throws(Problem) -> JoinedFile {
    let survey = try Surveyor.survey(path: source.path, name: source.display, as: statement)
    let reader = try CSVReader(path: source.path, name: source.display, survey: survey)
    let rows = RowStore()
    while let row = try reader.next() {
      if let fault = reader.fault { throw fault }
      rows.append(row)
    }
    return JoinedFile(display: source.display, header: reader.header, rows: rows)
  }

  private var statement: FormatStatement {
    let format = mapping.file.format
    return FormatStatement(
      encoding: format.encoding, delimiter: format.delimiter, quote: format.quote,
      skipLines: format.skipLines, hasHeader: format.hasHeader, lastLine: format.lastLine,
      wantedHeaders: mapping.wantedHeaders)
  }
}
