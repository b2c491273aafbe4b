package import Records

/// A file that is about to be taken, recorded before it is renamed or copied.
package struct FileClaim: Hashable, Sendable {
  package var scope: Scope
  /// Relative to the inbox.
  package var name: String
  /// The name of the mapping that takes it.
  package var mapping: String
  /// Digest of everything that decides what the file's bytes become: mapping, tables, contract.
  package var recipe: String
  /// As the file stood where it was found.
  package var stamp: FileStamp
  /// Where it, or its copy, is worked on; relative to the inbox.
  package var workName: String
  /// SHA-256 of the content in hex, where it is known already.
  package var digest: String?
  /// The original remains where it is (`afterDone: keep`), to be known again in later runs.
  package var stays: Bool
  /// The file says something of its own, so that no later one of its mapping makes up for it; an
  /// export of products says all there is.
  package var standsAlone: Bool

  package init(
    scope: Scope, name: String, mapping: String, recipe: String, stamp: FileStamp,
    workName: String, digest: String? = nil, stays: Bool = false, standsAlone: Bool = false
  ) {
    self.scope = scope
    self.name = name
    self.mapping = mapping
    self.recipe = recipe
    self.stamp = stamp
    self.workName = workName
    self.digest = digest
    self.stays = stays
    self.standsAlone = standsAlone
  }
}
