import Records
import Testing
import YAML

@Suite struct RefusalTests {
  @Test(
    "what is well-formed and still not read is refused with a sentence",
    arguments: [
      (
        "a: 1\nb:\n  c: 2\n  c: 3\n",
        "line 4, position 3: the key \"c\" stands twice; its first place is line 3, position 3. "
          + "Remove one of the two, or rename it."
      ),
      (
        "a: 1\n'a': 2\n",
        "line 2, position 1: the key \"a\" stands twice; its first place is line 1, position 1. "
          + "Remove one of the two, or rename it."
      ),
      (
        "a: !!int 5\n",
        "line 1, position 4: a text that begins with \"!\" is a type mark, which is not read "
          + "here. Put the text in quotes: a: '!!int 5'"
      ),
      (
        "a: ! 5\n",
        "line 1, position 4: a text that begins with \"!\" is a type mark, which is not read "
          + "here. Put the text in quotes: a: '! 5'"
      ),
      (
        "a: &x 5\n",
        "line 1, position 4: a text that begins with \"&\" names a place for references, which "
          + "are not read here. Put the text in quotes: a: '&x 5'"
      ),
      (
        "a: {b: *x}\n",
        "line 1, position 8: a text that begins with \"*\" is a reference to another place, "
          + "which is not read here. Put the text in quotes: b: '*x'"
      ),
      (
        "a:\n  <<: {b: c}\n",
        "line 2, position 3: the key \"<<\" merges another place, which is not read here. "
          + "Write the keys out; a key that is really called so stands in quotes: '<<'."
      ),
      (
        "a: 1\n---\nb: 2\n",
        "line 2, position 1: a second document begins here. "
          + "Put it into a file of its own; the lines --- and ... separate documents."
      ),
      (
        "? [a]\n: b\n",
        "line 1, position 3: a key must be a text, and this one is a list or a mapping. "
          + "Put it in quotes if it is meant as a text."
      ),
      (
        "name: {{ item }}\n",
        "line 1, position 8: \"{{\" is not how a column is named here. "
          + "Write ${name} instead of {{ name }}."
      ),
      (
        "a: {price: 6,50}\n",
        "line 1, position 14: this part of {…} has no value (found: \"50\"). Write key: value; "
          + "a text that holds a comma or a brace stands in quotes, as '6,50'."
      ),
      (
        "a: {b:c}\n",
        "line 1, position 5: this part of {…} has no value (found: \"b:c\"). "
          + "Write a space behind the colon."
      ),
    ])
  func sentence(text: String, expected: String) {
    #expect(refusal(text)?.description == "a.yaml, " + expected)
  }

  @Test(
    "bytes that no text file should hold are refused at their place",
    arguments: [
      (
        Array("a: b\nc: caf".utf8) + [0xE9, 0x0A],
        "a.yaml, line 2, position 7: the byte 0xE9 is not UTF-8. Save the file as UTF-8."
      ),
      (
        [0x61, 0xC3],
        "a.yaml, line 1, position 2: the byte 0xC3 is not UTF-8. Save the file as UTF-8."
      ),
      (
        [0xED, 0xA0, 0x80],
        "a.yaml, line 1, position 1: the byte 0xED is not UTF-8. Save the file as UTF-8."
      ),
      ([0xFF, 0xFE, 0x61, 0x00], "a.yaml: the file is written in UTF-16. Save it as UTF-8."),
      (
        Array("a: é\0".utf8),
        "a.yaml, line 1, position 5: a NUL byte stands in the file. Save it as plain text in UTF-8; it may have been saved as UTF-16."
      ),
      (
        Array("a: \u{2028}b".utf8),
        "a.yaml, line 1, position 4: the invisible character U+2028 stands in the file. Remove it; typing the line anew is the surest way."
      ),
      (
        Array("a: \u{7}".utf8),
        "a.yaml, line 1, position 4: the invisible character U+0007 stands in the file. Remove it; typing the line anew is the surest way."
      ),
    ])
  func bytes(bytes: [UInt8], expected: String) {
    #expect(refusal(bytes)?.description == expected)
  }
}
