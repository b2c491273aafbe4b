import Records
import Testing

@testable import DStoreAPI

struct EndpointTests {
  @Test(
    "the signed path is the path of the URL as sent",
    arguments: [
      ("https://shop.example", "/v2/x", "https://shop.example/v2/x", "shop.example:443"),
      ("https://shop.example/", "/v2/x", "https://shop.example/v2/x", "shop.example:443"),
      ("HTTP://127.0.0.1:8080", "/v2/x", "http://127.0.0.1:8080/v2/x", "127.0.0.1:8080"),
      ("https://[::1]:8443/a/b/", "/a/b/v2/x", "https://[::1]:8443/a/b/v2/x", "[::1]:8443"),
    ])
  func parts(_ text: String, _ path: String, _ url: String, _ address: String) throws {
    let endpoint = try Endpoint(text)
    #expect(endpoint.path(of: "/v2/x") == path)
    #expect(endpoint.url(of: "/v2/x") == url)
    #expect(endpoint.address == address)
  }
}
