import Records
import Testing

@testable import Simulator

struct BasketTests {
  @Test("a basket adds up, has no dish twice, and is the same for the same number")
  func sums() throws {
    let menu = Menu(inventedIn: try #require(Currency(code: "SGD")))
    for number in 0..<24 {
      let basket = Basket(menu, number: number, note: nil)
      #expect(basket == Basket(menu, number: number, note: nil))
      #expect(Set(basket.lines.map(\.dish.id)).count == basket.lines.count)
      #expect(basket.lines.count == 1 + number % 3)
      let sum = basket.lines.reduce(Int64(0)) { sum, line in
        #expect(line.modifiers.isEmpty || line.quantity == 1)
        return sum + line.quantity * (line.dish.price?.value ?? 0)
          + line.modifiers.reduce(0) { $0 + ($1.price?.value ?? 0) }
      }
      #expect(basket.total.value == sum)
      #expect(sum > 0)
    }
  }

  @Test("a menu of one dish makes baskets of one line, with the buyer's note")
  func small() throws {
    var menu = Menu(inventedIn: try #require(Currency(code: "SGD")))
    menu.dishes.removeSubrange(1...)
    menu.modifiers = []
    let basket = Basket(menu, number: 2, note: "hot")
    #expect(basket.lines == [Basket.Line(dish: menu.dishes[0], quantity: 1, note: "hot")])
  }
}
