/// A list or an object: what holds other values.
enum ContainerKind {
  case array, object

  var opening: UInt8 { self == .array ? 0x5B : 0x7B }
  var closing: UInt8 { self == .array ? 0x5D : 0x7D }
  var name: String { self == .array ? "a list" : "an object" }
  var noComma: String { self == .array ? "a comma or ] is missing" : "a comma or } is missing" }
}
