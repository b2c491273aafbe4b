import Records

/// libyaml's own words about the place where it gave up.
struct Fault {
  let problem: String
  let place: Place
  /// What it was reading, such as `while parsing a flow mapping`; may be empty.
  let context: String
  /// Where that began.
  let start: Place?
}
