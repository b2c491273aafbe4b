/// Random numbers that are the same in every run (splitmix64).
struct SmallRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A JSON text with white space at random places, whose strings have the fewest escapes.
func randomValue(_ random: inout SmallRandom, depth: Int) -> String {
  let space = ["", "", "", " ", "\n", "\r\n  ", "\t\t\t\t\t\t\t\t\t"].randomElement(using: &random)!
  let kind = Int.random(in: 0..<(depth < 6 ? 8 : 5), using: &random)
  let count = Int.random(in: 0..<5, using: &random)
  switch kind {
  case 0: return space + ["null", "true", "false"].randomElement(using: &random)!
  case 1: return space + ["0", "-1", "2.50", "1e9", "123456789012"].randomElement(using: &random)!
  case 2...4: return space + randomString(&random)
  case 5...6:
    let elements = (0..<count).map { _ in randomValue(&random, depth: depth + 1) }
    return space + "[" + elements.joined(separator: space + ",") + "]"
  default:
    let members = (0..<count).map { _ in
      randomString(&random) + space + ":" + randomValue(&random, depth: depth + 1)
    }
    return "{" + space + members.joined(separator: ",") + space + "}"
  }
}

private func randomString(_ random: inout SmallRandom) -> String {
  let parts = ["a", "Nasi Lemak", "é", "椰浆饭", "🍜", #"\""#, #"\\"#, #"\n"#, #"\u0001"#, "12345678"]
  let count = Int.random(in: 0..<6, using: &random)
  return "\"" + (0..<count).map { _ in parts.randomElement(using: &random)! }.joined() + "\""
}
