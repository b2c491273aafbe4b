import Records

/// Whether `left` stands before `right` when digits are compared as numbers: `menu2`, `menu10`.
///
/// Other bytes are compared as they are. Names that differ only in leading zeros keep the order of
/// their bytes, so that any two names have one order.
package func naturalOrder(_ left: String, _ right: String) -> Bool {
  let order = compareNaturally(left.utf8Span.span, right.utf8Span.span)
  return order == 0 ? left.utf8.lexicographicallyPrecedes(right.utf8) : order < 0
}

private func compareNaturally(_ left: borrowing Span<UInt8>, _ right: borrowing Span<UInt8>) -> Int
{
  var i = 0
  var j = 0
  while i < left.count, j < right.count {
    if left[i].isDigit && right[j].isDigit {
      let order = compareNumbers(left, &i, right, &j)
      if order != 0 { return order }
    } else {
      if left[i] != right[j] { return left[i] < right[j] ? -1 : 1 }
      i += 1
      j += 1
    }
  }
  return (left.count - i) - (right.count - j)
}

/// Compares the digits that begin at `i` and `j`, and goes behind them.
private func compareNumbers(
  _ left: borrowing Span<UInt8>, _ i: inout Int, _ right: borrowing Span<UInt8>, _ j: inout Int
) -> Int {
  let first = skipNumber(left, &i)
  let second = skipNumber(right, &j)
  if i - first != j - second { return (i - first) - (j - second) }
  for offset in 0..<(i - first) where left[first + offset] != right[second + offset] {
    return left[first + offset] < right[second + offset] ? -1 : 1
  }
  return 0
}

/// - Returns: where the number begins behind its leading zeros; `index` is behind its end then.
private func skipNumber(_ text: borrowing Span<UInt8>, _ index: inout Int) -> Int {
  while index < text.count, text[index] == 0x30 { index += 1 }
  let start = index
  while index < text.count, text[index].isDigit { index += 1 }
  return start
}
