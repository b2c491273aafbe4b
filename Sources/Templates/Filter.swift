import Records

/// One step of an expression, with its arguments resolved.
indirect enum Filter {
  case trim, upper, lower, title, first, last, slug, hash, plainText
  /// A number, written again as the style writes it.
  case number(NumberStyle)
  /// Money, written again with every decimal of its currency.
  case money(NumberStyle, Currency)
  case `default`(Operand)
  case replace(Operand, Operand)
  case match(Pattern)
  case split(Operand)
  case join(Operand)
  case truncate(Int)
  case date(DateStyle)
  case lookup(LookupTable, fallback: Operand?)
  case pad(Int, UInt8, left: Bool)

  /// What its arguments read.
  var operands: [Operand] {
    switch self {
    case .default(let operand), .split(let operand), .join(let operand): [operand]
    case .replace(let old, let new): [old, new]
    case .lookup(_, let fallback): fallback.map { [$0] } ?? []
    default: []
    }
  }

  var pads: Bool { if case .pad = self { true } else { false } }

  /// Whether what it takes is a number.
  var readsNumber: Bool {
    switch self {
    case .number, .money: true
    default: false
    }
  }

  var isNumber: Bool { if case .number = self { true } else { false } }

  /// Every filter's name with how many arguments it takes.
  static let arities: [String: ClosedRange<Int>] = [
    "trim": 0...0, "upper": 0...0, "lower": 0...0, "title": 0...0, "first": 0...0, "last": 0...0,
    "slug": 0...0, "hash": 0...0, "plainText": 0...0, "number": 0...0, "money": 0...0,
    "default": 1...1, "replace": 2...2, "match": 1...1, "split": 1...1, "join": 0...1,
    "truncate": 1...1, "date": 0...1, "lookup": 1...2, "pad": 1...2, "padLeft": 1...2,
  ]
}
