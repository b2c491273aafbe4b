import Records
import YAML

/// A file that must hold certificates.
struct PEMFile {
  let workspace: String
  let problems: ProblemList

  /// - Returns: the path to open; nothing where the file cannot be used.
  func certificate(_ name: YAMLText, role: String) -> String? {
    let file = SettingFile(name.text, role: role, at: name.place, workspace: workspace)
    do throws(Problem) {
      let text = String(decoding: try file.contents(), as: UTF8.self)
      guard text.contains("-----BEGIN CERTIFICATE-----") else {
        throw file.problem(
          "no-certificate", "holds no certificate in PEM",
          remedy: "Turn it into PEM with `openssl x509 -inform DER -in \(name.text)`.")
      }
      return file.path
    } catch {
      problems.add(error)
      return nil
    }
  }
}
