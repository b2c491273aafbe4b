import ExportReading
import Records
import Testing

/// Which delimiter and quote a file uses, seen over the whole of it.
@Suite struct DialectTests {
  private func dialect(
    _ text: String, _ statement: FormatStatement = FormatStatement()
  ) throws -> String {
    let survey = try Export(text).survey(statement)
    let quote = Character(Unicode.Scalar(survey.dialect.quote))
    return "\(survey.dialect.delimiterName) \(quote) \(survey.header.count)"
  }

  @Test(
    "the delimiter that makes the records equally wide wins",
    arguments: [
      ("a,b,c\n1,2,3\n", "comma \" 3"),
      ("a;b;c\n1;2,5;3,5\n4;5,5;6,5\n", "semicolon \" 3"),
      ("a\tb\tc\n1, x\t2, y\t3, z\n", "tab \" 3"),
      ("a|b\n1|2,3\n", "vertical bar \" 2"),
      ("a;b\n\"1,1,1;1\";2\n\"1,1,1;1\";2\n", "semicolon \" 2"),
      ("name\nTea\nCoffee\n", "comma \" 1"),
      ("name\nTea\nCoffee, iced\nMilk\nJuice\nWater\n", "comma \" 1"),
      ("sku|name|tags\n1|a|x,y\n2|b|x,y\n3|c|x,y,z\n", "vertical bar \" 3"),
      ("a,b,c,d,e\n1,2,3,4,x|y\n1,2,3,4,x|y\n1,2,3\n1,2,3,4,5,x|y\n", "comma \" 5"),
      ("a,b\n&nbsp;x,&amp;\ny&nbsp;,&amp;\n", "comma \" 2"),
    ])
  func delimiters(_ text: String, _ expected: String) throws {
    #expect(try dialect(text) == expected)
  }

  @Test("a wide ragged table is stronger than one separator that stands in every record")
  func ragged() throws {
    let rows = (0..<200).map { row in
      "\(row);A\(row);Tea 0,5;1,50;2,50;Y" + (row % 10 == 0 ? ";surplus;x" : "")
    }
    let text = "id;sku;name;cost;price;sold\n" + rows.joined(separator: "\n") + "\n"
    #expect(try dialect(text) == "semicolon \" 6")
  }

  @Test("the beginning of a file does not decide")
  func wholeFile() throws {
    let wide = String(repeating: "1;2,5;3\n", count: 1000)
    let text = "name;price, net;price, gross\n" + "x;a, b;c, d\n" + wide
    #expect(try dialect(text) == "semicolon \" 3")
  }

  @Test("apostrophes enclose cells where they plainly do so")
  func apostrophes() throws {
    let text = "'id','name'\n'1','Fish, fried'\n'2','Chef''s \"best\"'\n"
    let table = try Export(text).table()
    #expect(table.header == ["id", "name"])
    #expect(table.rows == [["1", "Fish, fried"], ["2", "Chef's \"best\""]])
    #expect(table.survey.dialect.quote == 0x27)
  }

  @Test("apostrophes that enclose only what needs it are seen by the records' widths")
  func fewApostrophes() throws {
    let text = "id,name\n1,Tea\n2,'Fish, fried'\n3,Rice\n4,'Egg, boiled'\n5,Soup\n6,Cake\n"
    #expect(try dialect(text) == "comma ' 2")
  }

  @Test(
    "apostrophes of the language enclose nothing",
    arguments: [
      "id,name\n1,'n stuff\n2,Tea\n3,Dogs'\n4,Soup\n5,Cake\n",
      "id,name\n1,'007\n2,'008\n3,'009\n",
      "id,name\n1,'Til dawn\n2,Chef's best\n3,Tea\n",
      "id,name\n1,\"'Twas, x'\"\n2,\"y, z\"\n3,\"a, b\"\n",
    ])
  func language(_ text: String) throws {
    #expect(try dialect(text) == "comma \" 2")
  }

  @Test("a file that is cut off inside of quotes does not seem to have none")
  func cutOff() throws {
    let export = try Export("'id',name\n'1',Tea\n2,\"Laksa, hot\"\n3,\"Nasi\n")
    #expect(export.refusal()?.code == "unclosed-quote")
  }

  @Test("what is stated is not detected")
  func stated() throws {
    let text = "a;b,c\n1;2,3\n"
    #expect(try dialect(text, FormatStatement(delimiter: 0x3B)) == "semicolon \" 2")
    #expect(try dialect(text, FormatStatement(delimiter: 0x2C)) == "comma \" 2")
    #expect(try dialect("a#b\n1#2\n", FormatStatement(delimiter: 0x23)) == "\"#\" \" 2")
    #expect(try dialect("'a',b\n'1',2\n", FormatStatement(quote: 0x22)) == "comma \" 2")
  }

  @Test("the headers that a mapping wants decide between two delimiters")
  func wanted() throws {
    let text = "Name,Price\nhot;soup;Laksa,5\nhot;soup;Mee,6\ncold;drink;Tea,2\n"
    let statement = FormatStatement(wantedHeaders: [["Item", "name"], ["Price"]])
    #expect(try dialect(text, statement) == "comma \" 2")
  }
}
