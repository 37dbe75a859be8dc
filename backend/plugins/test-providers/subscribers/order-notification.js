// Notifies the merchant of each order. Medusa's own subscriber listens to "*", but the local event bus ignores "*".
const EVENT = "order.placed";

class OrderNotification {
  constructor({ eventBusService, notificationService }) {
    notificationService.subscribe(EVENT, "test-notification");
    eventBusService.subscribe(EVENT, (order) => notificationService.handleEvent(EVENT, order));
  }
}

exports.default = OrderNotification;
