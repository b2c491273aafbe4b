import Records
import YAML

/// Reads `gateway:`.
struct GatewayReader {
  let workspace: String
  let problems: ProblemList

  /// - Returns: nothing where something is wrong; the problems say what.
  func gateway(_ section: YAMLSection) -> GatewaySettings? {
    let address = listen(section)
    let tls = tls(section, address)
    let prefix = pathPrefix(section)
    let skew = DurationReader(section).duration(
      "clockSkew", .seconds(300), in: .seconds(1) ... .seconds(86_400))
    section.finish()
    guard let address, let prefix else { return nil }
    return GatewaySettings(
      host: address.host, port: address.port, tls: tls, pathPrefix: prefix, clockSkew: skew)
  }

  private func listen(_ section: YAMLSection) -> HostAndPort? {
    guard let text = section.text("listen") else { return HostAndPort("0.0.0.0:8443") }
    if let address = HostAndPort(text.text) { return address }
    problems.add(
      Problem(
        "listen", at: text.place, value: text.text, "this is no address and port to listen at",
        remedy: "Write ADDRESS:PORT, such as 0.0.0.0:8443 for every network of this machine."))
    return nil
  }

  /// Both files, or neither where a proxy on this machine stands in front.
  private func tls(_ section: YAMLSection, _ address: HostAndPort?) -> GatewaySettings.TLS? {
    let certificate = section.text("certificate")
    let key = section.text("privateKey")
    if certificate == nil, key == nil, address?.isLoopback == true { return nil }
    for (text, name) in [(certificate, "certificate"), (key, "privateKey")] where text == nil {
      problems.add(
        Problem(
          "missing-key", at: section.place, "\"\(name)\" is missing in gateway",
          remedy: """
            Add it: \(name): FILE. Both may be left out only where a proxy on this machine ends \
            TLS and listen names 127.0.0.1.
            """))
    }
    guard let certificate, let key else { return nil }
    let first = PEMFile(workspace: workspace, problems: problems).certificate(
      certificate, role: "the gateway's certificate")
    let second = check(key)
    guard let first, let second else { return nil }
    return GatewaySettings.TLS(certificate: first, privateKey: second)
  }

  private func check(_ name: YAMLText) -> String? {
    let file = SettingFile(
      name.text, role: "the gateway's private key", at: name.place, workspace: workspace)
    do throws(Problem) {
      _ = try file.text(isSecret: true)
      return file.path
    } catch {
      problems.add(error)
      return nil
    }
  }

  private func pathPrefix(_ section: YAMLSection) -> String? {
    guard let text = section.text("pathPrefix"), !text.text.isEmpty else { return "" }
    let prefix = text.text
    let isVisible = prefix.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard isVisible, prefix.hasPrefix("/"), !prefix.hasSuffix("/"),
      !prefix.contains(where: { $0 == "?" || $0 == "#" })
    else {
      problems.add(
        Problem(
          "path-prefix", at: text.place, value: prefix,
          "the path prefix begins with a slash, does not end with one and has no query",
          remedy: "Write what the proxy puts before /v2/pos, such as /dstore."))
      return nil
    }
    return prefix
  }
}
