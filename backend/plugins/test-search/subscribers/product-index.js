// Medusa fills the index when it starts. This updates the index later, like the plugins of search engines.
const { defaultSearchIndexingProductRelations } = require("@medusajs/utils");

class ProductIndex {
  constructor({ eventBusService, productService, searchService }) {
    const relations = [...defaultSearchIndexingProductRelations, "categories"];
    const index = async (event) => {
      const id = [event].flat().map((product) => product.id); // Some events are about several products.
      await searchService.addDocuments("products", await productService.list({ id }, { relations }));
    };
    eventBusService.subscribe("product.created", index);
    eventBusService.subscribe("product.updated", index);
    eventBusService.subscribe("product.deleted", ({ id }) => searchService.deleteDocument("products", id));
  }
}

exports.default = ProductIndex;
