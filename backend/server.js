// Runs Medusa on 127.0.0.1 only (`medusa start` listens on all interfaces). For tests, it adds routes that return the
// tokens of claims and passwords, and the IDs of carts whose customer changed. It completes one cart at a time.
const fs = require("node:fs");
const path = require("node:path");
const express = require("express");
const loaders = require("@medusajs/medusa/dist/loaders").default;

async function main() {
  const app = express();

  // Otherwise a web page whose own host name resolves to 127.0.0.1 could read the tokens.
  app.use((request, response, next) => {
    const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])(:\d*)?$/i.test(request.headers.host ?? "");
    return isLocal ? next() : response.status(403).type("text").send("Only for 127.0.0.1, localhost and [::1].\n");
  });

  // Medusa updates the stock of a cart's variants in no fixed order. If two carts with the same variants are completed
  // within a few milliseconds, PostgreSQL sometimes finds a deadlock, and one completion returns 500. Several tests buy
  // at once. Calls for the same cart do not wait for each other, because a test makes them at the same time. No call
  // waits longer than two seconds, because some completions hang forever.
  let last = { cart: null, before: Promise.resolve(), done: Promise.resolve() };
  app.post("/store/carts/:id/complete", async (request, response, next) => {
    const cart = request.params.id;
    const before = cart === last.cart ? last.before : last.done;
    const closed = new Promise((resolve) => {
      response.once("close", resolve);
      setTimeout(resolve, 2000);
    });
    last = { cart, before, done: Promise.all([last.done, closed]) };
    await before;
    next();
  });

  const { container } = await loaders({ directory: __dirname, expressApp: app });
  // Medusa and the file service store files in `uploads` in the current folder. In the data folder, these files are
  // deleted with all other data when the backend stops.
  process.chdir(process.env.MEDUSA_DATA);
  fs.mkdirSync("uploads", { recursive: true });
  app.use("/uploads", express.static("uploads"));

  const events = {
    // A real shop sends these tokens to its customers and users by e-mail. Tests and the demo request them here.
    "/claim-tokens": "order-update-token.created",
    "/password-tokens": "customer.password_reset",
    "/user-password-tokens": "user.password_reset",
    // Up to three seconds after this event, Medusa updates the payment sessions of the cart.
    "/customer-changes": "cart.customer_updated",
  };
  for (const [route, event] of Object.entries(events)) {
    const told = [];
    app.get(route, (_, response) => response.json(told));
    container.resolve("eventBusService").subscribe(event, async (data) => {
      told.push(data);
    });
  }

  // The server chooses a free port itself. A port that was chosen earlier could be in use by now.
  const server = app.listen(0, "127.0.0.1", () => {
    const file = path.join(process.env.MEDUSA_DATA, "port");
    fs.writeFileSync(`${file}.new`, String(server.address().port));
    fs.renameSync(`${file}.new`, file);
  });
  process.on("SIGTERM", () => server.close(() => process.exit(0)));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
