import DurableFiles
package import LedgerStore
package import Settings

extension LedgerSurroundings {
  /// Those of the ledger of a workspace.
  package init(workspace: String, settings: Settings) {
    let payloads = FilePath(FileRoot(settings.payloads.path, shown: settings.payloads.path))
    let work = FilePath(FileRoot("\(workspace)/Inbox", shown: "Inbox"), ".work")
    let outbox = FilePath(FileRoot("\(workspace)/Outbox", shown: "Outbox"))
    self.init(markFolder: "\(workspace)/Inbox/.work") {
      Self.entries(payloads).first { !$0.hasPrefix(".") }.map { payloads.appending($0).shown }
        ?? Self.entries(work).first { $0.hasPrefix("claimed-") }.map { work.appending($0).shown }
        ?? Self.stagedFile(in: outbox)
    }
  }

  /// A file that waits in a staging folder of the outbox.
  private static func stagedFile(in outbox: FilePath) -> String? {
    let folders = [outbox] + entries(outbox, skippingFiles: true).map(outbox.appending)
    let homes = folders.flatMap { folder in
      let staging = folder.appending(".staging")
      return entries(staging, skippingFiles: true).map(staging.appending)
    }
    return homes.lazy.compactMap { home in
      entries(home).first { $0.hasSuffix(".tmp") }.map { home.appending($0).shown }
    }.first
  }

  private static func entries(_ path: FilePath, skippingFiles: Bool = false) -> [String] {
    (try? Folder.openIfThere(path)?.names(skippingFiles: skippingFiles).sorted()) ?? []
  }
}
