// Medusa on 127.0.0.1 alone (`medusa start` listens on every interface), and a route that hands out claim tokens.
const express = require("express");
const loaders = require("@medusajs/medusa/dist/loaders").default;

async function main() {
  const app = express();

  // Or a web page whose own host name resolves to 127.0.0.1 could read the claim tokens.
  app.use((request, response, next) => {
    const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])(:\d*)?$/i.test(request.headers.host ?? "");
    return isLocal ? next() : response.status(403).type("text").send("Only for 127.0.0.1, localhost and [::1].\n");
  });

  const { container } = await loaders({ directory: __dirname, expressApp: app });
  const claims = [];
  app.get("/claim-tokens", (_, response) => response.json(claims));
  // A real shop mails the token to the old address of the order; the tests and the demo fetch it from the route.
  container.resolve("eventBusService").subscribe("order-update-token.created", async (event) => {
    claims.push(event);
  });

  const server = app.listen(Number(process.env.PORT), "127.0.0.1");
  process.on("SIGTERM", () => server.close(() => process.exit(0)));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
