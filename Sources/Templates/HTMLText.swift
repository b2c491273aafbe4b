import Records

/// Descriptions that a shop wrote as HTML, as plain text.
struct HTMLText {
  private let html: [Unicode.Scalar]
  private var position = 0
  private var lines: [String.UnicodeScalarView] = [.init()]
  /// Behind the last `>` there are no tags.
  private let lastClose: Int

  /// Takes the tags away, reads the entities and folds white space; a paragraph or `<br>` is a
  /// line break.
  static func plain(_ html: Bytes, into output: ByteOutput) {
    var text = HTMLText(html.text)
    text.read()
    let words = text.lines.map { String($0).split(separator: " ").joined(separator: " ") }
    output.append(text: words.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  private init(_ text: String) {
    html = Array(text.unicodeScalars)
    lastClose = html.lastIndex(of: ">") ?? -1
  }

  private mutating func read() {
    while position < html.count {
      let scalar = html[position]
      if scalar == "<", let close = tagEnd() {
        takeTag(to: close)
      } else if scalar == "&", let (meant, length) = entity() {
        append(meant)
        position += length
      } else {
        append(scalar)
        position += 1
      }
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    lines[lines.count - 1].append(scalar.properties.isWhitespace ? " " : scalar)
  }

  /// Where the `>` of this tag stands, if it is one: a letter, a `/` or a `!` follows the `<`.
  private func tagEnd() -> Int? {
    guard position + 1 < html.count, position < lastClose else { return nil }
    let first = html[position + 1]
    guard first.properties.isAlphabetic || first == "/" || first == "!" else { return nil }
    return html[position...].firstIndex(of: ">")
  }

  private mutating func takeTag(to close: Int) {
    let isClosing = html[position + 1] == "/"
    let letters = html[(position + (isClosing ? 2 : 1))..<close].prefix {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    var name = ""
    name.unicodeScalars.append(contentsOf: letters)
    name = name.lowercased()
    if Self.breaksLine.contains(name) { lines.append(.init()) }
    position = close + 1
    if !isClosing, name == "style" || name == "script" { skip(to: name) }
  }

  /// Passes over what is no text, to the tag that closes it.
  private mutating func skip(to name: String) {
    while position < html.count {
      let rest = html[position...].prefix(name.unicodeScalars.count + 2)
      if rest.first == "<", rest.dropFirst().first == "/",
        rest.dropFirst(2).map({ $0.properties.lowercaseMapping }).joined() == name
      {
        return
      }
      position += 1
    }
  }

  private static let breaksLine: Set<String> = [
    "br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4",
  ]

  /// What the entity at this place means, and how long it is with its `&` and `;`.
  private func entity() -> (meant: Unicode.Scalar, length: Int)? {
    let body = html[(position + 1)...].prefix(12)
    guard let end = body.firstIndex(of: ";") else { return nil }
    var name = ""
    name.unicodeScalars.append(contentsOf: body[..<end])
    guard let meant = name.first == "#" ? Self.numeric(name.dropFirst()) : Self.named[name] else {
      return nil
    }
    return (meant, end - position + 1)
  }

  private static func numeric(_ digits: Substring) -> Unicode.Scalar? {
    let isHex = digits.first == "x" || digits.first == "X"
    let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let value, value >= 0x20 else { return nil }
    return Unicode.Scalar(value)
  }

  /// The entities that shop systems write (HTML 4, the common part).
  private static let named: [String: Unicode.Scalar] = [
    "thinsp": "\u{A0}", "ensp": "\u{A0}", "emsp": "\u{A0}", "shy": "\u{AD}", "zwnj": "\u{200C}",
    "rarr": "→", "larr": "←", "hearts": "♥", "check": "✓", "star": "☆", "sect": "§", "para": "¶",
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "copy": "©", "reg": "®", "trade": "™",
    "deg": "°", "frac12": "½", "frac14": "¼", "frac34": "¾", "times": "×", "middot": "·",
    "bull": "•", "hellip": "…", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’",
    "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»",
    "Agrave": "À", "Aacute": "Á", "Acirc": "Â", "Atilde": "Ã", "Auml": "Ä", "Aring": "Å",
    "AElig": "Æ", "Ccedil": "Ç", "Egrave": "È", "Eacute": "É", "Ecirc": "Ê", "Euml": "Ë",
    "Iacute": "Í", "Ntilde": "Ñ", "Oacute": "Ó", "Ocirc": "Ô", "Otilde": "Õ", "Ouml": "Ö",
    "Oslash": "Ø", "Uacute": "Ú", "Uuml": "Ü", "szlig": "ß",
    "agrave": "à", "aacute": "á", "acirc": "â", "atilde": "ã", "auml": "ä", "aring": "å",
    "aelig": "æ", "ccedil": "ç", "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë",
    "iacute": "í", "icirc": "î", "iuml": "ï", "ntilde": "ñ", "ograve": "ò", "oacute": "ó",
    "ocirc": "ô", "otilde": "õ", "ouml": "ö", "oslash": "ø", "ugrave": "ù", "uacute": "ú",
    "ucirc": "û", "uuml": "ü",
  ]
}
