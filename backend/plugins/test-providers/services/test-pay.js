// A payment provider without a network. The data of a payment session, or the customer's e-mail address, chooses
// what happens:
//
//   data.mode = authorized, requires_more, pending, error or canceled: authorizing gives the session this status
//   data.mode = fail: the card is declined; throw: the provider crashes
//   data.mode = update_error, data_error or delete_error: this one step is refused
//   mode-fail@example.com: a new session starts with this mode
//   no-session@example.com: no session can be created
const { AbstractPaymentProcessor } = require("@medusajs/medusa");

let sessions = 0;

class TestPay extends AbstractPaymentProcessor {
  static identifier = "test-pay";

  getIdentifier() {
    return TestPay.identifier;
  }

  async initiatePayment({ email, amount, currency_code, resource_id, context }) {
    if (email === "no-session@example.com") {
      return { ...refusal("session"), detail: { reason: "test" } };
    }
    sessions += 1;
    const [, mode] = /^mode-(\w+)@/.exec(email || "") || [null, "authorized"];
    return {
      session_data: {
        id: `pi_${sessions}`,
        client_secret: `pi_${sessions}_secret_test`,
        amount,
        currency: currency_code,
        mode,
        resource_id,
        email,
        context,
        // Clients must preserve a provider's data, whatever its types are.
        nested: { float: 1.5, big: 9007199254740993, none: null, list: [1, "a", true] },
      },
      update_requests: { customer_metadata: { test_pay_customer: "tp_1" } },
    };
  }

  async updatePayment({ paymentSessionData, amount }) {
    if (paymentSessionData.mode === "update_error") {
      return refusal("update");
    }
    return { session_data: { ...paymentSessionData, amount, updated: true } };
  }

  async updatePaymentData(sessionId, data) {
    return data.mode === "data_error" ? refusal("data") : { id: sessionId, ...data };
  }

  async authorizePayment(data) {
    const mode = data.mode || "authorized";
    if (mode === "fail") {
      return { error: "Your card was declined.", code: "card_declined", detail: "insufficient_funds" };
    }
    if (mode === "throw") {
      throw new Error("provider exploded");
    }
    const redirect = { type: "redirect_to_url", redirect_to_url: { url: "https://example.com/3ds" } };
    return { status: mode, data: { ...data, status: mode, next_action: mode === "requires_more" ? redirect : null } };
  }

  async getPaymentStatus(data) {
    return data.status || "pending";
  }

  async capturePayment(data) {
    return { ...data, status: "captured" };
  }

  async refundPayment(data, amount) {
    return { ...data, refunded: amount };
  }

  async cancelPayment(data) {
    return { ...data, status: "canceled" };
  }

  async deletePayment(data) {
    return data.mode === "delete_error" ? refusal("deletion", "delete") : data;
  }

  async retrievePayment(data) {
    return data;
  }

  // GET /store/customers/me/payment-methods calls this method. The base class of providers does not have it. The
  // metadata of the customer chooses the outcome.
  async retrieveSavedMethods({ metadata }) {
    if (metadata && metadata.broken_methods) {
      throw new TypeError("provider.retrieveSavedMethods is not a function");
    }
    if (!metadata || !metadata.saved_methods) {
      return [];
    }
    const card = { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2030 };
    return [
      { id: "pm_1", object: "payment_method", card, created: 1700000000, livemode: false },
      { id: "pm_2", card: null },
    ];
  }
}

function refusal(what, code = what) {
  return { error: `The provider refused the ${what}`, code: `${code}_refused` };
}

exports.default = TestPay;
