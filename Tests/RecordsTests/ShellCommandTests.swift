import Foundation
import Records
import Testing

@Suite struct ShellCommandTests {
  @Test(
    "a plain name is not quoted",
    arguments: ["menu.csv", "products/menu-2.csv", "R_1", "DIN-A4:7", "a@b+c,d=e%"])
  func plain(name: String) {
    #expect(ShellCommand.line("retry", name) == "dstore-connector retry \(name)")
  }

  @Test(
    "a shell that is given the command hands over the very name",
    arguments: [
      "my menu.csv", "it's", "$(reboot)", "`id`", "a;b|c&d", "*", "~", "=ls", "#1", "-x", "--json",
      "", "Größe", "罗惹", "\u{1B}[2J", "a\nb\n", "menu\u{202E}.csv", "x\u{9B}'\\y", "!1", "\\", "\"",
      "\u{A0}8\u{200B}8",
    ])
  func pasted(name: String) throws {
    let command = ShellCommand.line("retry", name)
    #expect(ShownText.line(command, limit: .max) == command)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = ["-c", "dstore-connector() { printf '%s|' \"$@\"; }\n\(command)"]
    shell.environment = ["LC_ALL": "C"]
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    let option = name.hasPrefix("-") ? "--|" : ""
    #expect(Array(told) == Array("retry|\(option)\(name)|".utf8))
  }
}
