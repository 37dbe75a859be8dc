// A search service in memory. Its responses have the same structure as those of medusa-plugin-meilisearch.
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
      // Like a search engine, store the JSON of a document and not the entity itself.
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
      // The response shows clients what the search service received.
      ...(filter === undefined ? {} : { filter }),
      ...(Object.keys(additionalOptions).length ? { echoed_options: additionalOptions } : {}),
    };
  }

  async updateSettings() {}
}

exports.default = ProductSearch;
