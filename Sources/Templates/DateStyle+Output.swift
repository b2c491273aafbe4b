package import Records

extension DateStyle {
  /// Reads a time of D-Store's and writes it as the clock in ``zone`` shows it: as the pattern
  /// says, without one as ISO 8601.
  ///
  /// It reads ISO 8601, in ``zone`` where that says no offset, and 13 digits of milliseconds since
  /// 1970.
  /// - Throws: a problem without a place.
  package func local(_ bytes: Bytes, into output: ByteOutput) throws(Problem) {
    guard let moment = epochSeconds(bytes) else {
      throw Problem(
        "time", value: bytes.text, "this is no time of ISO 8601",
        remedy: "Take the filter date away, and the field is written as it came.")
    }
    let time = zone.time(at: moment)
    if let pattern, pattern.isUnix {
      output.append(text: String(moment))
    } else if let pattern {
      pattern.write(time, yearsAhead: yearsAhead, to: output)
    } else {
      write(time, zone.offsetSeconds(at: moment) / 60, to: output)
    }
  }

  private func epochSeconds(_ bytes: Bytes) -> Int64? {
    if bytes.count == 13, let milliseconds = Int64(bytes.text), milliseconds >= 0 {
      return milliseconds / 1000
    }
    guard let (time, offset) = Self.readISO8601(bytes) else { return nil }
    return offset.map { time.epochSeconds - Int64($0) * 60 } ?? zone.epochSeconds(of: time)
  }
}
