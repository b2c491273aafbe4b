import Records

/// Turns the place where libyaml gave up into the mistake that a person made, and shows what to
/// write instead.
///
/// libyaml names the place at which it could not go on; the cause stands there, or shortly before
/// it, and is found by looking at the line.
struct Mistake {
  let fault: Fault
  let source: SourceText
  /// The line at which reading ended.
  let line: LineSuspect
  /// The line on which that began which could not be read.
  let start: LineSuspect

  init(_ fault: Fault, in source: SourceText) {
    self.fault = fault
    self.source = source
    line = LineSuspect(source, at: fault.place)
    start = LineSuspect(source, at: fault.start ?? fault.place)
  }

  var problem: Problem {
    tabProblem ?? quoteProblem ?? tailProblem ?? beginningProblem ?? flowProblem ?? colonProblem
      ?? layoutProblem ?? unexplained
  }

  private var tabProblem: Problem? {
    guard let tab = line.indentation.firstIndex(of: "\t") else { return nil }
    var place = line.place
    place.column = tab + 1
    return Problem(
      "yaml-tab", at: place, "the line is indented with a tab",
      remedy: "Indent with spaces only: two for each level.")
  }

  private var unexplained: Problem {
    let context = fault.context.isEmpty ? "" : " \(fault.context)"
    return Problem(
      "yaml-syntax", at: fault.place, "this is not YAML: \(fault.problem)\(context)",
      remedy: "Look at this line and the one above it, or put the text in quotes.")
  }
}
