// A notification provider that sends nothing: Medusa stores each message, which tests list and send again.
const { AbstractNotificationService } = require("@medusajs/medusa");

const MERCHANT = "merchant@example.com";

class TestNotification extends AbstractNotificationService {
  static identifier = "test-notification";

  async sendNotification(event, data) {
    return { to: MERCHANT, status: "sent", data: { event, order_id: data.id } };
  }

  async resendNotification(notification, { to }) {
    return { to: to || notification.to, status: "sent", data: notification.data };
  }
}

exports.default = TestNotification;
