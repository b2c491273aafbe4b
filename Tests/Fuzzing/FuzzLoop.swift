import Foundation

/// Executions of one target. Each depends on the seed and its own number alone, so that any of them
/// can be repeated by itself.
package final class FuzzLoop {
  package let seed: UInt64
  private let target: any FuzzTarget
  private let kind: any FuzzTarget.Type
  private let mutator: Mutator

  /// The seed of the day: everybody tries the same, and tomorrow something else.
  package static var seedOfTheDay: UInt64 { UInt64(Date().timeIntervalSince1970 / 86_400) }

  package init(_ kind: any FuzzTarget.Type, seed: UInt64 = FuzzLoop.seedOfTheDay) throws {
    self.kind = kind
    self.seed = seed
    target = try kind.init()
    mutator = Mutator(
      corpus: try Corpus(of: kind).files.map { [target] in try target.prepared($0.bytes) },
      words: kind.words, separators: kind.separators)
  }

  /// - Throws: what is found, with the command that repeats it.
  package func run(_ number: Int) throws {
    let (input, variant) = execution(number)
    do {
      try target.check(input, variant: variant)
    } catch {
      throw Finding("\(error)\nRepeat it with: \(command(number))")
    }
  }

  /// The command that repeats an execution.
  package func command(_ number: Int) -> String {
    "Tests/Fuzzing/run --target \(kind.name) --seed \(seed) --from \(number) --executions 1"
  }

  /// The input of an execution.
  package func input(_ number: Int) -> [UInt8] { execution(number).input }

  /// Reads a corpus file in every way.
  package func replay(_ file: Corpus.File) throws {
    let input = try target.prepared(file.bytes)
    for variant in 0..<kind.variants {
      do {
        try target.check(input, variant: variant)
      } catch {
        throw Finding("\(file.name), read in way \(variant): \(error)")
      }
    }
  }

  private func execution(_ number: Int) -> (input: [UInt8], variant: Int) {
    var random = SeededRandom(seed: seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(number))
    // What is near each other must not be alike.
    random = SeededRandom(seed: random.next())
    return (mutator.input(&random), random.below(kind.variants))
  }
}
