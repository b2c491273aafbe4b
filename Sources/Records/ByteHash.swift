extension Bytes {
  /// A fast 64-bit hash for tables in memory: multiply and fold, two times sixteen bytes
  /// a step.
  ///
  /// It is not cryptographic and may change between releases, so nothing may store it.
  package func hash64(seed: UInt64 = 0x9E37_79B9_7F4A_7C15) -> UInt64 {
    let raw = UnsafeRawPointer(start)
    var state = seed ^ UInt64(truncatingIfNeeded: count) &* 0xA076_1D64_78BD_642F
    var offset = 0
    // Two chains, because a step of one waits for the step before it.
    var other: UInt64 = 0
    while offset + 32 <= count {
      state = Bytes.fold(state ^ raw.word(offset), 0xE703_7ED1_A0B4_28DB ^ raw.word(offset + 8))
      other = Bytes.fold(
        other ^ raw.word(offset + 16), 0x8EBC_6AF0_9C88_C6E3 ^ raw.word(offset + 24))
      offset += 32
    }
    state ^= other
    if offset + 16 <= count {
      state = Bytes.fold(state ^ raw.word(offset), 0xE703_7ED1_A0B4_28DB ^ raw.word(offset + 8))
      offset += 16
    }
    if offset + 8 <= count {
      state = Bytes.fold(state ^ raw.word(offset), 0xE703_7ED1_A0B4_28DB)
      offset += 8
    }
    var tail: UInt64 = 0
    while offset < count {
      tail = tail << 8 | UInt64(start[offset])
      offset += 1
    }
    return Bytes.fold(state ^ tail, 0x8EBC_6AF0_9C88_C6E3)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}

extension UnsafeRawPointer {
  @inline(__always) fileprivate func word(_ offset: Int) -> UInt64 {
    loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}
