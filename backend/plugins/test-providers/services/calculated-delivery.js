// A delivery service that charges 123 for each item of the cart, so that tests see prices that Medusa calculates.
const { FulfillmentService } = require("medusa-interfaces");

const PRICE_OF_AN_ITEM = 123;

class CalculatedDelivery extends FulfillmentService {
  static identifier = "calc";

  async getFulfillmentOptions() {
    return [{ id: "calc-standard" }, { id: "calc-return", is_return: true }];
  }

  async validateOption() {
    return true;
  }

  async validateFulfillmentData(_option, data) {
    if (data && data.reject) {
      throw new Error("The pick-up point does not exist");
    }
    return { ...data, validated: true };
  }

  async canCalculate() {
    return true;
  }

  async calculatePrice(_option, _data, cart) {
    const items = cart && cart.items ? cart.items : [];
    return PRICE_OF_AN_ITEM * (items.reduce((sum, item) => sum + item.quantity, 0) || 1);
  }

  async createFulfillment() {
    return { calc: true };
  }

  async createReturn() {
    return { calc_return: true };
  }

  async createOrder() {
    return {};
  }

  async cancelFulfillment() {
    return {};
  }

  async retrieveDocuments() {
    return [];
  }
}

exports.default = CalculatedDelivery;
