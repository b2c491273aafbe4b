import Testing

@testable import Records

struct EndpointTests {
  @Test(
    "an endpoint is read and written in one form",
    arguments: [
      ("https://open.example", "https://open.example"),
      ("https://open.example/", "https://open.example"),
      ("HTTPS://Open.Example:443/a/b//", "https://open.example/a/b"),
      ("https://open.example:8443/a", "https://open.example:8443/a"),
      ("https://[2001:DB8::1]:444", "https://[2001:db8::1]:444"),
      ("http://localhost:8080", "http://localhost:8080"),
      ("http://127.0.0.1", "http://127.0.0.1"),
      ("http://127.9.8.7:80/x", "http://127.9.8.7/x"),
      ("http://[::1]:81", "http://[::1]:81"),
    ])
  func reads(text: String, written: String) throws {
    #expect(try Endpoint(text).text == written)
  }

  @Test("its parts can be had")
  func parts() throws {
    let endpoint = try Endpoint("https://open.example:444/a/b/")
    #expect(endpoint.host == "open.example")
    #expect(endpoint.port == 444)
    #expect(endpoint.pathPrefix == "/a/b")
    #expect(!endpoint.isPlain)
  }

  @Test(
    "plain http goes nowhere but to this machine",
    arguments: [
      "http://open.example", "http://localhost.example", "http://127.0.0.1.example",
      "http://10.0.0.1", "http://0.0.0.0", "http://[::]", "http://[::2]", "http://127.1",
      "http://128.0.0.1", "http://[::ffff:127.0.0.1]",
    ])
  func plain(text: String) {
    #expect(Self.message(text) == "plain http is allowed only towards this machine")
  }

  @Test(
    "what is no endpoint is refused by its own sentence",
    arguments: [
      ("", "the endpoint does not begin with https://"),
      ("open.example", "the endpoint does not begin with https://"),
      ("ftp://open.example", "the endpoint does not begin with https://"),
      ("https://open.example/?a=b", "the endpoint has a query or a fragment"),
      ("https://open.example#a", "the endpoint has a query or a fragment"),
      ("https://user:secret@open.example", "the endpoint holds a user name"),
      ("http://localhost@open.example", "the endpoint holds a user name"),
      ("https://", "the endpoint has no host, or a port that is none"),
      ("https:///a", "the endpoint has no host, or a port that is none"),
      ("https://a:0", "the endpoint has no host, or a port that is none"),
      ("https://a:65536", "the endpoint has no host, or a port that is none"),
      ("https://a:", "the endpoint has no host, or a port that is none"),
      ("https://a:+1", "the endpoint has no host, or a port that is none"),
      ("https://a_b!", "the endpoint has no host, or a port that is none"),
      ("https://[::1", "the endpoint has no host, or a port that is none"),
      ("https://[1.2.3.4]", "the endpoint has no host, or a port that is none"),
      ("https://::1", "the endpoint has no host, or a port that is none"),
      ("https://a b", "the endpoint holds white space or letters that no URL has"),
      ("https://größe.example", "the endpoint holds white space or letters that no URL has"),
    ])
  func refuses(text: String, message: String) {
    #expect(Self.message(text) == message)
  }

  private static func message(_ text: String) -> String? {
    do throws(Problem) {
      _ = try Endpoint(text)
      return nil
    } catch {
      return error.message
    }
  }
}
