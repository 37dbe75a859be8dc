// Has the merchant notified of each order.
class OrderNotification {
  constructor({ notificationService }) {
    notificationService.subscribe("order.placed", "test-notification");
  }
}

exports.default = OrderNotification;
