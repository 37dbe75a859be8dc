const fs = require("node:fs");
const path = require("node:path");
const { once } = require("node:events");
const FileLocalService = require("@medusajs/file-local/dist/services/local-file-service").default;

class LocalFilesService extends FileLocalService {
  constructor(container, options) {
    super(container, options);
    // The port is chosen when the server starts, after the options of plugins are read.
    const port = path.join(process.env.MEDUSA_DATA, "port");
    Object.defineProperty(this, "backendUrl_", { get: () => `http://127.0.0.1:${fs.readFileSync(port)}` });
  }

  // The original method returns the stream before the file is open, so that a missing file would end the process.
  async getDownloadStream({ fileKey }) {
    const stream = fs.createReadStream(path.join(this.uploadDir_, fileKey));
    await once(stream, "open");
    return stream;
  }
}

exports.default = LocalFilesService;
