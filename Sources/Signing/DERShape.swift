/// What a key's DER is, told from its outermost elements, so that what cannot be used is refused
/// with a sentence of its own and OpenSSL never has to guess (or to ask a terminal).
enum DERShape: Equatable {
  /// RFC 5208, 5.
  case pkcs8
  /// RFC 5208, 6: encrypted with a passphrase.
  case encrypted
  /// RFC 8017, A.1.2.
  case pkcs1Private
  /// RFC 8017, A.1.1.
  case pkcs1Public
  /// RFC 5280, 4.1: SubjectPublicKeyInfo.
  case publicKeyInfo
  /// RFC 5280, 4.1.
  case certificate
  /// RFC 5915: a key for elliptic curves.
  case curve
  /// The outer element wants `wanted` bytes, and fewer are there.
  case cutOff(wanted: Int)
  /// `extra` bytes stand behind the outer element.
  case trailing(extra: Int)
  case unknown

  init(_ der: [UInt8]) {
    guard let outer = DERElement(der, at: 0), outer.tag == DERElement.sequence else {
      self = .unknown
      return
    }
    if outer.end > der.count {
      self = .cutOff(wanted: outer.end)
    } else if outer.end < der.count {
      self = .trailing(extra: der.count - outer.end)
    } else {
      self = Self.shape(ofTags: Self.tags(in: der, of: outer))
    }
  }

  private static func shape(ofTags tags: [UInt8]) -> DERShape {
    let (number, bits, octets) = (DERElement.integer, DERElement.bits, DERElement.octets)
    let sequence = DERElement.sequence
    if tags.starts(with: [number, sequence, octets]) { return .pkcs8 }
    if tags.count >= 9, tags.prefix(9).allSatisfy({ $0 == number }) { return .pkcs1Private }
    if tags == [number, number] { return .pkcs1Public }
    if tags.starts(with: [number, octets]) { return .curve }
    if tags == [sequence, octets] { return .encrypted }
    if tags == [sequence, bits] { return .publicKeyInfo }
    if tags == [sequence, sequence, bits] { return .certificate }
    return .unknown
  }

  private static func tags(in der: [UInt8], of outer: DERElement) -> [UInt8] {
    var tags: [UInt8] = []
    var place = outer.start
    while place < outer.end, let element = DERElement(der, at: place), element.end <= outer.end {
      tags.append(element.tag)
      place = element.end
    }
    return tags
  }
}

/// A tag, and where its contents stand (X.690, 8.1; definite lengths only, as DER demands).
private struct DERElement {
  static let integer: UInt8 = 0x02
  static let bits: UInt8 = 0x03
  static let octets: UInt8 = 0x04
  static let sequence: UInt8 = 0x30

  let tag: UInt8
  let start: Int
  /// Behind the contents; may lie behind the end of the bytes.
  let end: Int

  init?(_ bytes: [UInt8], at place: Int) {
    guard place + 1 < bytes.count else { return nil }
    tag = bytes[place]
    let first = Int(bytes[place + 1])
    guard first >= 0x80 else {
      start = place + 2
      end = start + first
      return
    }
    let width = first & 0x7F
    guard (1...4).contains(width), place + 2 + width <= bytes.count else { return nil }
    start = place + 2 + width
    end = start + bytes[place + 2..<start].reduce(0) { $0 << 8 | Int($1) }
  }
}
