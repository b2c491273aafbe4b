/// Makes new inputs from those of a corpus.
struct Mutator {
  private static let largest = 8 << 10
  private static let odd: [UInt8] = [
    0, 9, 10, 13, 26, 32, 34, 39, 92, 127, 128, 191, 192, 239, 255,
  ]
  private static let numbers = [
    "0", "-1", "00", "1e9", "1e400", "0.1", "255", "65536", "2147483648", "4294967296",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "18446744073709551616", "99999999999999999999999999", "1.7976931348623157e308",
  ]

  private let corpus: [[UInt8]]
  private let words: [[UInt8]]
  private let separators: [UInt8]

  init(corpus: [[UInt8]], words: [String], separators: [UInt8]) {
    self.corpus = corpus.isEmpty ? [[]] : corpus
    self.words = words.map { Array($0.utf8) }
    self.separators = separators
  }

  /// One of the corpus with a few changes; seldom without any.
  func input(_ random: inout SeededRandom) -> [UInt8] {
    var input = any(&random)
    if random.oneIn(12) { input = spliced(input, any(&random), &random) }
    if random.oneIn(200) { return input }
    for _ in 0..<1 + min(random.below(8), random.below(8)) { change(&input, &random) }
    if input.count > Self.largest { input.removeLast(input.count - Self.largest) }
    return input
  }

  private func any(_ random: inout SeededRandom) -> [UInt8] { corpus[random.below(corpus.count)] }

  private func spliced(_ one: [UInt8], _ other: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    Array(one.prefix(random.below(one.count + 1)) + other.suffix(random.below(other.count + 1)))
  }

  private func change(_ input: inout [UInt8], _ random: inout SeededRandom) {
    switch random.below(16) {
    case 0...5: changePiece(&input, &random)
    case 6...8: putWord(&input, &random)
    case 9: changeNumber(&input, &random)
    case 10: repeatPart(&input, &random)
    case 11: input.removeSubrange(part(input, &random))
    case 12: input.removeLast(random.oneIn(4) ? random.below(input.count + 1) : 0)
    default: changeByte(&input, &random)
    }
  }

  private func changeByte(_ input: inout [UInt8], _ random: inout SeededRandom) {
    let byte =
      random.oneIn(2) ? Self.odd[random.below(Self.odd.count)] : UInt8(random.below(256))
    let place = random.below(input.count + 1)
    guard place < input.count, !random.oneIn(3) else { return input.insert(byte, at: place) }
    input[place] = random.oneIn(3) ? input[place] ^ (1 << UInt8(random.below(8))) : byte
  }

  private func putWord(_ input: inout [UInt8], _ random: inout SeededRandom) {
    guard !words.isEmpty else { return }
    let word = words[random.below(words.count)]
    let place = random.below(input.count + 1)
    let replaced = random.oneIn(2) ? min(word.count, input.count - place) : 0
    input.replaceSubrange(place..<place + replaced, with: word)
  }

  private func changeNumber(_ input: inout [UInt8], _ random: inout SeededRandom) {
    let start = random.below(input.count + 1)
    let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
    guard let first = input[start...].firstIndex(where: isDigit) else { return }
    let end = input[first...].firstIndex { !isDigit($0) } ?? input.count
    let number = Self.numbers[random.below(Self.numbers.count)]
    input.replaceSubrange(first..<end, with: Array(number.utf8))
  }

  private func repeatPart(_ input: inout [UInt8], _ random: inout SeededRandom) {
    let range = part(input, &random)
    let bytes = Array(input[range])
    let times = random.oneIn(8) ? random.below(300) : random.below(4)
    guard bytes.count * times <= Self.largest else { return }
    input.insert(
      contentsOf: (0..<times).flatMap { _ in bytes }, at: range.upperBound)
  }

  private func part(_ input: [UInt8], _ random: inout SeededRandom) -> Range<Int> {
    let start = random.below(input.count + 1)
    let longest = random.oneIn(4) ? input.count : 16
    return start..<min(input.count, start + random.below(longest + 1))
  }

  /// Doubles, removes, moves or replaces what stands between two separators.
  private func changePiece(_ input: inout [UInt8], _ random: inout SeededRandom) {
    let range = piece(of: input, &random)
    let bytes = Array(input[range])
    switch random.below(6) {
    case 0: input.insert(contentsOf: bytes, at: range.upperBound)
    case 1: input.removeSubrange(range)
    case 2:
      input.removeSubrange(range)
      input.insert(contentsOf: bytes, at: piece(of: input, &random).lowerBound)
    case 3 where !words.isEmpty:
      input.replaceSubrange(range, with: words[random.below(words.count)])
    case 4:
      input.insert(
        separators.isEmpty ? 0x0A : separators[random.below(separators.count)],
        at: range.lowerBound)
    default:
      let other = any(&random)
      input.replaceSubrange(range, with: other[piece(of: other, &random)])
    }
  }

  private func piece(of input: [UInt8], _ random: inout SeededRandom) -> Range<Int> {
    guard !input.isEmpty else { return 0..<0 }
    let place = random.below(input.count)
    // Now and then a whole line, however many other separators stand in it.
    let isEnd: (UInt8) -> Bool =
      random.oneIn(3) ? { $0 == 0x0A } : { [separators] in separators.contains($0) }
    let start = input[..<place].lastIndex(where: isEnd) ?? 0
    let end = input[place...].dropFirst().firstIndex(where: isEnd) ?? input.count
    return start..<end
  }
}
