import JSON
import Records
import Testing

@Suite("The canonical form of a JSON value")
struct JSONValueCanonicalTests {
  @Test(
    "leaves out white space, order of members and needless escapes, and nothing else",
    arguments: [
      (
        #" { "b" : [ 1 , { } , [ ] ] , "a" : "\u0061\/\n" } "#, #"{"a":"a/\n","b":[1,{},[]]}"#
      ),
      (#"{"\u00e9":1,"z":{"y":null,"x":true},"Z":2}"#, #"{"Z":2,"z":{"x":true,"y":null},"é":1}"#),
      (#"{"a":2,"b":0,"a":1}"#, #"{"a":2,"a":1,"b":0}"#),
      ("[1.0,1,1e0,\"1\"]", "[1.0,1,1e0,\"1\"]"),
    ])
  func canonical(text: String, expected: String) throws {
    let output = ByteOutput()
    try document(text).root.appendCanonical(to: output)
    #expect(output.bytes.text == expected)
  }
}
