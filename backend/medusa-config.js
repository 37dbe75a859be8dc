// run.py chooses the profile, and creates the database and the secrets for every start.
const profile = process.env.MEDUSA_PROFILE;

module.exports = {
  projectConfig: {
    database_url: process.env.DATABASE_URL,
    database_type: "postgres",
    // A batch job that counts orders in its transaction needs a second connection. If ten jobs started at once, they
    // would use all ten default connections and wait for another one forever.
    database_extra: { max: 80 },
    jwt_secret: process.env.JWT_SECRET,
    cookie_secret: process.env.COOKIE_SECRET,
    store_cors: "",
    admin_cors: "",
  },
  plugins: [
    "medusa-fulfillment-manual",
    "medusa-payment-manual",
    "test-files",
    "test-providers",
    ...(profile === "flags" ? ["test-search"] : []),
  ],
  featureFlags: {
    product_categories: profile === "flags",
    tax_inclusive_pricing: profile === "flags",
  },
  modules: {
    eventBus: { resolve: "@medusajs/event-bus-local" },
    cacheService: { resolve: "@medusajs/cache-inmemory" },
    ...(profile === "inventory" && {
      inventoryService: { resolve: "@medusajs/inventory" },
      stockLocationService: { resolve: "@medusajs/stock-location" },
    }),
  },
};
