/// A time zone: which offset from UTC holds at which moment.
///
/// It is read from the system's tz database (TZif, RFC 8536). FoundationEssentials knows fixed
/// offsets only, and Foundation is too dear for this.
package struct Zone: Hashable, Sendable {
  /// `Asia/Singapore`.
  package let name: String
  private let moments: [Int64]
  private let offsets: [Int32]
  private let firstOffset: Int32
  private let rule: ZoneRule?

  package static let utc = Zone(name: "UTC", offsetSeconds: 0)

  /// A zone that has had one offset forever.
  package init(name: String, offsetSeconds: Int) {
    self.name = name
    moments = []
    offsets = []
    firstOffset = Int32(clamping: offsetSeconds)
    rule = nil
  }

  /// Reads a file of the tz database.
  ///
  /// - Returns: nothing where the bytes are not a TZif file of version 2 or later.
  package init?(name: String, tzif: [UInt8]) {
    guard let first = TZifBlock(tzif, at: 0, wide: false), first.version >= 0x32,
      let block = TZifBlock(tzif, at: first.end, wide: true),
      let offsets = block.offsets(tzif), let standard = block.firstOffset(tzif)
    else { return nil }
    self.name = name
    self.offsets = offsets
    moments = block.moments(tzif)
    firstOffset = standard
    rule = block.footer(tzif).flatMap(ZoneRule.init)
  }

  /// The offset, in seconds east of UTC, that holds at a moment (seconds since 1970).
  package func offsetSeconds(at epochSeconds: Int64) -> Int {
    guard let last = moments.last else {
      return rule?.offsetSeconds(at: epochSeconds) ?? Int(firstOffset)
    }
    if epochSeconds >= last {
      return rule?.offsetSeconds(at: epochSeconds) ?? Int(offsets[offsets.count - 1])
    }
    var low = 0
    var high = moments.count
    while low < high {
      let middle = (low + high) / 2
      if moments[middle] <= epochSeconds { low = middle + 1 } else { high = middle }
    }
    return Int(low == 0 ? firstOffset : offsets[low - 1])
  }

  /// The moment (seconds since 1970) at which the clock of this zone shows `time`. Where it shows
  /// it twice the earlier moment is meant; a time that was skipped counts on from before the gap.
  package func epochSeconds(of time: CivilTime) -> Int64 {
    let local = time.epochSeconds
    let before = Int64(offsetSeconds(at: local - 86_400))
    let after = Int64(offsetSeconds(at: local + 86_400))
    for offset in [max(before, after), min(before, after)] {
      if Int64(offsetSeconds(at: local - offset)) == offset { return local - offset }
    }
    return local - before
  }

  /// What the clock of this zone shows at a moment (seconds since 1970).
  package func time(at epochSeconds: Int64) -> CivilTime {
    CivilTime(epochSeconds: epochSeconds + Int64(offsetSeconds(at: epochSeconds)))
  }
}

/// Where the parts of one data block of a TZif file stand (RFC 8536, 3.1 and 3.2).
private struct TZifBlock {
  let version: UInt8
  let end: Int
  private let start: Int
  private let timeCount: Int
  private let typeCount: Int
  private let width: Int

  init?(_ bytes: [UInt8], at place: Int, wide: Bool) {
    guard place >= 0, bytes.count >= place + 44, bytes[place..<place + 4].elementsEqual("TZif".utf8)
    else { return nil }
    let counts = (0..<6).map { Int(truncatingIfNeeded: bytes.number(at: place + 20 + 4 * $0, 4)) }
    guard counts.allSatisfy({ (0...100_000).contains($0) }), counts[4] > 0 else { return nil }
    version = bytes[place + 4]
    width = wide ? 8 : 4
    (timeCount, typeCount) = (counts[3], counts[4])
    start = place + 44
    end =
      start + timeCount * (width + 1) + typeCount * 6 + counts[5] + counts[2] * (width + 4)
      + counts[1] + counts[0]
    guard end <= bytes.count else { return nil }
  }

  func moments(_ bytes: [UInt8]) -> [Int64] {
    (0..<timeCount).map { bytes.number(at: start + $0 * width, width) }
  }

  /// The offset that begins at each moment.
  func offsets(_ bytes: [UInt8]) -> [Int32]? {
    let types = (0..<timeCount).map { Int(bytes[start + timeCount * width + $0]) }
    guard types.allSatisfy({ $0 < typeCount }) else { return nil }
    return types.map { offset(bytes, ofType: $0) }
  }

  /// The offset before the first moment: type 0 (RFC 8536, 3.2).
  func firstOffset(_ bytes: [UInt8]) -> Int32? {
    typeCount > 0 ? offset(bytes, ofType: 0) : nil
  }

  private func offset(_ bytes: [UInt8], ofType type: Int) -> Int32 {
    Int32(truncatingIfNeeded: bytes.number(at: start + timeCount * (width + 1) + type * 6, 4))
  }

  /// The rule for what comes after the last moment, between two line feeds.
  func footer(_ bytes: [UInt8]) -> String? {
    guard end < bytes.count, bytes[end] == 0x0A,
      let close = bytes[(end + 1)...].firstIndex(of: 0x0A)
    else { return nil }
    return String(decoding: bytes[end + 1..<close], as: UTF8.self)
  }
}

extension [UInt8] {
  /// A signed number in network byte order.
  fileprivate func number(at place: Int, _ width: Int) -> Int64 {
    var value: UInt64 = 0
    for index in place..<place + width { value = value << 8 | UInt64(self[index]) }
    return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
