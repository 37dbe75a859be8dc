// A search service in memory. Its answers have the shape of medusa-plugin-meilisearch.
const { AbstractSearchService } = require("@medusajs/utils");

class ProductSearch extends AbstractSearchService {
  isDefault = false;

  constructor(container, options) {
    super(container, options || {});
    this.indexes = {};
  }

  async createIndex(name) {
    this.indexes[name] ??= {};
  }

  async getIndex(name) {
    return this.indexes[name];
  }

  async addDocuments(name, documents) {
    this.indexes[name] ??= {};
    for (const document of documents) {
      // As a search engine, keep the JSON of a document and not the entity itself.
      this.indexes[name][document.id] = JSON.parse(JSON.stringify(document));
    }
  }

  async replaceDocuments(name, documents) {
    return this.addDocuments(name, documents);
  }

  async deleteDocument(name, id) {
    delete (this.indexes[name] ?? {})[id];
  }

  async deleteAllDocuments(name) {
    this.indexes[name] = {};
  }

  async search(name, query, { paginationOptions, filter, additionalOptions }) {
    const offset = paginationOptions.offset || 0;
    const limit = paginationOptions.limit || 20;
    const text = String(query || "").toLowerCase();
    const found = Object.values(this.indexes[name] ?? {}).filter((document) =>
      JSON.stringify(document).toLowerCase().includes(text)
    );
    return {
      hits: found.slice(offset, offset + limit),
      query: query || "",
      processingTimeMs: 1,
      limit,
      offset,
      estimatedTotalHits: found.length,
      // A client sees here what reached the search service.
      ...(filter === undefined ? {} : { filter }),
      ...(Object.keys(additionalOptions).length ? { echoed_options: additionalOptions } : {}),
    };
  }

  async updateSettings() {}
}

exports.default = ProductSearch;
