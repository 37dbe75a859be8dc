// Runs Medusa on 127.0.0.1 only (`medusa start` listens on all interfaces). For tests, it adds routes that return the
// tokens of claims and passwords, and the IDs of carts whose customer changed.
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
