/// An invented customer: texts by the names that fields of customers and addresses have.
struct Buyer: Hashable, Sendable {
  let texts: [String: String]

  /// The same for the same number.
  init(number: Int) {
    let people = [
      ("Mei Ling Tan", "+65 8000 0101"), ("Arif Rahman", "+65 8000 0102"),
      ("Priya Nair", "+65 8000 0103"), ("Jonas Weber", "+65 8000 0104"),
    ]
    let (name, phone) = people[number % people.count]
    texts = [
      "name": name, "phone": phone, "addressDetail": "\(10 + number % 80) Harbour Lane",
      "blockNo": "\(1 + number % 9)", "floorNo": "05", "unitNo": "\(10 + number % 80)",
      "postCode": "0900\(10 + number % 80)", "latitude": "1.2650", "longitude": "103.8200",
      "additionalInformation": "Ring twice",
    ]
  }

  /// What a customer object or an address holds where the contract names no fields of it.
  static let customer = ["name", "phone"]
  static let address = ["addressDetail"]
}
