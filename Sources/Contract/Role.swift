extension Contract {
  /// What the program itself looks for in a message, so that a renamed field is an edit.
  package enum Role: String, Sendable, CaseIterable {
    case requestId, accountId, storeId, storeStatus, extendInfo
    case products, productId, productType, productStatus, productName, productPrice
    case productDescription
    case children, childId, childMinimum, childMaximum
    case requestOrderId, posOrderId, channelOrderId, shortOrderNumber
    case orderStatus, deliveryStatus, refundAmount, refundInfo, readyTime, expectedTime
    case orderChannel, serviceType, orderProducts, updatedProducts, orderAmount
    case customer, deliveryAddress
    case lineProductId, lineName, lineQuantity, linePrice, lineModifiers, lineNote
    case modifierQuantity, modifierPrice
    case resultStatus, resultCode, resultMessage
  }
}
