import Foundation
import Testing

/// Somebody puts a link in the place of a folder of the inbox after a run was killed.
@Suite struct LinkedFolderTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  @Test(
    "a link put in a folder's place between a kill and the recovery is not followed, and it is told",
    arguments: [".work", ".work/CLAIM", ".work/CLAIM/products", "archive", "products"])
  func linkedFolder(_ name: String) async throws {
    let shop = Shop()
    shop.folder.write("Inbox/archive/.keep", "")
    shop.drop(Shop.menu)
    shop.dstore.fail("hold-after")
    let run = shop.start("run")
    await shop.dstore.waitForHold()
    run.kill()
    #expect(await run.end().exit == 128 + 9)
    shop.dstore.release()
    let claim = try #require(
      shop.inbox.lazy.compactMap { $0.firstMatch(of: /claimed-[0-9a-f]+/) }.first
    ).0
    let folder = "Inbox/" + name.replacing("CLAIM", with: claim)
    // What the link leads to looks the same, and holds somebody else's files.
    let linked = await shop.shell(
      """
      set -e
      cp -a '\(folder)' elsewhere
      find elsewhere -type f -name '*.csv' | while read file; do echo theirs > "$file"; done
      echo theirs > elsewhere/menu.csv
      mv '\(folder)' aside
      ln -s $PWD/elsewhere '\(folder)'
      """)
    #expect(linked.exit == 0, "\(linked)")
    func beyond() async -> String {
      await shop.shell("cd elsewhere; find . | sort; find . -name '*.csv' | sort | xargs cat").out
    }
    let before = await beyond()
    let ending = await shop.run()
    #expect(ending.exit == 1, "\(ending)")
    #expect(ending.err.contains("Inbox/") && ending.err.contains("link"), "\(ending)")
    #expect(await beyond() == before)
    #expect(await shop.command("status").exit == 1)
    #expect(await shop.shell("rm '\(folder)'; mv aside '\(folder)'").exit == 0)
    shop.passTime()
    await expect(shop.run(), Self.quiet)
    #expect(shop.inbox.contains("archive/DAY/menu.csv"), "\(shop.inbox)")
    #expect(shop.dstore.effects == 1)
    #expect(await beyond() == before)
    #expect(await shop.command("status").exit == 0)
  }
}
